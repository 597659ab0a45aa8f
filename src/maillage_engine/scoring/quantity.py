"""How much of the need's quantity the offer covers."""

import numpy as np

from maillage_engine.arrays import Int32s
from maillage_engine.pairs import Pairs
from maillage_engine.scoring.criterion import Criterion

UNKNOWN = 500


def of(pairs: Pairs) -> Int32s:
    """Offered ÷ needed in thousandths, at most 1000; 500 when one is unknown or they do not compare."""
    needs, offers = pairs.problem.needs, pairs.problem.offers
    dimension = needs.dimension[pairs.needs]
    comparable = (dimension >= 0) & (dimension == offers.dimension[pairs.offers])
    wanted, offered = needs.quantity[pairs.needs], offers.quantity[pairs.offers]
    known = comparable & ~np.isnan(wanted) & ~np.isnan(offered)
    base = np.where(known, wanted, 1.0)
    share = np.minimum(np.where(known, offered, 0.5), base) / base
    value: Int32s = np.floor(share * 1000.0).astype(np.int32)
    return value


CRITERION = Criterion("quantity", of)
