"""The planner and the exhaustive twin agree on small problems; the bound is under both."""

import pytest

from maillage_engine.certify.tour import certify_tour
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.reference.tour import slow_tour
from maillage_engine.stop import Stop
from tests.engine.rounds import drawn

STOP = Stop(iterations=1_000)


def _lacking(problem: TourProblem, rows: set[int]) -> int:
    return sum(problem.visits[row].priority for row in rows if problem.visits[row].prize is None)


@pytest.mark.parametrize("seed", range(24))
def test_v3__a_plain_plan_costs_what_the_twin_says(seed: int) -> None:
    problem = drawn(seed, odd=False)
    result, slow = tour(problem, stop=STOP), slow_tour(problem)
    if not slow.missed:
        assert (result.cost, result.left_out) == (slow.cost, ())
    assert certify_tour(problem, result).valid


@pytest.mark.parametrize("seed", range(40))
def test_v3__with_every_oddity_the_twin_is_never_beaten(seed: int) -> None:
    problem = drawn(seed)
    result, slow = tour(problem, stop=STOP), slow_tour(problem)
    left = {one.visit for one in result.left_out}
    assert certify_tour(problem, result).valid
    assert (_lacking(problem, left), result.cost) >= (_lacking(problem, set(slow.missed)), slow.cost)


def test_v3__with_every_oddity_most_plans_are_the_twins() -> None:
    equal = 0
    for seed in range(40):
        problem = drawn(seed)
        equal += tour(problem, stop=STOP).cost == slow_tour(problem).cost
    assert equal >= 38


@pytest.mark.parametrize("seed", range(40))
def test_v4__the_bound_is_never_above_the_best_plan(seed: int) -> None:
    problem = drawn(seed)
    result, slow = tour(problem, stop=Stop(iterations=50)), slow_tour(problem)
    assert result.bound is None or result.bound <= slow.cost <= result.cost


def test_v3__the_twin_refuses_what_would_take_for_ever() -> None:
    with pytest.raises(InvalidArgument):
        slow_tour(drawn(0, visits=8))
