from typing import Any

import pytest

from maillage_engine import ResourceType, TypeTable
from maillage_engine.consistency import PROBLEM_CHECKS, SIDE_CHECKS, check
from tests.engine.problems import ONE_TYPE, TODAY, problem, week_of

GOOD = {"texts": "compost", "vectors": [4000], "types": 0}
ODD: dict[str, dict[str, Any]] = {
    "empty_text": {"texts": " "},
    "no_content": {"texts": "le la les", "vectors": [0]},
    "half_place": {"latitude": 47.0},
    "null_place": {"latitude": 0.0, "longitude": 0.0},
    "swapped_place": {"latitude": 2.7, "longitude": 48.0},
    "zero_reach": {"reach_km": 0.0, "latitude": 47.0, "longitude": 2.0},
    "reach_without_place": {"reach_km": 10.0},
    "quantity_without_dimension": {"quantity": 3.0},
    "minimum_without_dimension": {"minimum": 3.0},
    "minimum_above_quantity": {"minimum": 3.0, "quantity": 2.0, "dimension": 0},
    "ended": {"until_day": TODAY - 1},
    "no_hour": {"week": week_of()},
    "no_month": {"months": [0] * 12},
    "confirmed_in_future": {"confirmed_day": TODAY + 1},
    "stale": {"confirmed_day": TODAY - 730},
    "unknown_type": {"types": -1},
}


def test_check_has_nothing_to_say_of_a_good_problem() -> None:
    assert check(problem([GOOD], [GOOD], types=ONE_TYPE)) == []


@pytest.mark.parametrize("name", ODD)
def test_check_names_the_rows_and_the_fix(name: str) -> None:
    (finding,) = check(problem([GOOD, {**GOOD, **ODD[name]}], [GOOD], types=ONE_TYPE))
    assert (finding.check, finding.side, finding.rows) == (name, "needs", (1,))
    assert finding.message.endswith("(besoin-1)")


def test_check_shows_five_rows_and_counts_the_others() -> None:
    (finding,) = check(problem([GOOD], [{**GOOD, "texts": ""}] * 7, types=ONE_TYPE))
    assert finding.message.endswith("offre-4 et 2 autres)")


@pytest.mark.parametrize(
    ("name", "needs", "offers"),
    [
        ("no_need", [], [GOOD]),
        ("no_offer", [GOOD], []),
        ("no_vectors", [{"texts": "compost", "types": 0}], [{"texts": "compost", "types": 0}]),
        ("one_party", [{**GOOD, "party": 1}], [{**GOOD, "party": 1}]),
        ("nothing_linked", [GOOD], [{**GOOD, "types": 1}]),
    ],
)
def test_check_looks_at_the_whole_problem(name: str, needs: list[Any], offers: list[Any]) -> None:
    types = TypeTable((ResourceType("a"), ResourceType("b")))
    needs, offers = needs or [], offers or []
    if not (needs and offers):
        needs, offers = [{**row, "vectors": []} for row in needs], [{**row, "vectors": []} for row in offers]
    assert name in [finding.check for finding in check(problem(needs, offers, types=types))]


def test_every_check_is_tried_here() -> None:
    assert set(ODD) == set(SIDE_CHECKS)
    assert len(PROBLEM_CHECKS) == 5
