from typing import Any

import numpy as np
import pytest

from maillage_engine.errors import InvalidProblem
from maillage_engine.methods.facility import FacilityProblem, Place, Site

GOOD: dict[str, Any] = {
    "capacity": np.array([5.0, 6.0]),
    "fixed_cost": np.array([1.0, 2.0]),
    "demand": np.array([3.0]),
    "serve_cost": np.array([[1.0], [2.0]]),
}
NEEDS = (Place("école", 47.22, 2.07, 10.0), Place("lycée", 47.08, 2.40, 20.0))
SITES = (Site("Vierzon", 47.22, 2.07, 40.0, 900.0), Site("Bourges", 47.08, 2.40, 40.0, 800.0, existing=True))


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("capacity", np.array([5.0, 0.0])),
        ("capacity", np.array([5.0, np.nan])),
        ("fixed_cost", np.array([1.0, -1.0])),
        ("demand", np.array([np.inf])),
        ("demand", np.array([-3.0])),
        ("serve_cost", np.array([[1.0], [np.nan]])),
        ("serve_cost", np.array([[1.0, 2.0]])),
        ("site_ids", ["a", "a"]),
        ("existing", np.array([True])),
        ("max_openings", -1),
    ],
)
def test_facility__a_faulty_attribute_is_named(attribute: str, value: Any) -> None:
    with pytest.raises(InvalidProblem) as refused:
        FacilityProblem.from_arrays(**{**GOOD, attribute: value})
    assert refused.value.attribute == attribute


def test_facility__no_site_and_no_need_are_refused() -> None:
    with pytest.raises(InvalidProblem, match="un site"):
        FacilityProblem.from_places(needs=NEEDS, sites=(), cost_per_unit_km=1.0)
    with pytest.raises(InvalidProblem, match="un besoin"):
        FacilityProblem.from_places(needs=(), sites=SITES, cost_per_unit_km=1.0)


def test_i12__a_territory_costs_quantity_times_road_times_price() -> None:
    problem = FacilityProblem.from_places(needs=NEEDS, sites=SITES, cost_per_unit_km=0.2, road_factor=1.5)
    kilometres = 29.47
    assert problem.serve_cost[0].tolist() == pytest.approx([0.0, 20.0 * 0.2 * 1.5 * kilometres], rel=1e-2)
    assert problem.existing.tolist() == [False, True]


def test_i12__a_need_out_of_reach_is_not_served_from_there() -> None:
    problem = FacilityProblem.from_places(needs=NEEDS, sites=SITES, cost_per_unit_km=0.2, reach_km=10.0)
    assert np.isinf(problem.serve_cost).tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"road_factor": 0.5},
        {"cost_per_unit_km": np.nan},
        {"reach_km": -1.0},
        {"needs": (Place("x", 95.0, 0.0, 1.0),)},
    ],
)
def test_facility__a_territory_with_faults_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidProblem):
        FacilityProblem.from_places(**{"needs": NEEDS, "sites": SITES, "cost_per_unit_km": 1.0, **wrong})


def test_facility__the_digest_follows_what_the_answer_depends_on() -> None:
    one = FacilityProblem.from_arrays(**GOOD)
    other = FacilityProblem.from_arrays(**GOOD, single_source=True)
    assert one.digest() != other.digest()
    assert one.digest() == FacilityProblem.from_arrays(**GOOD).digest()
