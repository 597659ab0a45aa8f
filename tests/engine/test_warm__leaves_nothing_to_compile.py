"""What is compiled at installation serves the problems that come later."""

import sys
from typing import Any, Literal

import pytest
from benchmarks import synthetic

from maillage_engine import search
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.warm import warm


def compiled_makes() -> dict[str, set[Any]]:
    """Return, for each compiled loop that is loaded, the kinds of arguments it was compiled for."""
    loops = [
        (f"{name}.{word}", loop)
        for name, module in list(sys.modules.items())
        if name.startswith("maillage_engine.")
        for word, loop in vars(module).items()
        if hasattr(loop, "py_func")
    ]
    return {name: set(loop.signatures) for name, loop in loops}


@pytest.fixture(scope="module")
def makes() -> dict[str, set[Any]]:
    warm()
    return compiled_makes()


def test_warm__every_folder_of_loops_is_run(makes: dict[str, set[Any]]) -> None:
    run = {name.split(".")[2] for name, kinds in makes.items() if kinds}
    assert {"scan", "allocate", "facility"} <= run
    assert run == {name.split(".")[2] for name in makes}


@pytest.mark.parametrize("direction", ["needs", "offers"])
def test_warm__a_territory_compiles_no_more(
    direction: Literal["needs", "offers"], makes: dict[str, set[Any]]
) -> None:
    search(synthetic.problem(60, seed=1, unknown=0.1), k=3, direction=direction, way="scan")
    assert compiled_makes() == makes


def test_warm__a_sharing_compiles_no_more(makes: dict[str, set[Any]]) -> None:
    allocate(
        AllocationProblem.from_arrays(
            need_quantity=[5.0, 4.0, 1.0],
            offer_quantity=[3.0, 3.0],
            edge_need=[0, 0, 1, 2],
            edge_offer=[0, 1, 1, 0],
            value=[1.0, 4.0, 2.0, 1.0],
        )
    )
    assert compiled_makes() == makes
