"""Whoever provides holds every authorisation that the two sides, the types and the law demand.

A hazardous type demands ``dechets-dangereux`` of the offer; where the offer is itself a material, the one who
takes it over is the need, who may hold it instead.
"""

import numpy as np

from maillage_engine.arrays import Bools, UInt64s
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.rule import Numbers, Rule

MATERIAL = "material"


def missing_bits(pairs: Pairs) -> UInt64s:
    """The authorisations that are demanded and not held, as bits."""
    problem, at_need, at_offer = pairs.problem, pairs.needs, pairs.offers
    needs, offers = problem.needs, problem.offers
    need_types, offer_types = needs.types[at_need], offers.types[at_offer]
    demanded = needs.requires[at_need] | offers.requires[at_offer]
    demanded = demanded | problem.type_requires[need_types] | problem.type_requires[offer_types]
    hazard = problem.type_hazard[need_types] | problem.type_hazard[offer_types]
    taker_holds = np.where(problem.type_is_material[offer_types], needs.holds[at_need], np.uint64(0))
    missing: UInt64s = (demanded | (hazard & ~taker_holds)) & ~offers.holds[at_offer]
    return missing


def refuses(pairs: Pairs) -> Bools:
    """Whether an authorisation is missing."""
    refused: Bools = missing_bits(pairs) != 0
    return refused


def account(problem: Problem, need: int, offer: int) -> tuple[Numbers, Numbers]:
    """The missing codes, parted by ``|``; holding them would pass."""
    bits = int(missing_bits(Pairs.single(problem, need, offer))[0])
    codes = "|".join(code for place, code in enumerate(problem.authorisations) if bits >> place & 1)
    return {"missing": codes}, {"holds": codes}


RULE = Rule("authorisation", refuses, account)
