"""From today on, at least one day suits both sides."""

import numpy as np

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Number, Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether the first day that suits both comes after the last one, days before today left out."""
    needs, offers = pairs.problem.needs, pairs.problem.offers
    first = np.maximum(needs.from_day[pairs.needs], offers.from_day[pairs.offers])
    last = np.minimum(needs.until_day[pairs.needs], offers.until_day[pairs.offers])
    refused: Bools = last < np.maximum(first, np.int32(pairs.problem.today))
    return refused


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The first and the last day of the empty window and today; a last day as late as the first would pass."""
    needs, offers = problem.needs, problem.offers
    first = max(int(needs.from_day[need]), int(offers.from_day[offer]), problem.today)
    of_need, of_offer = int(needs.until_day[need]), int(offers.until_day[offer])
    last = min(of_need, of_offer)
    ended = "need" if of_need <= of_offer else "offer"
    numbers: dict[str, Number] = {
        "first_day": first,
        "last_day": last,
        "today": problem.today,
        "ended": ended,
    }
    return numbers, {"until_day": first}


RULE = Rule("dates", refuses, account)
