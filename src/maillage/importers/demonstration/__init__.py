"""The demonstration: an openly fictional pole on real communes."""

from maillage.importers.demonstration.faults import DemonstrationFault, Fault
from maillage.importers.demonstration.read import World, read_demonstration
from maillage.importers.demonstration.schema import SOURCE, Demonstration
from maillage.importers.demonstration.world import our_world

__all__ = [
    "SOURCE",
    "Demonstration",
    "DemonstrationFault",
    "Fault",
    "World",
    "our_world",
    "read_demonstration",
]
