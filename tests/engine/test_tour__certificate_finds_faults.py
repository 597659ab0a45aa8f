"""A plan that was tampered with does not pass its certificate."""

from dataclasses import replace

import pytest

from maillage_engine.certify.tour import certify_tour
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import Pause, TourProblem
from maillage_engine.methods.tour.result import Line, TourResult
from maillage_engine.stop import Stop
from tests.engine.rounds import problem, van, visit

STOP = Stop(iterations=50)


@pytest.fixture
def case() -> tuple[TourProblem, TourResult]:
    visits = [visit(1, window=(0, 60)), visit(2, service=5), visit(4, collect=(8,))]
    made = problem(visits, [van(number=2, pause=Pause(10, 60, 10), shift=(0, 500))])
    return made, tour(made, stop=STOP)


def _with(result: TourResult, at: int, **change: object) -> TourResult:
    first = result.rounds[0]
    lines: list[Line] = list(first.lines)
    lines[at] = replace(lines[at], **change)  # type: ignore[arg-type] # any field, to break it
    return replace(result, rounds=(replace(first, lines=tuple(lines)), *result.rounds[1:]))


def _faults(problem: TourProblem, result: TourResult) -> set[str]:
    return {one.name for one in certify_tour(problem, result).faults}


def test_v2__an_honest_plan_passes(case: tuple[TourProblem, TourResult]) -> None:
    proof = certify_tour(*case)
    assert proof.valid
    assert proof.objective == case[1].cost


def test_v2__every_lie_is_found(case: tuple[TourProblem, TourResult]) -> None:
    made, result = case
    assert "hours" in _faults(made, _with(result, 1, arrival=0))
    assert "load" in _faults(made, _with(result, 1, load=(3,)))
    assert "ends" in _faults(made, _with(result, 0, place=3))
    assert "once" in _faults(made, replace(result, rounds=result.rounds[1:]))
    assert "cost" in _faults(made, replace(result, cost=result.cost - 1))
    assert "bound" in _faults(made, replace(result, bound=result.cost + 1))
    assert "fleet" in _faults(made, replace(result, rounds=(*result.rounds, result.rounds[0])))
    assert "length" in _faults(
        made, replace(result, rounds=(replace(result.rounds[0], metres=1), *result.rounds[1:]))
    )


def test_v2__a_pause_that_is_skipped_is_found() -> None:
    visits = [visit(5, service=40)]
    asking = problem(visits, [van(pause=Pause(10, 60, 10))])
    without = tour(problem(visits, [van()]), stop=STOP)
    assert "pause" in _faults(asking, without)


def test_v2__the_plan_of_other_data_is_found(case: tuple[TourProblem, TourResult]) -> None:
    made, result = case
    other = replace(made, visits=(replace(made.visits[0], collect=(2,)), *made.visits[1:]))
    assert {"digest", "load"} <= _faults(other, result)


def test_v2__materials_that_must_be_parted_are_found() -> None:
    visits = [visit(1, material="verre"), visit(2, material="bio")]
    together = tour(problem(visits, [van()]), stop=STOP)
    assert "materials" in _faults(problem(visits, [van()], apart=(("verre", "bio"),)), together)
    assert "materials" in _faults(problem(visits, [van(materials=("bio",))]), together)
