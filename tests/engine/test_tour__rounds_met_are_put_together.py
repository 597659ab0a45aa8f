"""The best plan of the rounds met: never worse, each visit once, no more vehicles than there are."""

from collections.abc import Mapping

import pytest

from maillage_engine.certify.tour import certify_tour
from maillage_engine.methods.tour.planning import tour
from maillage_engine.solvers import tour_team
from maillage_engine.solvers.pyvrp_door import Found, Order, search
from maillage_engine.solvers.tour_pool import recombined
from maillage_engine.stop import Stop
from tests.engine.rounds import drawn, problem, van, visit

STOP = Stop(iterations=100)


def test_v12__the_best_rounds_of_two_plans_make_a_better_one() -> None:
    made = problem([visit(at) for at in (1, 2, 4, 5)], [van(capacity=(2,), number=4)])
    one: Mapping[Order, int] = {(0, (0, 1)): 40, (0, (2,)): 80, (0, (3,)): 100}
    other: Mapping[Order, int] = {(0, (0,)): 20, (0, (1,)): 40, (0, (2, 3)): 100}
    found = recombined(made, Found(tuple(one), 220, 7), [one, other], STOP)
    assert (found.orders, found.cost, found.iterations) == (((0, (0, 1)), (0, (2, 3))), 140, 7)


def test_v12__there_are_never_more_vehicles_than_told() -> None:
    made = problem([visit(1), visit(2)], [van(number=1)])
    pool: Mapping[Order, int] = {(0, (0, 1)): 500, (0, (0,)): 20, (0, (1,)): 40}
    assert recombined(made, Found(((0, (0, 1)),), 500, 0), [pool], STOP).cost == 500


def test_v12__an_optional_visit_may_be_dropped() -> None:
    made = problem([visit(1), visit(5, prize=30)], [van(number=2)])
    pool: Mapping[Order, int] = {(0, (0, 1)): 100, (0, (0,)): 20}
    found = recombined(made, Found(((0, (0, 1)),), 100, 0), [pool], STOP)
    assert (found.orders, found.cost) == (((0, (0,)),), 50)


@pytest.mark.parametrize("seed", range(5))
def test_v12__a_search_keeps_the_rounds_it_meets(seed: int) -> None:
    made = drawn(seed, visits=6, odd=False)
    found = search(made, STOP.watch(), seed=0, keep=True)
    if found.orders is not None:
        assert set(found.orders) <= set(found.pool)
        assert sum(found.pool[one] for one in found.orders) == found.cost


def test_v12__a_plan_made_of_meetings_passes_its_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour_team, "WORTH_MEETING", 0.2)
    monkeypatch.setattr(tour_team, "WORTH_A_PROCESS", 0.05)
    made = drawn(3, visits=12, odd=False)
    result = tour(made, stop=Stop(seconds=1.0), workers=2)
    assert certify_tour(made, result).valid
