import numpy as np
import pytest

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_network import network_of
from maillage_engine.methods.cooperate.chains_problem import ChainCosts, ChainProblem
from maillage_engine.methods.cooperate.synthesis import synthesise
from tests.engine.chains import COMPOST, SHREDDING, WITH_OPTION, offer, territory

PENALTY = 1_000.0


def drawn(seed: int) -> ChainProblem:
    draw = np.random.default_rng(seed)
    kinds = (
        "epluchures",
        "epluchures",
        "collecte",
        "site",
        "site",
        "broyat",
        "sciure",
        "branchages",
        "compost",
    )
    offers = [
        offer(
            kind,
            float(draw.integers(4, 20)),
            float(draw.integers(1, 40)),
            holds=2,
            minimum=float(draw.choice([0, 2])),
        )
        for kind in kinds
        if draw.random() < 0.7
    ]
    recipes = [(COMPOST,), (WITH_OPTION, SHREDDING), (COMPOST, WITH_OPTION, SHREDDING)][seed % 3]
    prices = draw.integers(0, 3, size=len(offers)).astype(np.float64)
    return territory(offers, recipes, wanted=float(draw.integers(1, 8)), costs=ChainCosts(unit=prices))


@pytest.mark.parametrize("seed", range(15))
def test_a12__the_first_chain_is_the_cheapest_structure_of_its_process_network(seed: int) -> None:
    made = drawn(seed)
    chain = find_chains(made, k=1).chains[0]
    other = synthesise(network_of(made, penalty=PENALTY), k=1)
    assert other.cost == pytest.approx(chain.cost + PENALTY * len(chain.missing), abs=1e-3)


def test_chain_network__refuses_what_the_format_does_not_say() -> None:
    made = drawn(0)
    with pytest.raises(InvalidArgument, match="penalty"):
        network_of(made, penalty=0.0)
