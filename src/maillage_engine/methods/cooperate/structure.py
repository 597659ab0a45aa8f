"""One structure at its cheapest flows."""

from collections.abc import Collection
from dataclasses import dataclass

from maillage_engine.arrays import Floats, frozen
from maillage_engine.methods.cooperate.formulation import Formulation
from maillage_engine.solvers.highs_structures import StructureFlows


@dataclass(frozen=True, eq=False)
class Structure:
    """``units``: rows of the network, in order; ``sizes``: of each of them; ``cost`` of the whole, per period."""

    units: tuple[int, ...]
    sizes: Floats
    cost: float


def structure_of(made: Formulation, flows: StructureFlows, units: Collection[int]) -> Structure | None:
    """Return the structure of these units at its cheapest flows, or None when its bounds cannot hold."""
    rows = tuple(sorted(units))
    columns = [made.at[unit] for unit in rows]
    lowest, highest = made.limits(rows)
    best = flows.of(columns, lowest=lowest, highest=highest)
    if best is None:
        return None
    return Structure(rows, frozen(best.sizes[columns]), best.cost + float(made.fixed[columns].sum()))
