"""What is not a problem is refused by name and row; limits and cancellations are told."""

from typing import Any

import numpy as np
import pytest

from maillage_engine.certify.allocate import certify_allocation
from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.stop import Cancelled, Stop
from tests.engine.sharings import plain, territory


@pytest.mark.parametrize(
    ("more", "attribute", "row"),
    [
        ({"wanted": [1, np.nan]}, "need_quantity", 1),
        ({"there": [-1]}, "offer_quantity", 0),
        ({"there": [np.inf]}, "offer_quantity", 0),
        ({"value": [np.nan]}, "value", 0),
        ({"transport": [-2.0]}, "transport", 0),
        ({"pairs": [(2, 0)]}, "edge_need", 0),
        ({"pairs": [(0, -1)]}, "edge_offer", 0),
        ({"need_ids": ["a", "a"]}, "need_ids", 1),
        ({"need_unit": ["kg", "kg"], "offer_unit": ["h"]}, "unit", 0),
        ({"need_lot": [1.0]}, "need_lot", None),
    ],
)
def test_r10__refuses_by_name_and_row(more: dict[str, Any], attribute: str, row: int | None) -> None:
    said: dict[str, Any] = {"wanted": [1, 2], "there": [3], "pairs": [(0, 0)], **more}
    with pytest.raises(InvalidProblem) as caught:
        plain(**said)
    assert (caught.value.attribute, caught.value.row) == (attribute, row)


def test_allocate__takes_nothing_from_an_empty_problem() -> None:
    problem = plain(wanted=[], there=[], pairs=[])
    result = allocate(problem)
    assert (result.status, result.value, result.bound) == ("optimal", 0.0, 0.0)


def test_allocate__zero_capacity_serves_nobody_and_has_a_price() -> None:
    problem = plain(wanted=[4], there=[0], pairs=[(0, 0)], value=[3.0])
    result = allocate(problem)
    assert (result.value, result.prices.offer[0, 0]) == (0.0, 3.0)
    assert certify_allocation(problem, result).valid


def test_allocate__the_same_pair_many_times_changes_nothing() -> None:
    once = plain(wanted=[4, 1], there=[3], pairs=[(0, 0), (1, 0)])
    often = plain(wanted=[4, 1], there=[3], pairs=[(0, 0), (1, 0)] * 10_000)
    assert allocate(often).value == allocate(once).value == 3.0


def test_r11__stopped_early_it_gives_the_best_known_and_a_bound() -> None:
    problem = territory(4000, seed=11)
    best = allocate(problem).value
    result = allocate(problem, stop=Stop(iterations=300))
    assert result.status == "feasible"
    assert result.value < best <= result.bound
    assert certify_allocation(problem, result).valid


def test_r12__cancelled_it_keeps_nothing() -> None:
    with pytest.raises(Cancelled):
        allocate(territory(2000, seed=12), stop=Stop(cancelled=lambda: True))


def test_allocate__fairness_is_by_commune_or_family() -> None:
    with pytest.raises(InvalidArgument, match="commune"):
        allocate(plain(wanted=[1], there=[1], pairs=[(0, 0)]), fairness="âge")  # type: ignore[arg-type]  # what is tried
