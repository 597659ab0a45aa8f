"""At least one month of the year suits both sides."""

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether no month has weight on both sides."""
    apart: Bools = pairs.shared_months == 0
    return apart


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The number of months each side has; one month in common would pass."""
    need_months = int((problem.needs.months[need] > 0).sum())
    offer_months = int((problem.offers.months[offer] > 0).sum())
    return {"need_months": need_months, "offer_months": offer_months}, {"shared_months": 1}


RULE = Rule("months", refuses, account)
