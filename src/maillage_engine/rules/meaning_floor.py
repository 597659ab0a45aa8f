"""Where a type is unknown, the texts alone must be near enough: at least 300 of 1000."""

from maillage_engine.arrays import Bools
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule

FLOOR = 300


def refuses(pairs: Pairs) -> Bools:
    """Whether a type is unknown and the meaning is under the floor."""
    needs, offers = pairs.problem.needs, pairs.problem.offers
    unknown = (needs.types[pairs.needs] < 0) | (offers.types[pairs.offers] < 0)
    refused: Bools = unknown & (pairs.meaning < FLOOR)
    return refused


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The meaning and the floor; giving the type would pass the question to the catalogue."""
    return {"meaning": int(Pairs.single(problem, need, offer).meaning[0]), "floor": FLOOR}, {"meaning": FLOOR}


RULE = Rule("meaning", refuses, account)
