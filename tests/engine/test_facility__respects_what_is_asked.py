from dataclasses import replace

import numpy as np
import pytest

from maillage_engine.certify.facility import certify_facility
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.facility import FacilityProblem, open_sites
from tests.engine.facility_cases import spread


def line(**more: object) -> FacilityProblem:
    """Two sites at the ends of a line, three needs of 4 units, 9 units of room in each site."""
    return replace(
        FacilityProblem.from_arrays(
            capacity=np.array([9.0, 9.0]),
            fixed_cost=np.array([10.0, 1.0]),
            demand=np.array([4.0, 4.0, 4.0]),
            serve_cost=np.array([[0.0, 4.0, 8.0], [8.0, 4.0, 0.0]]),
        ),
        **more,  # type: ignore[arg-type]  # one keyword a field, checked by the class
    )


def test_i1__a_need_shared_between_two_sites_pays_each_its_share() -> None:
    one = open_sites(replace(line(), capacity=np.array([6.0, 6.0]))).openings[0]
    middle = one.customer == 1
    assert one.share[middle].tolist() == [0.5, 0.5]
    assert one.cost == pytest.approx(11.0 + 0.5 * 4.0 + 0.5 * 4.0)


def test_i5__existing_sites_stay_open_and_openings_are_counted_beside_them() -> None:
    problem = spread(8, 20, seed=3, room=4.0)
    first = np.arange(8) == int(np.argmax(problem.fixed_cost))
    asked = replace(problem, existing=first, max_openings=2)
    best = open_sites(asked).openings[0]
    assert best.open[first].all()
    assert np.count_nonzero(best.open & ~first) <= 2


def test_facility__one_source_serves_each_need_from_one_site() -> None:
    one = open_sites(line(single_source=True)).openings[0]
    assert sorted(one.customer.tolist()) == [0, 1, 2]
    assert one.share.tolist() == [1.0, 1.0, 1.0]


def test_facility__less_than_one_answer_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="au moins une"):
        open_sites(line(), k=0)


@pytest.mark.parametrize(
    "problem",
    [
        line(demand=np.array([4.0, 4.0, 40.0])),
        line(max_openings=1),
        line(serve_cost=np.array([[0.0, 4.0, np.inf], [8.0, 4.0, np.inf]])),
        line(serve_cost=np.array([[0.0, 4.0, 8.0], [np.inf, np.inf, np.inf]])),
        line(single_source=True, capacity=np.array([7.0, 7.0])),
    ],
)
def test_i7__what_cannot_be_is_said_and_proved(problem: FacilityProblem) -> None:

    result = open_sites(problem)
    assert (result.status, result.openings, result.bound) == ("infeasible", (), None)
    assert certify_facility(problem, result).valid
