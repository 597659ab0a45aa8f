"""What a round keeps to: capacities, unloading, pauses, materials, depots; and why a stop stays out."""

from collections.abc import Sequence

import pytest

from maillage_engine.certify.tour import certify_tour
from maillage_engine.explain.tour import summary_fr, why_left_out
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import Pause, TourProblem, Vehicle, Visit
from maillage_engine.methods.tour.result import TourResult
from maillage_engine.stop import Cancelled, Stop
from tests.engine.rounds import drawn, problem, van, visit

STOP = Stop(iterations=300)


def _planned(made: TourProblem) -> TourResult:
    result = tour(made, stop=STOP)
    assert certify_tour(made, result).valid
    return result


def _reasons(made: TourProblem) -> dict[str, str]:
    return {made.visits[one.visit].id: one.reason for one in _planned(made).left_out}


def _kinds(result: TourResult) -> Sequence[str]:
    return [line.kind for line in result.rounds[0].lines]


@pytest.mark.parametrize(
    ("reason", "stop", "vehicle"),
    [
        ("capacity", visit(2, collect=(11,)), van()),
        ("window", visit(5, window=(0, 20)), van()),
        ("length", visit(5), van(shift=(0, 90))),
        ("length", visit(5), van(longest_seconds=99)),
        ("material", visit(2, material="verre"), van(materials=("bio",))),
    ],
)
def test_v5__a_stop_that_no_vehicle_can_serve_alone_is_proved_so(
    reason: str, stop: Visit, vehicle: Vehicle
) -> None:
    made = problem([visit(1), stop], [vehicle])
    result = _planned(made)
    assert result.status == "infeasible"
    assert _reasons(made) == {stop.id: reason}
    assert result.rounds[0].visits == (0,)
    assert why_left_out(made, result.left_out[0]).endswith(".")


def test_v6__when_all_vehicles_are_full_the_least_urgent_stays() -> None:
    visits = [visit(1, collect=(6,), priority=1), visit(2, collect=(6,), priority=3)]
    made = problem(visits, [van()])
    assert _reasons(made) == {"a1": "full"}
    assert _planned(made).status == "stopped"
    assert "il manque" in why_left_out(made, _planned(made).left_out[0])


def test_v6__hours_that_exclude_each_other_are_told() -> None:
    visits = [visit(1, window=(50, 55)), visit(5, window=(50, 55))]
    assert set(_reasons(problem(visits, [van()])).values()) == {"late"}


def test_v6__materials_that_exclude_each_other_are_told() -> None:
    visits = [visit(1, material="verre"), visit(2, material="bio")]
    assert set(_reasons(problem(visits, [van()], apart=(("verre", "bio"),))).values()) == {"together"}


def test_v7__weight_and_volume_both_count() -> None:
    visits = [Visit(f"a{at}", at, collect=(1, 5)) for at in (1, 2, 3)]
    made = problem(visits, [Vehicle("v", (100, 10), number=3)], dimensions=("kg", "m3"))
    assert len(_planned(made).rounds) == 2


def test_v8__a_vehicle_unloads_on_its_way() -> None:
    visits = [visit(1, collect=(6,)), visit(2, collect=(6,))]
    made = problem(visits, [van(reload_at=(0,), reload_seconds=7)])
    result = _planned(made)
    assert _kinds(result) == ["start", "visit", "reload", "visit", "end"]
    assert not result.left_out


def test_v8__unloading_is_no_more_often_than_told() -> None:
    visits = [visit(at, collect=(10,)) for at in (1, 2, 3)]
    made = problem(visits, [van(reload_at=(0,), most_reloads=1)])
    assert len(_planned(made).left_out) == 1


def test_v9__the_pause_is_taken_in_its_hours() -> None:
    made = problem([visit(at, service=10) for at in (1, 3, 5)], [van(pause=Pause(30, 60, 20))])
    pauses = [line for line in _planned(made).rounds[0].lines if line.kind == "pause"]
    assert [30 <= line.begin <= 60 and line.leave - line.begin == 20 for line in pauses] == [True]


def test_v9__a_round_over_early_needs_no_pause() -> None:
    made = problem([visit(1)], [van(pause=Pause(30, 60, 20), shift=(0, 200))])
    assert "pause" not in _kinds(_planned(made))


def test_v9__vehicles_may_have_different_pauses() -> None:
    fleet = [van(id="v", pause=Pause(30, 60, 20)), van(id="w", capacity=(5,))]
    made = problem([visit(at, collect=(4,), service=10) for at in (1, 3, 5)], fleet)
    assert not _planned(made).left_out


def test_v10__materials_that_must_be_parted_ride_apart() -> None:
    visits = [visit(1, material="verre"), visit(2, material="bio"), visit(3, material="verre"), visit(4)]
    made = problem(visits, [van(number=2)], apart=(("verre", "bio"),))
    result = _planned(made)
    aboard = [{visits[row].material for row in one.visits} for one in result.rounds]
    assert len(result.rounds) == 2
    assert not any({"verre", "bio"} <= one for one in aboard)


def test_v11__an_optional_stop_is_served_when_it_is_worth_it() -> None:
    dear, cheap = visit(5, prize=61), visit(5, prize=59)
    base = [visit(2)]
    assert not _planned(problem([*base, dear], [van()])).left_out
    assert _reasons(problem([*base, cheap], [van()])) == {"a5": "price"}


def test_v12__the_seed_and_the_iterations_decide() -> None:
    made = drawn(5, visits=6)
    assert tour(made, stop=STOP, seed=3) == tour(made, stop=STOP, seed=3)


def test_v12__a_cancelled_search_returns_nothing() -> None:
    with pytest.raises(Cancelled):
        tour(drawn(5), stop=Stop(iterations=1000, cancelled=lambda: True))


def test_v12__without_a_limit_it_still_ends() -> None:
    assert tour(problem([visit(1)], [van()]), stop=Stop()).status == "optimal"


def test_v12__two_workers_answer_as_well() -> None:
    made = problem([visit(1), visit(2)], [van()])
    assert tour(made, stop=Stop(seconds=0.2), workers=2).cost == 40


def test_v16__each_vehicle_leaves_from_its_depot() -> None:
    fleet = [van(id="v", start=0, end=0), van(id="w", start=5, end=5)]
    made = problem([visit(1), visit(4)], fleet)
    result = _planned(made)
    assert [one.visits for one in result.rounds] == [(0,), (1,)]
    assert result.cost == 40


def test_v16__a_round_may_end_elsewhere() -> None:
    assert _planned(problem([visit(2)], [van(end=5)])).cost == 50


def test_v5__the_summary_says_whether_it_is_proved() -> None:
    made = problem([visit(1)], [van()])
    assert "prouvé" in summary_fr(made, _planned(made))[-1]
