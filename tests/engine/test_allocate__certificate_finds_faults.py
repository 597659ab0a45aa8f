"""A result that was tampered with does not pass."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maillage_engine.certify.allocate import certify_allocation
from maillage_engine.methods.allocate.result import Prices
from maillage_engine.methods.allocate.solve import allocate
from tests.engine.sharings import plain

PROBLEM = plain(
    wanted=[6, 6],
    there=[5, 5],
    pairs=[(0, 0), (0, 1), (1, 1)],
    value=[3.0, 2.0, 2.0],
    transport=[1.0, 5.0, 1.0],
)
RESULT = allocate(PROBLEM)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"digest": "0"}, "digest"),
        ({"edge": RESULT.edge + 3}, "lines"),
        ({"quantity": -RESULT.quantity}, "lines"),
        ({"quantity": RESULT.quantity * 2}, "offers"),
        ({"value": RESULT.value + 1}, "value"),
        ({"transport": 0.0}, "transport"),
        ({"bound": RESULT.bound - 1}, "bound"),
        ({"bound": RESULT.bound + 1}, "prices"),
        ({"prices": Prices(RESULT.prices.need, RESULT.prices.offer * 0)}, "prices"),
        ({"quantity": RESULT.quantity / 2}, "used"),
        (
            {"transport_prices": Prices(np.zeros((2, 1)), np.zeros((2, 1)))},
            "transport_prices",
        ),
    ],
)
def test_r14__a_fault_is_found_and_named(change: dict[str, Any], name: str) -> None:
    assert certify_allocation(PROBLEM, RESULT).valid
    proof = certify_allocation(PROBLEM, replace(RESULT, **change))
    assert name in {one.name for one in proof.faults}
