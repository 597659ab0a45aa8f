"""The rows of the models: balances, sizes, axioms, exclusions, over the units that may serve.

Column i is the size of ``units[i]``, column n + i whether it is there. The axioms are rows, so that the relaxation
knows them: each product has a maker, each taken intermediate has a maker, each unit's outputs are wanted by a product
or by another unit. What rows cannot say once for all (S4 around a loop) is added when an answer breaks it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.methods.cooperate.bounds import tightened
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.solvers.highs_structures import Line, StructureFlows


@dataclass(frozen=True, eq=False)
class Formulation:
    """``units``: rows of the network, those of its maximal structure; everything else is in their order."""

    network: ProcessNetwork
    units: tuple[int, ...]

    @cached_property
    def at(self) -> dict[int, int]:
        """Column of each unit."""
        return {unit: column for column, unit in enumerate(self.units)}

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Rows of the materials that the units take or give."""
        seen = {row for unit in self.units for row in self.network.taken[unit] | self.network.given[unit]}
        return tuple(sorted(seen))

    @cached_property
    def costs(self) -> Floats:
        """(n,) cost of one more unit of size."""
        return self.network.unit_costs[list(self.units)]

    @cached_property
    def fixed(self) -> Floats:
        """(n,) fixed costs."""
        return np.array([self.network.units[unit].fixed_cost for unit in self.units])

    @cached_property
    def upper(self) -> Floats:
        """(n,) largest sizes, tightened by the flows."""
        return tightened(self.network, self.units)

    def lines(self) -> list[Line]:
        """Return every row of the model that chooses the structure."""
        return [*self._balances(), *self._sizes(), *self._axioms(), *self._exclusions()]

    @cached_property
    def own_upper(self) -> Floats:
        """(n,) largest sizes, as the units say them."""
        return np.array([self.network.units[unit].upper for unit in self.units])

    def structural(self) -> list[Line]:
        """Return the rows that speak of which units are there, and of nothing else."""
        return [*self._axioms(), *self._exclusions()]

    def relaxed_balances(self) -> list[Line]:
        """Return the balance of each of ``rows`` with what is asked left out: only what is given can be taken."""
        return [
            (low if self.network.materials[row].kind == "raw" else 0.0, np.inf, columns, rates)
            for row in self.rows
            for low, _, columns, rates in [self._balance(row)]
        ]

    def reach(self, lost: Collection[int]) -> Iterator[Line]:
        """Yield the rows that forbid ``lost`` (rows of the network): units from which nothing leads to a product.

        One of them can be there only if a unit outside takes what they give.
        """
        inside = frozenset(lost)
        after = {
            taker for unit in inside for row in self.network.given[unit] for taker in self.network.takers[row]
        }
        wanted = self._there(after - inside)
        for unit in sorted(inside):
            yield _implies(self._there([unit])[0], wanted)

    def flows(self) -> StructureFlows:
        """Return the linear model of the sizes of one structure: a row for each material, in the order of ``rows``."""
        lines = [self._balance(row) for row in self.rows]
        lower = np.array([self.network.units[unit].lower for unit in self.units])
        return StructureFlows(costs=self.costs, lower=lower, upper=self.own_upper, lines=lines)

    def limits(self, units: Collection[int]) -> tuple[list[float], list[float]]:
        """Return the lowest and the highest balance of each of ``rows`` in the structure of these units."""
        seen = {row for unit in units for row in self.network.taken[unit] | self.network.given[unit]}
        lowest, highest = [], []
        for row in self.rows:
            low, high = balance_bounds(self.network, row) if row in seen else (0.0, 0.0)
            lowest.append(low)
            highest.append(high)
        return lowest, highest

    def _balance(self, row: int) -> Line:
        gains = self.network.gains[row, list(self.units)]
        columns = np.flatnonzero(gains)
        low, high = balance_bounds(self.network, row)
        return low, high, columns.tolist(), gains[columns].tolist()

    def _balances(self) -> Iterator[Line]:
        for row in self.rows:
            material = self.network.materials[row]
            low, high, columns, rates = self._balance(row)
            if material.kind == "product":
                yield low, high, columns, rates
                continue
            raw = material.kind == "raw"
            yield (-material.upper, 0.0, columns, rates) if raw else (0.0, material.upper, columns, rates)
            if material.lower > 0:
                sign = -1.0 if raw else 1.0
                users = (self.network.makers[row] | self.network.takers[row]) & self.at.keys()
                for there in self._there(users):
                    signed = [sign * rate for rate in rates]
                    yield 0.0, np.inf, [*columns, there], [*signed, -material.lower]

    def _sizes(self) -> Iterator[Line]:
        count = len(self.units)
        for column, unit in enumerate(self.units):
            pair = [column, count + column]
            yield -np.inf, 0.0, pair, [1.0, -float(self.upper[column])]
            lower = self.network.units[unit].lower
            if lower > 0:
                yield 0.0, np.inf, pair, [1.0, -lower]

    def _axioms(self) -> Iterator[Line]:
        network = self.network
        for row in sorted(network.products):
            makers = self._there(network.makers[row])
            yield 1.0, np.inf, makers, [1.0] * len(makers)
        for unit in self.units:
            there = self._there([unit])[0]
            for row in sorted(network.taken[unit] - network.raw - network.given[unit]):
                yield _implies(there, self._there(network.makers[row]))
            if not network.given[unit] & network.products:
                after = {taker for row in network.given[unit] for taker in network.takers[row]}
                yield _implies(there, self._there(after - {unit}))

    def _exclusions(self) -> Iterator[Line]:
        for group in self.network.groups:
            members = self._there(group)
            if len(members) > 1:
                yield -np.inf, 1.0, members, [1.0] * len(members)

    def _there(self, units: Iterable[int]) -> list[int]:
        return [len(self.units) + self.at[unit] for unit in sorted(units) if unit in self.at]


def balance_bounds(network: ProcessNetwork, row: int) -> tuple[float, float]:
    """Return the lowest and the highest balance (given less taken) of a material that appears in a structure."""
    material = network.materials[row]
    if material.kind == "raw":
        return -material.upper, -material.lower
    return material.lower, material.upper


def _implies(there: int, others: list[int]) -> Line:
    """The row: if ``there`` is 1, one of ``others`` is."""
    return 0.0, np.inf, [there, *others], [-1.0, *([1.0] * len(others))]
