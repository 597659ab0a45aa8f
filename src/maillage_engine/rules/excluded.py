"""A pair that people set aside earlier does not come back by itself."""

import numpy as np

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether the pair is among ``excluded_pairs``."""
    known = pairs.problem.excluded_keys
    if len(known) == 0:
        return np.zeros(pairs.shape, dtype=np.bool_)
    keys = pairs.needs * max(len(pairs.problem.offers), 1) + pairs.offers
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: Bools = known[at] == keys
    return found


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """No number; taking the pair out of those set aside would let it pass."""
    return {}, {"excluded": 0}


RULE = Rule("excluded", refuses, account)
