"""How near the two places are."""

import numpy as np

from maillage_engine.arrays import Int32s
from maillage_engine.pairs import Pairs
from maillage_engine.scoring.criterion import Criterion

HALF_M = 50_000
UNKNOWN = 500


def of(pairs: Pairs) -> Int32s:
    """1000 on the spot, 500 at 50 km, then slower and slower down; 500 when a place is unknown.

    The accepted distance is a rule, not a scale: of two offers for one need the nearer is never the worse.
    """
    metres = pairs.distance_m.astype(np.int64)
    value = np.where(metres < 0, UNKNOWN, 1000 * HALF_M // (HALF_M + np.maximum(metres, 0)))
    return value.astype(np.int32)


CRITERION = Criterion("distance", of)
