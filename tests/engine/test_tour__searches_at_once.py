"""Several searches at once: a plan is cut without losing a visit or a vehicle, and never gets worse."""

import numpy as np
import pytest

from maillage_engine.certify.tour import certify_tour
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import TourProblem, Vehicle, Visit
from maillage_engine.solvers import tour_team
from maillage_engine.solvers.pyvrp_door import Found, Posts, search
from maillage_engine.solvers.tour_parts import cut, joined
from maillage_engine.stop import Stop
from tests.engine.rounds import straight


def _problem(visits: int, *, seed: int = 0) -> TourProblem:
    points = np.random.default_rng(seed).integers(0, 100, (visits + 1, 2))
    matrix = straight([tuple(one) for one in points])
    return TourProblem(
        visits=tuple(Visit(f"a{at}", at + 1, collect=(1,)) for at in range(visits)),
        vehicles=(Vehicle("v", (4,), number=visits), Vehicle("w", (6,), number=3, fixed_cost=5)),
        metres=matrix,
        seconds=matrix,
        coordinates=points.astype(float),
    )


@pytest.mark.parametrize("turn", range(4))
def test_v12__a_plan_cut_in_parts_loses_nothing(turn: int) -> None:
    problem = _problem(30)
    orders = search(problem, Stop(iterations=100).watch(), seed=0).orders
    assert orders is not None
    parts = cut(problem, orders, 3, turn)
    assert sorted(joined(parts, [one.orders for one in parts])) == sorted(orders)
    assert sorted(row for one in parts for row in one.visits) == list(range(30))
    for row, vehicle in enumerate(problem.vehicles):
        given = sum(
            one.problem.vehicles[one.vehicles.index(row)].number for one in parts if row in one.vehicles
        )
        assert given == vehicle.number


def test_v12__a_search_may_begin_from_a_plan_and_never_gets_worse() -> None:
    problem = _problem(20)
    first = search(problem, Stop(iterations=20).watch(), seed=0)
    again = search(problem, Stop(iterations=50).watch(), seed=1, start=first.orders)
    assert again.cost <= first.cost


def test_v12__a_large_plan_is_searched_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tour_team, "LARGE", 30)
    monkeypatch.setattr(tour_team, "WORTH_CUTTING", 0.5)
    monkeypatch.setattr(tour_team, "WORTH_A_PROCESS", 0.05)
    problem = _problem(40)
    result = tour(problem, stop=Stop(seconds=1.0), workers=2)
    assert certify_tour(problem, result).valid
    assert not result.left_out


def test_v12__a_search_tells_its_best_plan_on_the_way() -> None:
    told: list[Found] = []
    problem = _problem(20)
    asked = Posts((0.0,), told.append)
    found = search(problem, Stop(iterations=200).watch(), seed=0, keep=True, posts=asked)
    (one,) = told
    assert one.orders is not None
    assert one.cost == sum(one.pool[order] for order in one.orders)
    assert found.cost <= one.cost


@pytest.mark.parametrize("seconds", [5.0, 10.0, 60.0])
def test_v12__plans_are_told_before_each_meeting(seconds: float) -> None:
    times = tour_team.meeting_times(seconds)
    assert list(times) == sorted(times)
    assert 0 < times[0] <= times[-1] < seconds


def test_v12__the_first_search_is_kept_when_the_others_find_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = _problem(20)
    good = search(problem, Stop(iterations=200).watch(), seed=0, keep=True)
    monkeypatch.setattr(tour_team, "WORTH_MEETING", 0.2)
    monkeypatch.setattr(tour_team, "search", lambda *_, **__: good)
    found = tour_team.solve(problem, Stop(seconds=0.5), seed=0, workers=2)
    assert found.cost <= good.cost
    assert found.orders is not None
