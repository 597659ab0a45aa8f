"""Neither side deals in less than its minimum: what the other has must reach it."""

import numpy as np

from maillage_engine.arrays import Bools, Floats
from maillage_engine.pairs import Pairs
from maillage_engine.problem.dimensions import DIMENSIONS
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Number, Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether a minimum is above the other side's quantity, both being known in one dimension."""
    needs, offers = pairs.problem.needs, pairs.problem.offers
    dimension = needs.dimension[pairs.needs]
    comparable = (dimension >= 0) & (dimension == offers.dimension[pairs.offers])
    need_wants_more = needs.minimum[pairs.needs] > _or_infinite(offers.quantity)[pairs.offers]
    offer_wants_more = offers.minimum[pairs.offers] > _or_infinite(needs.quantity)[pairs.needs]
    refused: Bools = comparable & (need_wants_more | offer_wants_more)
    return refused


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """Whose minimum, that minimum, and what the other side has; a minimum at that amount would pass."""
    needs, offers = problem.needs, problem.offers
    if needs.minimum[need] > offers.quantity[offer]:
        side, minimum, amount = "need", needs.minimum[need], offers.quantity[offer]
    else:
        side, minimum, amount = "offer", offers.minimum[offer], needs.quantity[need]
    numbers: dict[str, Number] = {
        "minimum_of": side,
        "minimum": float(minimum),
        "amount": float(amount),
        "dimension": DIMENSIONS[needs.dimension[need]],
    }
    return numbers, {"minimum": float(amount), "dimension": DIMENSIONS[needs.dimension[need]]}


def _or_infinite(quantity: Floats) -> Floats:
    return np.where(np.isnan(quantity), np.inf, quantity)


RULE = Rule("minimum", refuses, account)
