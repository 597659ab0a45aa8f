"""How near the offer's type is to the need's in the catalogue."""

from maillage_engine.arrays import Int32s
from maillage_engine.pairs import Pairs
from maillage_engine.scoring.criterion import Criterion


def of(pairs: Pairs) -> Int32s:
    """The closeness of ``problem.compatibility``, 0 to 1000; 500 when a type is unknown."""
    return pairs.closeness


CRITERION = Criterion("type", of)
