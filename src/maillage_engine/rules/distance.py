"""The distance is within what BOTH sides accept; a place that is not known refuses nothing."""

import numpy as np

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Number, Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether the way is longer than either side goes."""
    needs, offers = pairs.problem.needs, pairs.problem.offers
    limit = np.minimum(needs.limit_m[pairs.needs], offers.limit_m[pairs.offers])
    too_far: Bools = pairs.distance_m > limit
    return too_far


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The distance, the limit, and who sets it: ``need`` or ``offer``; a wider limit would let it pass."""
    distance = int(Pairs.single(problem, need, offer).distance_m[0])
    of_need, of_offer = int(problem.needs.limit_m[need]), int(problem.offers.limit_m[offer])
    limited_by = "need" if of_need <= of_offer else "offer"
    numbers: dict[str, Number] = {
        "distance_m": distance,
        "limit_m": min(of_need, of_offer),
        "limited_by": limited_by,
    }
    return numbers, {"reach_km": -(-distance // 1000)}


RULE = Rule("distance", refuses, account)
