"""The maximal structure: the units that at least one solution structure may hold.

Source: F. Friedler, K. Tarján, Y. W. Huang, L. T. Fan, "Graph-theoretic approach to process synthesis: polynomial
algorithm for maximal structure generation", Computers & Chemical Engineering 17(9), 1993.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from maillage_engine.methods.cooperate.network import ProcessNetwork


@dataclass(frozen=True, slots=True)
class MaximalStructure:
    """``materials`` and ``units`` are rows, in order; both are empty when a product cannot be made."""

    materials: tuple[int, ...]
    units: tuple[int, ...]


def maximal_structure(network: ProcessNetwork) -> MaximalStructure:
    """Return the maximal structure of a network."""
    units = useful_units(network, range(len(network.units)))
    rows = {row for unit in units for row in network.taken[unit] | network.given[unit]}
    return MaximalStructure(tuple(sorted(rows)), tuple(sorted(units)))


def useful_units(network: ProcessNetwork, allowed: Iterable[int]) -> frozenset[int]:
    """Return the units, among ``allowed``, of the maximal structure of these alone; none if a product is missing.

    Reduction: a unit that gives a raw material (S2), or takes what nobody gives, goes. Composition: only the units
    from which a product can be reached stay (S4).
    """
    kept = makeable_units(network, allowed)
    if any(not (network.makers[row] & kept) for row in network.products):
        return frozenset()
    return reaching_units(network, kept)


def makeable_units(network: ProcessNetwork, allowed: Iterable[int]) -> set[int]:
    """Return the units, among ``allowed``, whose inputs are raw or given by another of them, raw ones made by none."""
    raw = network.raw
    kept = {unit for unit in allowed if not network.given[unit] & raw}
    makers = [len(one & kept) for one in network.makers]
    missing = [row for row, count in enumerate(makers) if count == 0 and row not in raw]
    while missing:
        row = missing.pop()
        for unit in network.takers[row] & kept:
            kept.discard(unit)
            for given in network.given[unit]:
                makers[given] -= 1
                if makers[given] == 0:
                    missing.append(given)
    return kept


def reaching_units(network: ProcessNetwork, units: Iterable[int]) -> frozenset[int]:
    """Return the units, among ``units``, from which a path through the others leads to a product."""
    kept = frozenset(units)
    found: set[int] = set()
    rows = sorted(network.products)
    seen = set(rows)
    while rows:
        for unit in network.makers[rows.pop()] & kept:
            if unit in found:
                continue
            found.add(unit)
            new = network.taken[unit] - seen
            seen |= new
            rows.extend(new)
    return frozenset(found)
