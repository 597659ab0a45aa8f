"""Why a network has no solution: which product cannot be made, and what stands in the way.

Looked for in this order: the recipes alone, then the exclusions, then the quantities, product by product, then all
together. The first that explains is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from maillage_engine.methods.cooperate.formulation import Formulation
from maillage_engine.methods.cooperate.maximal_structure import MaximalStructure, makeable_units
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.solvers.highs_quantities import most_of
from maillage_engine.solvers.highs_structures import StructureChooser

ObstacleCode = Literal["no_maker", "missing_input", "makes_raw", "exclusive", "quantity", "together"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``product`` cannot be made because of ``code``; ``names`` are the materials or units in the way.

    ``no_maker``: no unit gives it. ``missing_input``: every way needs ``names``, that nobody gives and that is not
    raw. ``makes_raw``: the units ``names`` also give a raw material (axiom S2). ``exclusive``: the units ``names``
    would have to be together (``product`` empty). ``quantity``: at most ``numbers["most"]`` of ``numbers["asked"]``,
    held back by ``names``. ``together``: each product can be made, not all of them (``product`` empty).
    """

    code: ObstacleCode
    product: str = ""
    names: tuple[str, ...] = ()
    numbers: dict[str, float] = field(default_factory=dict)


def obstacles(network: ProcessNetwork, maximal: MaximalStructure) -> tuple[Obstacle, ...]:
    """Return what stands in the way of an infeasible network; never empty."""
    if not maximal.units:
        return tuple(_recipes(network))
    made = Formulation(network, maximal.units)
    if not _can_be_built(made):
        groups = [group for group in network.groups if len(group & made.at.keys()) > 1]
        names = sorted({network.units[unit].name for group in groups for unit in group & made.at.keys()})
        return (Obstacle("exclusive", names=tuple(names)),)
    short = tuple(_quantities(made))
    return short or (Obstacle("together", names=_products(network)),)


def _products(network: ProcessNetwork) -> tuple[str, ...]:
    return tuple(network.materials[row].name for row in sorted(network.products))


def _recipes(network: ProcessNetwork) -> Iterable[Obstacle]:
    kept = makeable_units(network, range(len(network.units)))
    raw_makers = {unit for unit, given in enumerate(network.given) if given & network.raw}
    for row in sorted(network.products):
        makers = network.makers[row]
        if makers & kept:
            continue
        name = network.materials[row].name
        if not makers:
            yield Obstacle("no_maker", name)
            continue
        missing = _nobody_gives(network, makers - raw_makers, raw_makers)
        if missing:
            yield Obstacle("missing_input", name, tuple(network.materials[one].name for one in missing))
        else:
            guilty = sorted(_upstream(network, makers) & raw_makers)
            yield Obstacle("makes_raw", name, tuple(network.units[unit].name for unit in guilty))


def _upstream(network: ProcessNetwork, units: Iterable[int]) -> set[int]:
    seen, waiting = set(units), list(units)
    while waiting:
        for row in network.taken[waiting.pop()] - network.raw:
            new = network.makers[row] - seen
            seen |= new
            waiting.extend(new)
    return seen


def _nobody_gives(network: ProcessNetwork, units: Iterable[int], barred: set[int]) -> list[int]:
    """Return the intermediates that the units, or those that feed them, take and that no unit may give."""
    around = _upstream(network, units)
    taken = {row for unit in around for row in network.taken[unit]} - network.raw
    return sorted(row for row in taken if not network.makers[row] - barred)


def _can_be_built(made: Formulation) -> bool:
    """Whether some structure holds the axioms and the exclusions, whatever the quantities."""
    chooser = StructureChooser(
        costs=made.costs * 0.0, fixed=made.fixed * 0.0, upper=made.upper * 0.0 + 1.0, lines=made.structural()
    )
    return chooser.cheapest(seconds=None, nodes=None).found != "infeasible"


def _quantities(made: Formulation) -> Iterable[Obstacle]:
    network = made.network
    for row in sorted(network.products):
        asked = network.materials[row].lower
        most, rows, columns = most_of(made.relaxed_balances(), made.own_upper, made.rows.index(row))
        if most < asked * (1 - 1e-9):
            names = [network.materials[made.rows[one]].name for one in rows]
            names += [network.units[made.units[one]].name for one in columns]
            yield Obstacle(
                "quantity", network.materials[row].name, tuple(names), {"most": most, "asked": asked}
            )
