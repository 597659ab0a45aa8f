"""How much of the need's time the offer is there."""

import numpy as np

from maillage_engine.arrays import Int32s
from maillage_engine.pairs import Pairs
from maillage_engine.scoring.criterion import Criterion


def of(pairs: Pairs) -> Int32s:
    """Share of the need's hours of the week × share of its months' weight, in thousandths; 0 for a need without."""
    needs = pairs.problem.needs
    wanted = needs.wanted_time[pairs.needs]
    shared = pairs.shared_hours.astype(np.int64) * pairs.shared_months
    value: Int32s = (1000 * shared // np.maximum(wanted, 1)).astype(np.int32)
    return value


CRITERION = Criterion("calendar", of)
