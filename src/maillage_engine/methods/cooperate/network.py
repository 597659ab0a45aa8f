"""A process network: materials, operating units that turn some into others, and which units exclude one another.

Source: F. Friedler, K. Tarján, Y. W. Huang, L. T. Fan, "Graph-theoretic approach to process synthesis: axioms and
theorems", Chemical Engineering Science 47(8), 1992, and the linear model of the P-graph solvers: a unit of size x takes
x × rate of each input and gives x × rate of each output; it costs ``fixed_cost`` once it is there, zero size included,
and ``proportional_cost`` × x.
"""

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from maillage_engine.arrays import Floats, frozen
from maillage_engine.errors import InvalidProblem

Kind = Literal["raw", "intermediate", "product"]
KINDS: tuple[Kind, ...] = ("raw", "intermediate", "product")
LARGEST_SIZE = 1e7
"""The upper bound of a unit that says none: the one of the published format."""


@dataclass(frozen=True, slots=True)
class Material:
    """``price``: of one unit bought (raw) or sold. ``lower`` and ``upper`` bound what is bought, or what is left over.

    Flows are per period of the problem (a year, most often). The bounds hold in the structures where it appears.
    """

    name: str
    kind: Kind
    lower: float = 0.0
    upper: float = math.inf
    price: float = 0.0


@dataclass(frozen=True, slots=True)
class OperatingUnit:
    """``inputs`` and ``outputs``: (name of a material, rate for a size of 1); ``lower`` and ``upper`` bound the size.

    Costs are per period: ``fixed_cost`` whatever the size, ``proportional_cost`` for each unit of size.
    """

    name: str
    inputs: tuple[tuple[str, float], ...]
    outputs: tuple[tuple[str, float], ...]
    fixed_cost: float = 0.0
    proportional_cost: float = 0.0
    lower: float = 0.0
    upper: float = LARGEST_SIZE


@dataclass(frozen=True, slots=True)
class Measures:
    """The words of the units of measure, to be shown as they are."""

    mass: str = "t"
    time: str = "y"
    money: str = "EUR"


