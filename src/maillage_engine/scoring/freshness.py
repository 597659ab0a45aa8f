"""How lately somebody confirmed the two sides: the older of the two counts."""

import numpy as np

from maillage_engine.arrays import INT32_MIN, Int32s
from maillage_engine.pairs import Pairs
from maillage_engine.problem.side import Side
from maillage_engine.scoring.criterion import Criterion

FRESH_DAYS = 90
STALE_DAYS = 730
UNKNOWN = 300


def of_side(side: Side, today: int) -> Int32s:
    """(n,) 1000 up to 90 days since confirmation, then straight down to 0 at 730 days; 300 when unknown."""
    age = today - side.confirmed_day.astype(np.int64)
    falling = 1000 * (STALE_DAYS - age) // (STALE_DAYS - FRESH_DAYS)
    value = np.where(side.confirmed_day == INT32_MIN, UNKNOWN, np.clip(falling, 0, 1000))
    return value.astype(np.int32)


def of(pairs: Pairs) -> Int32s:
    """The smaller of both sides' freshness."""
    problem = pairs.problem
    need = of_side(problem.needs, problem.today)[pairs.needs]
    offer = of_side(problem.offers, problem.today)[pairs.offers]
    return np.minimum(need, offer)


CRITERION = Criterion("freshness", of)
