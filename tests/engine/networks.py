"""Process networks to try: the published one of seven units, and small ones by hand."""

from typing import Any

import pytest

from maillage_engine.methods.cooperate.network import Material, OperatingUnit, ProcessNetwork
from maillage_engine.methods.cooperate.tree import Tree


def unit(name: str, recipe: str, **more: Any) -> OperatingUnit:
    """Return a unit from « 2 C + E => A »."""
    left, right = ([_term(one) for one in half.split("+") if one.strip()] for half in recipe.split("=>"))
    return OperatingUnit(name, tuple(left), tuple(right), **more)


def network(
    *units: OperatingUnit, exclusive: tuple[tuple[str, ...], ...] = (), **kinds: Any
) -> ProcessNetwork:
    """Return a network: ``A=("product", {"lower": 5})``, a material that nothing says of is an intermediate."""
    names = dict.fromkeys(name for one in units for name, _ in (*one.inputs, *one.outputs))
    materials = []
    for name in (*kinds, *(one for one in names if one not in kinds)):
        kind, more = kinds.get(name, ("intermediate", {}))
        materials.append(Material(name, kind, **more))
    return ProcessNetwork(tuple(materials), units, exclusive)


def seven_units(*, exclusive: tuple[tuple[str, ...], ...] = ()) -> ProcessNetwork:
    """The seven units of the P-graph examples, whose five solutions are published."""
    return network(
        unit("O1", "2 C => 1.5 A + 0.5 F", upper=250.0, fixed_cost=50.0, proportional_cost=0.25),
        unit("O2", "2 D => B + A", upper=190.0, fixed_cost=30.0, proportional_cost=0.34),
        unit("O3", "F + E => 2 C", upper=360.0, fixed_cost=100.0, proportional_cost=0.16),
        unit("O4", "G + F => D + C", upper=510.0, fixed_cost=80.0, proportional_cost=0.42),
        unit("O5", "G + H => 2 D", upper=430.0, fixed_cost=90.0, proportional_cost=0.13),
        unit("O6", "J => F", upper=290.0, fixed_cost=20.0, proportional_cost=0.28),
        unit("O7", "K + L => 2 H", upper=340.0, fixed_cost=40.0, proportional_cost=0.27),
        exclusive=exclusive,
        A=("product", {"lower": 425.0}),
        **{
            name: ("raw", {"price": price})
            for name, price in zip("EGJKL", (1.2, 3.3, 1.5, 2.1, 1.2), strict=True)
        },
    )


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the tree at once: HiGHS chooses one structure after the other."""
    monkeypatch.setattr(Tree, "grow", lambda *_, **__: False)


def _term(text: str) -> tuple[str, float]:
    words = text.split()
    return (words[1], float(words[0])) if len(words) > 1 else (words[0], 1.0)
