"""The flow, the lots and the fair levels are those of the slow twins; each certificate holds."""

import numpy as np
import pytest

from maillage_engine.certify.allocate import certify_allocation
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.reference.allocate import slow_allocate, slow_allocate_with_lots, slow_fair_levels
from tests.engine.sharings import plain, small, territory


def test_r1__the_largest_value_then_the_least_transport() -> None:
    drawn = np.random.default_rng(1)
    for _ in range(250):
        problem = small(drawn)
        result = allocate(problem)
        assert certify_allocation(problem, result).faults == ()
        assert (result.value, result.transport) == pytest.approx(slow_allocate(problem), abs=1e-7)


def test_r2__prices_prove_the_value_to_the_last_digit() -> None:
    problem = territory(3000, seed=3)
    result = allocate(problem)
    assert result.status == "optimal"
    assert result.value == result.bound
    assert certify_allocation(problem, result).valid


def test_r3__lots_and_indivisible_offers_are_decided_exactly() -> None:
    drawn = np.random.default_rng(2)
    ways = set()
    for _ in range(60):
        problem = small(drawn, lots=True, slots=1)
        result = allocate(problem)
        ways.add(result.way)
        assert certify_allocation(problem, result).faults == ()
        assert result.value == pytest.approx(slow_allocate_with_lots(problem), abs=1e-6)
    assert ways == {"flow", "mixed"}


def test_r4__the_least_served_group_first_then_the_next() -> None:
    drawn = np.random.default_rng(4)
    for _ in range(60):
        problem = small(drawn)
        result = allocate(problem, fairness="commune")
        assert certify_allocation(problem, result).faults == ()
        fair = slow_fair_levels(problem, "commune")
        assert {one.group: one.share for one in result.levels} == pytest.approx(fair, abs=1e-5)


def test_allocate__fairness_takes_from_the_rich_for_the_poor() -> None:
    problem = plain(
        wanted=[10, 10],
        there=[10],
        pairs=[(0, 0), (1, 0)],
        value=[5.0, 1.0],
        need_commune=["Bourges", "Vierzon"],
    )
    assert allocate(problem).served(problem).ravel().tolist() == [10, 0]
    fair = allocate(problem, fairness="commune")
    assert fair.served(problem).ravel().tolist() == pytest.approx([5, 5], abs=1e-5)


def test_r5__the_result_does_not_depend_on_how_many_work() -> None:
    problem = territory(2000, seed=5)
    one, two = allocate(problem, threads=1), allocate(problem, threads=4)
    assert one.edge.tobytes() == two.edge.tobytes()
    assert one.quantity.tobytes() == two.quantity.tobytes()
    assert one.prices.offer.tobytes() == two.prices.offer.tobytes()


def test_allocate__parts_solved_apart_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = plain(
        wanted=np.arange(1, 41),
        there=np.arange(40, 0, -1),
        pairs=[(row, row ^ bit) for row in range(40) for bit in (0, 1)],
    )
    whole = allocate(problem)
    monkeypatch.setattr("maillage_engine.methods.allocate.network.LEAST_PART", 8)
    parted = allocate(problem, threads=3)
    assert whole.components == parted.components == 20
    assert parted.value == whole.value
    assert certify_allocation(problem, parted).valid
