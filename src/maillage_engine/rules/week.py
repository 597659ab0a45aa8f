"""At least one hour of the week suits both sides."""

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether no hour of the week is shared."""
    apart: Bools = pairs.shared_hours == 0
    return apart


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The hours each side has; one hour in common would pass."""
    hours = [
        int(side.week_hours[row].sum()) for side, row in ((problem.needs, need), (problem.offers, offer))
    ]
    return {"need_hours": hours[0], "offer_hours": hours[1]}, {"shared_hours": 1}


RULE = Rule("week", refuses, account)