@dataclass(frozen=True, eq=False)
class ProcessNetwork:
    """What may be assembled; rows are those of ``materials`` and ``units``.

    ``exclusive``: groups of names of units of which a structure holds at most one. Recipes that go round in a circle
    are allowed (``circular`` names them). Raises ``InvalidProblem`` when the parts do not fit together.
    """

    materials: tuple[Material, ...]
    units: tuple[OperatingUnit, ...]
    exclusive: tuple[tuple[str, ...], ...] = ()
    measures: Measures = Measures()

    def __post_init__(self) -> None:
        object.__setattr__(self, "materials", tuple(self.materials))
        object.__setattr__(self, "units", tuple(self.units))
        object.__setattr__(self, "exclusive", tuple(tuple(dict.fromkeys(one)) for one in self.exclusive))
        _check(self)

    @cached_property
    def material_rows(self) -> dict[str, int]:
        """Row of each material by name."""
        return {one.name: row for row, one in enumerate(self.materials)}

    @cached_property
    def unit_rows(self) -> dict[str, int]:
        """Row of each unit by name."""
        return {one.name: row for row, one in enumerate(self.units)}

    @cached_property
    def gains(self) -> Floats:
        """(M, U) what a size of 1 of each unit adds to each material: outputs less inputs."""
        table = np.zeros((len(self.materials), len(self.units)))
        for column, unit in enumerate(self.units):
            for name, rate in unit.outputs:
                table[self.material_rows[name], column] += rate
            for name, rate in unit.inputs:
                table[self.material_rows[name], column] -= rate
        result: Floats = frozen(table)
        return result

    @cached_property
    def taken(self) -> tuple[frozenset[int], ...]:
        """Rows of the materials that each unit takes."""
        return tuple(frozenset(self.material_rows[name] for name, _ in one.inputs) for one in self.units)

    @cached_property
    def given(self) -> tuple[frozenset[int], ...]:
        """Rows of the materials that each unit gives."""
        return tuple(frozenset(self.material_rows[name] for name, _ in one.outputs) for one in self.units)

    @cached_property
    def makers(self) -> tuple[frozenset[int], ...]:
        """Rows of the units that give each material."""
        return _by_material(len(self.materials), self.given)

    @cached_property
    def takers(self) -> tuple[frozenset[int], ...]:
        """Rows of the units that take each material."""
        return _by_material(len(self.materials), self.taken)

    @cached_property
    def unit_costs(self) -> Floats:
        """(U,) cost of one more unit of size: proportional, plus what is bought, less what is sold."""
        prices = np.array([one.price for one in self.materials])
        costs = np.array([one.proportional_cost for one in self.units]) - prices @ self.gains
        result: Floats = frozen(costs)
        return result

    @cached_property
    def groups(self) -> tuple[frozenset[int], ...]:
        """``exclusive`` as rows of units."""
        return tuple(frozenset(self.unit_rows[name] for name in one) for one in self.exclusive)

    @cached_property
    def raw(self) -> frozenset[int]:
        """Rows of the raw materials."""
        return frozenset(self.rows_of("raw"))

    @cached_property
    def products(self) -> frozenset[int]:
        """Rows of the products."""
        return frozenset(self.rows_of("product"))

    def rows_of(self, kind: Kind) -> tuple[int, ...]:
        """Return the rows of the materials of a kind."""
        return tuple(row for row, one in enumerate(self.materials) if one.kind == kind)

    def circular(self) -> tuple[tuple[str, ...], ...]:
        """Return the groups of units that feed one another in a circle, each in the order of the network."""
        pairs = [
            (unit, after)
            for unit, given in enumerate(self.given)
            for row in given
            for after in self.takers[row]
        ]
        size = len(self.units)
        table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        links = csr_array((np.ones(len(table)), (table[:, 0], table[:, 1])), shape=(size, size))
        count, labels = connected_components(links, directed=True, connection="strong")
        members: list[list[int]] = [[] for _ in range(count)]
        for row, label in enumerate(labels.tolist()):
            members[label].append(row)
        alone = {unit for unit, after in pairs if unit == after}
        kept = sorted(rows for rows in members if len(rows) > 1 or rows[0] in alone)
        return tuple(tuple(self.units[row].name for row in rows) for rows in kept)

    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of everything a result depends on."""
        plain = [
            [[one.name, one.kind, one.lower, one.upper, one.price] for one in self.materials],
            [
                [
                    one.name,
                    one.inputs,
                    one.outputs,
                    one.fixed_cost,
                    one.proportional_cost,
                    one.lower,
                    one.upper,
                ]
                for one in self.units
            ],
            [list(one) for one in self.exclusive],
        ]
        text = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()


def _by_material(count: int, of_unit: Iterable[frozenset[int]]) -> tuple[frozenset[int], ...]:
    units: list[set[int]] = [set() for _ in range(count)]
    for unit, rows in enumerate(of_unit):
        for row in rows:
            units[row].add(unit)
    return tuple(frozenset(one) for one in units)


def _check(network: ProcessNetwork) -> None:
    for attribute, names in (
        ("materials", [one.name for one in network.materials]),
        ("units", [one.name for one in network.units]),
    ):
        seen: set[str] = set()
        for row, name in enumerate(names):
            if not name or name in seen:
                raise InvalidProblem(attribute, f"« {name} » est vide ou là deux fois.", row=row)
            seen.add(name)
    for row, material in enumerate(network.materials):
        _check_material(material, row)
    known = set(network.material_rows)
    for row, unit in enumerate(network.units):
        _check_unit(unit, row, known)
    for row, group in enumerate(network.exclusive):
        for name in group:
            if name not in network.unit_rows:
                raise InvalidProblem("exclusive", f"l’unité « {name} » n’existe pas.", row=row)
    if not any(one.kind == "product" for one in network.materials):
        raise InvalidProblem("materials", "aucun produit n’est demandé ; donnez-en au moins un.")


def _check_material(material: Material, row: int) -> None:
    if material.kind not in KINDS:
        raise InvalidProblem(
            "kind", f"« {material.kind} » : c’est « raw », « intermediate » ou « product ».", row=row
        )
    if not math.isfinite(material.price):
        raise InvalidProblem("price", f"le prix de « {material.name} » n’est pas un nombre.", row=row)
    if not (0 <= material.lower < math.inf and material.lower <= material.upper):
        raise InvalidProblem(
            "lower", f"« {material.name} » : les bornes vont de 0 à la plus grande, dans l’ordre.", row=row
        )


def _check_unit(unit: OperatingUnit, row: int, known: set[str]) -> None:
    if not (math.isfinite(unit.fixed_cost) and math.isfinite(unit.proportional_cost)):
        raise InvalidProblem("fixed_cost", f"un coût de « {unit.name} » n’est pas un nombre.", row=row)
    if not (0 <= unit.lower <= unit.upper < math.inf):
        raise InvalidProblem(
            "upper",
            f"« {unit.name} » : la taille va de 0 à une borne finie, dans l’ordre.",
            row=row,
        )
    for attribute, sides in (("inputs", unit.inputs), ("outputs", unit.outputs)):
        for name, rate in sides:
            if name not in known:
                raise InvalidProblem(
                    attribute, f"« {unit.name} » cite « {name} », qui n’existe pas.", row=row
                )
            if not 0 <= rate < math.inf:
                raise InvalidProblem(
                    attribute, f"« {unit.name} » : le débit de « {name} » est un nombre, 0 ou plus.", row=row
                )
