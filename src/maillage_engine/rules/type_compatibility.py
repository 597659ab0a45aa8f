"""An offer answers a need only if the catalogue links their types, or if one of the types is unknown."""

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether nothing leads from the offer's type to the need's."""
    apart: Bools = pairs.closeness == 0
    return apart


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """Both types by label (code when it has none); changing a type or adding a link would let it pass."""
    types = problem.types.types
    one, other = types[problem.needs.types[need]], types[problem.offers.types[offer]]
    return {"need_type": one.label or one.code, "offer_type": other.label or other.code}, {}


RULE = Rule("type", refuses, account)
