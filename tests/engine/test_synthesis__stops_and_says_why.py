"""Limits, cancellation, and what stands in the way."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.process_networks import process_network

from maillage_engine.certify.synthesis import certify_synthesis
from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.explain.synthesis import obstacle_fr
from maillage_engine.methods.cooperate.network import Material, OperatingUnit, ProcessNetwork
from maillage_engine.methods.cooperate.obstacles import Obstacle
from maillage_engine.methods.cooperate.synthesis import synthesise
from maillage_engine.stop import Cancelled, Stop
from tests.engine.networks import network, one_by_one, seven_units, unit

P = ("product", {"lower": 10.0})
R: tuple[str, dict[str, float]] = ("raw", {})


class Asked:
    """Says yes after some questions."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def why(problem: ProcessNetwork) -> Obstacle:
    """The only obstacle of a network without a solution."""
    result = synthesise(problem)
    assert (result.status, result.structures, result.cost, result.gap) == ("infeasible", (), None, None)
    assert certify_synthesis(problem, result).valid
    (one,) = result.obstacles
    assert obstacle_fr(one).endswith(".")
    return one


def test_a6__a_product_that_no_unit_gives() -> None:
    """It is named."""
    assert why(network(unit("O", "R => Q"), R=R, P=P, Q=("intermediate", {}))) == Obstacle("no_maker", "P")


def test_a6__an_input_that_nobody_gives_is_the_missing_one() -> None:
    """The root of the trouble, not the step that suffers from it."""
    one = why(network(unit("O1", "Y => P"), unit("O2", "Z + R => Y"), R=R, P=P))
    assert (one.code, one.names) == ("missing_input", ("Z",))
    assert "« Z »" in obstacle_fr(one)


def test_a6__a_unit_that_gives_a_raw_material_is_named() -> None:
    """Axiom S2."""
    assert why(network(unit("O", "R => P + S"), R=R, S=R, P=P)).names == ("O",)


def test_a6__exclusions_that_leave_nothing() -> None:
    """Both are needed, and they exclude each other."""
    problem = network(unit("O1", "R => Y"), unit("O2", "Y => P"), exclusive=(("O1", "O2"),), R=R, P=P)
    assert why(problem) == Obstacle("exclusive", names=("O1", "O2"))


def test_a6__too_little_is_said_with_numbers_and_what_holds_it() -> None:
    """7 at most, 10 asked, the unit is the limit."""
    one = why(network(unit("O", "R => P", upper=7.0), R=R, P=P))
    assert (one.code, one.names, one.numbers) == ("quantity", ("O",), {"most": 7.0, "asked": 10.0})


def test_a6__products_that_hinder_each_other() -> None:
    """Each alone can be made, not both."""
    problem = network(unit("O1", "R => P"), unit("O2", "R => Q"), R=("raw", {"upper": 15.0}), P=P, Q=P)
    assert why(problem).code == "together"


@pytest.mark.parametrize("tree", [True, False])
def test_a5__a_limit_gives_the_best_known_and_its_gap(tree: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """One iteration: nothing is claimed that is not proved."""
    if not tree:
        one_by_one(monkeypatch)
    problem = process_network(30, "products", seed=1)
    best = synthesise(problem).cost
    result = synthesise(problem, k=3, stop=Stop(iterations=1))
    assert result.status in {"feasible", "stopped"}
    assert best is not None
    assert result.bound <= best * (1 + 1e-9)
    assert result.cost is None or result.cost >= best * (1 - 1e-9)
    assert certify_synthesis(problem, result).valid


@pytest.mark.parametrize("tree", [True, False])
def test_a5__cancelled_keeps_nothing(tree: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, or in the middle."""
    if not tree:
        one_by_one(monkeypatch)
    for after in (0, 3):
        stop = Stop(cancelled=Asked(after))
        with pytest.raises(Cancelled):
            synthesise(process_network(30, "products", seed=1), k=50, stop=stop)


def test_a4__loops_are_allowed_and_named() -> None:
    """A loop that feeds only itself leads nowhere (S4): the units of the loop must reach the product."""
    problem = network(
        unit("O1", "R => P", fixed_cost=5.0),
        unit("O2", "X => Y", fixed_cost=-3.0),
        unit("O3", "Y => X", fixed_cost=-3.0),
        unit("O4", "X => P", fixed_cost=9.0),
        R=R,
        P=P,
    )
    assert problem.circular() == (("O2", "O3"),)
    result = synthesise(problem, k=9)
    assert [(one.units, round(one.cost, 6)) for one in result.structures] == [
        ((0,), 5.0),
        ((0, 1, 2, 3), 8.0),
    ]


def test_a4__a_lost_loop_is_refused_by_the_other_way_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are added when an answer breaks S4 around a loop."""
    one_by_one(monkeypatch)
    test_a4__loops_are_allowed_and_named()


def test_a7__what_cannot_be_is_refused_at_birth() -> None:
    """The attribute and the row are told."""
    good = Material("P", "product")
    cases: list[tuple[str, Callable[[], ProcessNetwork]]] = [
        ("price", lambda: ProcessNetwork((Material("P", "product", price=math.nan),), ())),
        ("lower", lambda: ProcessNetwork((Material("P", "product", lower=2.0, upper=1.0),), ())),
        ("upper", lambda: ProcessNetwork((good,), (OperatingUnit("O", (), (("P", 1.0),), upper=math.inf),))),
        ("outputs", lambda: ProcessNetwork((good,), (OperatingUnit("O", (), (("Q", 1.0),)),))),
        ("inputs", lambda: ProcessNetwork((good,), (OperatingUnit("O", (("P", -1.0),), ()),))),
        ("materials", lambda: ProcessNetwork((Material("R", "raw"),), ())),
        ("units", lambda: ProcessNetwork((good,), (OperatingUnit("O", (), ()), OperatingUnit("O", (), ())))),
        ("exclusive", lambda: ProcessNetwork((good,), (), (("O",),))),
    ]
    for attribute, build in cases:
        with pytest.raises(InvalidProblem) as caught:
            build()
        assert caught.value.attribute == attribute
    with pytest.raises(InvalidArgument):
        synthesise(seven_units(), k=0)


def test_a8__the_certificate_finds_what_is_wrong() -> None:
    """Another problem, a cost, a size, an order, a bound: each is seen."""
    problem = seven_units()
    good = synthesise(problem, k=3)
    first, second, third = good.structures
    for name, bad in (
        ("problem", replace(good, digest="")),
        ("costs", replace(good, structures=(replace(first, cost=1.0), second, third))),
        ("balances", replace(good, structures=(replace(first, sizes=np.zeros(6)), second, third))),
        ("sizes", replace(good, structures=(replace(first, sizes=first.sizes * 9), second, third))),
        ("axioms", replace(good, structures=(replace(first, units=first.units[1:], sizes=first.sizes[1:]),))),
        ("order", replace(good, structures=(second, first, third))),
        ("bound", replace(good, bound=2000.0)),
        ("enumeration", replace(good, structures=(first, third), others_bound=1315.0, k=2)),
    ):
        assert name in {one.name for one in certify_synthesis(problem, bad).faults}
    assert certify_synthesis(problem, good).valid
