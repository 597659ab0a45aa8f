import numpy as np
import pytest

from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_problem import ChainCosts, ChainProblem
from maillage_engine.reference.chain import slow_chains
from tests.engine.chains import COMPOST, SHREDDING, WITH_OPTION, offer, territory

RECIPES = [(COMPOST,), (WITH_OPTION,), (WITH_OPTION, SHREDDING), (COMPOST,)]
KINDS = [
    ("epluchures", "epluchures", "collecte", "site"),
    ("epluchures", "site", "broyat", "sciure", "compost"),
    ("epluchures", "site", "branchages", "sciure"),
    ("epluchures", "collecte", "site", "site"),
]


def drawn(seed: int) -> ChainProblem:
    draw = np.random.default_rng(seed)
    which = seed % 4
    norths = draw.permutation([1, 2, 4, 8, 16, 32])
    offers = []
    for kind, north in zip(KINDS[which], norths.tolist(), strict=False):
        if draw.random() < 0.85:
            quantity = None if draw.random() < 0.2 else float(draw.integers(2, 20))
            least = float(draw.choice([0, 0, 0, 3]))
            held = int(draw.choice([2, 2, 2, 0]))
            offers.append(offer(kind, quantity, north, holds=held, minimum=least))
    prices = draw.integers(0, 3, size=len(offers)).astype(np.float64)
    costs = ChainCosts(unit=prices if seed % 2 else None, fixed=prices[::-1] if seed % 5 == 0 else None)
    wanted = None if seed % 7 == 0 else float(draw.integers(1, 8))
    return territory(offers, RECIPES[which], wanted=wanted, costs=costs)


@pytest.mark.parametrize("seed", range(19))
def test_a12__the_chains_are_those_of_every_set_tried(seed: int) -> None:
    made = drawn(seed)
    mine, slow = find_chains(made, k=3, width=1 + seed % 3), slow_chains(made, k=3)
    assert [len(chain.missing) for chain in mine.chains] == [one.missing for one in slow]
    costs = [chain.cost for chain in mine.chains]
    assert costs == pytest.approx([one.cost for one in slow], abs=1e-3)
    assert mine.status == ("optimal" if slow else "infeasible")
