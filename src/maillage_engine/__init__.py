"""The matching engine: arrays in, results out; no Django, no network, no clock.

``Problem`` is what there is to match, ``search`` finds the best pairs. The rest is imported by its module:
``maillage_engine.explain`` (why, why not), ``maillage_engine.certify`` (independent check of a result),
``maillage_engine.files`` (reading and writing), ``maillage_engine.consistency`` (warnings that name the fix),
``maillage_engine.text`` (encoders). The numbered semantics are in ``docs/explanation/engine.md``.
"""

from maillage_engine.errors import EngineError, InvalidArgument, InvalidFile, InvalidProblem
from maillage_engine.methods.search import SearchResult, search
from maillage_engine.problem import Link, Problem, ResourceType, Side, TypeTable
from maillage_engine.scoring.weights import Weights
from maillage_engine.version import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "EngineError",
    "InvalidArgument",
    "InvalidFile",
    "InvalidProblem",
    "Link",
    "Problem",
    "ResourceType",
    "SearchResult",
    "Side",
    "TypeTable",
    "Weights",
    "search",
]
