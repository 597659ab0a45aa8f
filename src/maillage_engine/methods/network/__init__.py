"""The network of a pole: ``problem`` says the dated links, ``seeing.network`` measures them."""

from maillage_engine.methods.network.problem import STILL, NetworkProblem
from maillage_engine.methods.network.result import NetworkResult
from maillage_engine.methods.network.seeing import network

__all__ = ["STILL", "NetworkProblem", "NetworkResult", "network"]
