"""How near the two texts are."""

from maillage_engine.arrays import Int32s
from maillage_engine.pairs import Pairs
from maillage_engine.scoring.criterion import Criterion


def of(pairs: Pairs) -> Int32s:
    """The cosine on the encoder's scale plus the bonus of shared stems, 0 to 1000."""
    return pairs.meaning


CRITERION = Criterion("meaning", of)
