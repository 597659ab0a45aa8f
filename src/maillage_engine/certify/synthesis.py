"""The certificate of a synthesis: axioms, bounds, balances and costs counted again from the network, line by line.

Nothing of the methods' models is used: each structure is judged from the materials and the units themselves. For a
small network every subset is tried (the slow twin), so that the list is proved to be the k cheapest.
"""

import math
from collections.abc import Iterator

from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.structure import Structure
from maillage_engine.methods.cooperate.synthesis import Synthesis
from maillage_engine.reference.synthesis import slow_axioms, slow_synthesis

FEW_UNITS = 7
"""Up to so many units in the maximal structure, all subsets are tried."""


def certify_synthesis(network: ProcessNetwork, result: Synthesis, *, enumerate_to: int = FEW_UNITS) -> Proof:
    """Return the certificate of ``result`` for ``network``.

    ``enumerate_to``: size of the maximal structure up to which every subset is tried.
    """
    checks = [
        Check("problem", result.digest == network.digest(), "le résultat est celui de ce problème"),
        _all("axioms", (_axioms(network, one) for one in result.structures)),
        _all("sizes", (_sizes(network, one) for one in result.structures)),
        _all("balances", (_balances(network, one) for one in result.structures)),
        _all("costs", (_cost(network, one) for one in result.structures)),
        _all("order", _order(result)),
        _all("bound", _bound(result)),
    ]
    if len(result.maximal.units) <= enumerate_to and result.status in {"optimal", "infeasible"}:
        checks.append(_all("enumeration", _enumeration(network, result)))
    objective = recounted(network, result.structures[0]) if result.structures else math.inf
    bound = result.bound if math.isfinite(result.bound) else None
    return Proof(
        checks=tuple(checks),
        objective=objective,
        bound=bound,
        gap=relative_gap(objective, bound) if result.structures else None,
        digest=result.digest,
        engine_version=result.engine_version,
    )


def balances(network: ProcessNetwork, structure: Structure) -> dict[str, float]:
    """Return what each material of a structure comes to, given less taken, counted from the recipes."""
    found: dict[str, float] = {}
    for row, size in zip(structure.units, structure.sizes.tolist(), strict=True):
        unit = network.units[row]
        for name, rate in unit.outputs:
            found[name] = found.get(name, 0.0) + rate * size
        for name, rate in unit.inputs:
            found[name] = found.get(name, 0.0) - rate * size
    return found


def recounted(network: ProcessNetwork, structure: Structure) -> float:
    """Return the cost of a structure from its lines: units, then materials bought less materials sold."""
    prices = {one.name: one.price for one in network.materials}
    total = -sum(prices[name] * amount for name, amount in balances(network, structure).items())
    for row, size in zip(structure.units, structure.sizes.tolist(), strict=True):
        total += network.units[row].fixed_cost + network.units[row].proportional_cost * size
    return total


def _all(name: str, faults: Iterator[str]) -> Check:
    found = [fault for fault in faults if fault]
    return Check(name, not found, " ; ".join(found[:3]) if found else "tenu")


def _axioms(network: ProcessNetwork, one: Structure) -> str:
    return "" if slow_axioms(network, one.units) else f"la solution {one.units} n’en est pas une"


def _sizes(network: ProcessNetwork, one: Structure) -> str:
    for row, size in zip(one.units, one.sizes.tolist(), strict=True):
        unit = network.units[row]
        slack = TOLERANCE * max(1.0, unit.upper if size > unit.upper else unit.lower)
        if not unit.lower - slack <= size <= unit.upper + slack:
            return f"« {unit.name} » : {size} n’est pas entre {unit.lower} et {unit.upper}"
    return ""


def _balances(network: ProcessNetwork, one: Structure) -> str:
    through = max([1.0, *one.sizes.tolist()])
    for name, amount in balances(network, one).items():
        material = network.materials[network.material_rows[name]]
        flow = -amount if material.kind == "raw" else amount
        slack = TOLERANCE * max(1.0, material.lower, through)
        if not material.lower - slack <= flow <= material.upper + slack:
            return f"« {name} » : {flow} n’est pas entre {material.lower} et {material.upper}"
    return ""


def _cost(network: ProcessNetwork, one: Structure) -> str:
    again = recounted(network, one)
    if abs(again - one.cost) <= TOLERANCE * max(1.0, abs(again)):
        return ""
    return f"annoncé {one.cost}, recompté {again}"


def _order(result: Synthesis) -> Iterator[str]:
    pairs = zip(result.structures, result.structures[1:], strict=False)
    for before, after in pairs:
        if after.cost < before.cost - TOLERANCE * max(1.0, abs(before.cost)):
            yield f"{after.cost} vient après {before.cost}"
    if len({one.units for one in result.structures}) != len(result.structures):
        yield "la même solution est là deux fois"
    if len(result.structures) > result.k:
        yield "il y a plus de solutions que demandé"


def _bound(result: Synthesis) -> Iterator[str]:
    if result.status in {"infeasible", "stopped"} and result.structures:
        yield "une solution est là, et le résultat dit qu’il n’y en a pas"
    for one in result.structures[:1]:
        if result.bound > one.cost + TOLERANCE * max(1.0, abs(one.cost)):
            yield f"la borne {result.bound} dépasse le coût {one.cost}"
    if result.status == "optimal":
        worst = result.structures[-1].cost
        slack = TOLERANCE * max(1.0, abs(worst))
        if result.others_bound < worst - slack:
            yield f"une solution moins chère que {worst} a pu être oubliée"
        if len(result.structures) < result.k and math.isfinite(result.others_bound):
            yield "il manque des solutions"


def _enumeration(network: ProcessNetwork, result: Synthesis) -> Iterator[str]:
    few = ProcessNetwork(
        network.materials,
        tuple(network.units[row] for row in result.maximal.units) or network.units[:1],
        tuple(_kept(network, group, result) for group in network.exclusive),
    )
    every = slow_synthesis(few) if result.maximal.units else []
    wanted = [one.cost for one in every[: result.k]]
    got = [one.cost for one in result.structures]
    if len(wanted) != len(got):
        yield f"{len(got)} solutions, il y en a {len(wanted)}"
    for mine, theirs in zip(got, wanted, strict=False):
        if abs(mine - theirs) > TOLERANCE * max(1.0, abs(theirs)):
            yield f"{mine} au lieu de {theirs}"


def _kept(network: ProcessNetwork, group: tuple[str, ...], result: Synthesis) -> tuple[str, ...]:
    names = {network.units[row].name for row in result.maximal.units}
    return tuple(name for name in group if name in names)
