"""The slow twin of the synthesis: every subset of the units, the axioms one by one, a linear program by SciPy."""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from maillage_engine.methods.cooperate.network import ProcessNetwork

MANY_UNITS = 16


@dataclass(frozen=True, slots=True)
class SlowStructure:
    """``units``: rows, in order; ``sizes``: one for each of them."""

    units: tuple[int, ...]
    sizes: tuple[float, ...]
    cost: float


def slow_synthesis(network: ProcessNetwork) -> list[SlowStructure]:
    """Return every feasible structure, cheapest first, then in the order of its units.

    Raises ``ValueError`` above 16 units: there are 2 to that power.
    """
    count = len(network.units)
    if count > MANY_UNITS:
        raise ValueError(f"{count} units: too many subsets")
    found = []
    for code in range(1, 2**count):
        units = tuple(unit for unit in range(count) if code >> unit & 1)
        if slow_axioms(network, units):
            best = slow_flows(network, units)
            if best is not None:
                found.append(best)
    return sorted(found, key=lambda one: (one.cost, one.units))


def slow_axioms(network: ProcessNetwork, units: Collection[int]) -> bool:
    """Whether a set of units holds the axioms, read from the names of the network and nothing else."""
    chosen = [network.units[row] for row in units]
    kinds = {one.name: one.kind for one in network.materials}
    given = {name for unit in chosen for name, _ in unit.outputs}
    taken = {name for unit in chosen for name, _ in unit.inputs}
    names = {unit.name for unit in chosen}
    if any(kind == "product" and name not in given for name, kind in kinds.items()):
        return False
    if any((name in given) == (kinds[name] == "raw") for name in given | taken):
        return False
    if any(len(names & set(group)) > 1 for group in network.exclusive):
        return False
    useful = {name for name, kind in kinds.items() if kind == "product"}
    for _ in chosen:
        useful |= {
            name
            for unit in chosen
            if useful & {given for given, _ in unit.outputs}
            for name, _ in unit.inputs
        }
    return all(useful & {name for name, _ in unit.outputs} for unit in chosen)


def slow_flows(network: ProcessNetwork, units: Collection[int]) -> SlowStructure | None:
    """Return the cheapest flows of a structure, or None when its bounds cannot hold."""
    chosen = [network.units[row] for row in units]
    seen = {name for unit in chosen for name, _ in (*unit.inputs, *unit.outputs)}
    costs = np.zeros(len(chosen))
    rows, most = [], []
    for material in network.materials:
        if material.name not in seen:
            continue
        line = np.array([_rate(unit.outputs, material.name) for unit in chosen])
        line -= np.array([_rate(unit.inputs, material.name) for unit in chosen])
        costs -= material.price * line
        if material.kind == "raw":
            line = -line
        rows.append(-line)
        most.append(-material.lower)
        if math.isfinite(material.upper):
            rows.append(line)
            most.append(material.upper)
    costs += np.array([unit.proportional_cost for unit in chosen])
    found = linprog(
        costs, A_ub=np.array(rows), b_ub=np.array(most), bounds=[(unit.lower, unit.upper) for unit in chosen]
    )
    if found.status != 0:
        return None
    cost = float(found.fun) + sum(unit.fixed_cost for unit in chosen)
    return SlowStructure(tuple(units), tuple(found.x.tolist()), cost)


def _rate(sides: tuple[tuple[str, float], ...], name: str) -> float:
    return sum((rate for one, rate in sides if one == name), 0.0)
