"""Distances by road: from an OSRM or Valhalla address when one is configured, else by a stated factor."""

from maillage.importers.roads.assumptions import Assumption, assumptions
from maillage.importers.roads.mapping import road_matrix
from maillage.importers.roads.schema import Matrix

__all__ = ["Assumption", "Matrix", "assumptions", "road_matrix"]
