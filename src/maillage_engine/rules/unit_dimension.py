"""Two known quantities measure the same thing: tonnes are not compared with hours."""

import numpy as np

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.dimensions import DIMENSIONS
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether both quantities and both dimensions are known, and the dimensions differ."""
    needs, offers = pairs.problem.needs, pairs.problem.offers
    need_has = (needs.dimension >= 0) & ~np.isnan(needs.quantity)
    offer_has = (offers.dimension >= 0) & ~np.isnan(offers.quantity)
    differ = needs.dimension[pairs.needs] != offers.dimension[pairs.offers]
    refused: Bools = need_has[pairs.needs] & offer_has[pairs.offers] & differ
    return refused


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """Both dimensions by name; the offer counted in the need's dimension would pass."""
    wanted = DIMENSIONS[problem.needs.dimension[need]]
    numbers = {"need_dimension": wanted, "offer_dimension": DIMENSIONS[problem.offers.dimension[offer]]}
    return numbers, {"dimension": wanted}


RULE = Rule("unit", refuses, account)
