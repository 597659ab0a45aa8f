from typing import Any

import numpy as np
import pytest

from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.scale.allocate_parts import allocate_parts
from maillage_engine.scale.runners import Processes, Serial
from maillage_engine.stop import Cancelled, Stop


def apart(groups: int, *, lots: bool = False, seed: int = 0) -> AllocationProblem:
    """Groups of six needs and six offers that have nothing in common."""
    random = np.random.default_rng(seed)
    rows = np.repeat(np.arange(groups) * 6, 18)
    pairs = np.unique(
        np.stack([rows + random.integers(0, 6, len(rows)), rows + random.integers(0, 6, len(rows))]), axis=1
    )
    count = groups * 6
    return AllocationProblem.from_arrays(
        need_quantity=random.integers(1, 20, count).astype(float),
        offer_quantity=random.integers(1, 20, count).astype(float),
        edge_need=pairs[0],
        edge_offer=pairs[1],
        value=random.random(pairs.shape[1]) + 0.1,
        transport=random.random(pairs.shape[1]),
        need_lot=random.random(count) * 4 if lots else None,
    )


def bytes_of(result: AllocationResult) -> tuple[Any, ...]:
    """Everything a result says, to the byte."""
    arrays = (result.edge, result.slot, result.quantity, result.prices.need, result.prices.offer)
    said = (result.value, result.transport, result.bound, result.status, result.way, result.components)
    return (*(array.tobytes() for array in arrays), *said)


@pytest.mark.parametrize("lots", [False, True])
def test_p7__parts_give_the_sharing_of_the_whole(lots: bool) -> None:
    problem = apart(2 if lots else 40, lots=lots)
    assert bytes_of(allocate_parts(problem)) == bytes_of(allocate(problem))


def test_p7__processes_give_the_same_bytes() -> None:
    problem = apart(40)
    assert bytes_of(allocate_parts(problem, runner=Processes(2))) == bytes_of(allocate(problem))


@pytest.mark.parametrize("runner", [Serial(), Processes(2)])
def test_parts__a_cancelled_sharing_returns_nothing(runner: Any) -> None:
    with pytest.raises(Cancelled):
        allocate_parts(apart(3), runner=runner, stop=Stop(cancelled=lambda: True))
