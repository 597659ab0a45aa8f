import numpy as np
import pytest
from hypothesis import given, settings

from maillage_engine.certify.facility import certify_facility
from maillage_engine.methods.facility import FacilityProblem, open_sites
from maillage_engine.reference.facility import slow_open_sites
from tests.engine.facility_cases import facility_problems, spread


def agree(problem: FacilityProblem, k: int) -> None:
    slow = slow_open_sites(problem)
    result = open_sites(problem, k=k)
    proof = certify_facility(problem, result)
    assert proof.valid, proof.faults
    assert result.status == ("optimal" if slow else "infeasible")
    assert [one.cost for one in result.openings] == pytest.approx([cost for cost, _ in slow[:k]], abs=1e-6)
    exact = {choice: cost for cost, choice in slow}
    for one in result.openings:
        assert one.cost == pytest.approx(exact[tuple(one.open.tolist())], abs=1e-6)


@given(facility_problems())
@settings(max_examples=50, deadline=None)
def test_i2__the_best_choice_is_that_of_the_slow_twin(problem: FacilityProblem) -> None:
    agree(problem, 1)


@given(facility_problems())
@settings(max_examples=50, deadline=None)
def test_i3__the_k_best_choices_are_those_of_the_slow_twin(problem: FacilityProblem) -> None:
    agree(problem, 4)


@given(facility_problems(single_source=True))
@settings(max_examples=50, deadline=None)
def test_i4__one_source_for_each_need_is_that_of_the_slow_twin(problem: FacilityProblem) -> None:
    agree(problem, 2)


def test_facility__multipliers_stay_small_where_only_k_choices_exist() -> None:
    agree(
        FacilityProblem.from_arrays(
            capacity=np.array([5.0, 7.0, 3.0, 1.0, 3.0]),
            fixed_cost=np.array([29.0, 3.0, 12.0, 19.0, 28.0]),
            demand=np.array([4.0]),
            serve_cost=np.array([[np.inf], [np.inf], [np.inf], [14.8], [5.0]]),
            existing=np.array([False, False, True, False, True]),
        ),
        4,
    )


@pytest.mark.parametrize("seed", range(4))
def test_facility__the_five_best_of_seven_sites_are_those_of_the_slow_twin(seed: int) -> None:
    problem = spread(7, 12, seed=seed)
    slow = slow_open_sites(problem)
    result = open_sites(problem, k=5)
    assert [one.cost for one in result.openings] == pytest.approx([cost for cost, _ in slow[:5]])
    assert result.others_bound is not None
    assert result.others_bound <= slow[5][0] + 1e-6


def test_i10__the_same_problem_gives_the_same_answer() -> None:
    problem = spread(15, 30, seed=4)
    one, other = open_sites(problem, k=2), open_sites(problem, k=2, seed=9)
    assert [opening.cost for opening in one.openings] == [opening.cost for opening in other.openings]
    assert np.array_equal(one.tree.multipliers, other.tree.multipliers)
    assert one.iterations == other.iterations


def test_facility__a_middling_problem_is_proved_within_a_budget_of_iterations() -> None:
    problem = spread(30, 100, seed=1, room=5.0)
    result = open_sites(problem)
    assert result.status == "optimal"
    assert result.iterations < 20_000
    assert certify_facility(problem, result).valid
