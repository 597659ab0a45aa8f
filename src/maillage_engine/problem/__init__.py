"""What there is to match: two sides, the types of the catalogue, and the day it is."""

from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.problem.types import Link, ResourceType, TypeTable

__all__ = ["Link", "Problem", "ResourceType", "Side", "TypeTable"]
