"""A structure does not answer itself."""

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule


def refuses(pairs: Pairs) -> Bools:
    """Whether both sides are of one known party."""
    needs = pairs.problem.needs.party[pairs.needs]
    same: Bools = (needs == pairs.problem.offers.party[pairs.offers]) & (needs >= 0)
    return same


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The party; nothing lets it pass."""
    return {"party": int(problem.needs.party[need])}, {}


RULE = Rule("same_party", refuses, account)
