import numpy as np
import pytest

from maillage_engine.certify.split import certify_split
from maillage_engine.methods.cooperate.split import share_gain
from maillage_engine.methods.cooperate.split_game import Game
from maillage_engine.reference.split import largest_loss, slow_least_core, slow_shapley


def game(seed: int) -> Game:
    """A game of 2 to 5 parties whose values are drawn; half of them grow faster than their size."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(2, 6))
    drawn = {
        frozenset(at for at in range(count) if code >> at & 1): float(draw.integers(0, 10))
        * (code.bit_count() if seed % 2 else 1)
        for code in range(1, 2**count)
    }
    return Game(tuple(f"p{at}" for at in range(count)), drawn.__getitem__)


@pytest.mark.parametrize("seed", range(60))
def test_a16__the_split_is_in_the_core_if_there_is_one_else_in_the_least_core(seed: int) -> None:
    made = game(seed)
    result = share_gain(made)
    least = slow_least_core(made)
    assert result.status == "optimal"
    assert result.in_core == (least <= 1e-7)
    assert result.excess == pytest.approx(max(0.0, least), abs=1e-6)
    assert largest_loss(made, result.shares) <= result.excess + 1e-6
    proof = certify_split(game(seed), result)
    assert proof.valid, proof.faults


@pytest.mark.parametrize("seed", range(20))
def test_a17__shapley_is_the_average_over_every_order_of_arrival(seed: int) -> None:
    made = game(seed)
    found = share_gain(made).shapley
    assert found is not None
    np.testing.assert_allclose(found, slow_shapley(made), atol=1e-9)
