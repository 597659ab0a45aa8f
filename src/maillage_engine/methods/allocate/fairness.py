"""Fair sharing: the least served group first, then the next, and so on; then the largest value.

The share of a group (a commune, a family of resources) is what its needs receive over what they ask. Shares are
made as large as can be in lexicographic order from the smallest: D. Nace and M. Pióro, "Max-min fairness and its
applications to routing and load-balancing in communication networks", IEEE Communications Surveys 10 (2008).
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from maillage_engine.arrays import Floats, Int64s, frozen
from maillage_engine.methods.allocate.lots import column_quantities, left, solve_sharing
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.program import Sharing, sharing_program
from maillage_engine.methods.allocate.result import AllocationResult, GroupLevel, Prices
from maillage_engine.solvers.highs import solve_linear
from maillage_engine.stop import Watch
from maillage_engine.version import ENGINE_VERSION

Group = Literal["commune", "family"]
GROUPS: Sequence[str] = ("commune", "family")
SLACK = 1e-7
"""How much a share that is reached may lose afterwards: floats do not hold an equality."""


def group_labels(problem: AllocationProblem, by: str) -> tuple[str, ...]:
    """Return the group of each need: quantities of two units do not add up, so each unit has its own groups."""
    labels = problem.need_commune if by == "commune" else problem.need_family
    if len(set(problem.need_unit)) < 2:
        return labels
    return tuple(f"{one} ({unit or 'nombre'})" for one, unit in zip(labels, problem.need_unit, strict=True))


def groups_of(problem: AllocationProblem, by: Group) -> tuple[tuple[str, ...], Int64s, Floats]:
    """Return the groups that ask for something, the group of each need (n,), -1 when it asks nothing, their totals."""
    labels = group_labels(problem, by)
    asked = problem.need_quantity.sum(axis=1)
    names = sorted({label for label, amount in zip(labels, asked.tolist(), strict=True) if amount > 0})
    number = {name: at for at, name in enumerate(names)}
    group = np.array(
        [number[label] if amount > 0 else -1 for label, amount in zip(labels, asked.tolist(), strict=True)],
        dtype=np.int64,
    )
    totals = np.bincount(group[group >= 0], weights=asked[group >= 0], minlength=len(names))
    return tuple(names), group, totals.astype(np.float64)


def share_fairly(problem: AllocationProblem, by: Group, watch: Watch, seed: int) -> AllocationResult:
    """Return the fair sharing of the largest value; ``feasible`` when a limit was reached before its proof."""
    names, group, totals = groups_of(problem, by)
    sharing = sharing_program(problem, np.ones(problem.edges, dtype=np.bool_))
    floors, proved = _floors(sharing, group[problem.edge_need[sharing.edge]], totals, watch, seed)
    fair = _with_floors(sharing, group[problem.edge_need[sharing.edge]], totals, floors)
    found, best = solve_sharing(fair, left(watch), seed)
    quantity = column_quantities(sharing, found)
    used = np.flatnonzero(quantity > 0)
    edge, amount = sharing.edge[used], quantity[used]
    value = float(problem.gain[edge] @ amount)
    received = np.bincount(group[problem.edge_need[edge]], weights=amount, minlength=len(names))
    empty = np.full(problem.need_quantity.shape, np.nan), np.full(problem.offer_quantity.shape, np.nan)
    bound = (
        found.bound
        if found.bound is not None
        else float(np.minimum(problem.gain.max(initial=0.0), np.inf) * problem.need_quantity.sum())
    )
    return AllocationResult(
        status="optimal" if proved and best else "feasible",
        way="fair",
        seed=seed,
        value=value,
        transport=float(problem.transport[edge] @ amount),
        bound=max(value, bound) if best else bound,
        edge=frozen(edge),
        slot=frozen(sharing.slot[used].astype(np.int32)),
        quantity=frozen(amount),
        prices=Prices(frozen(empty[0]), frozen(empty[1])),
        transport_prices=None,
        components=1,
        iterations=found.iterations,
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
        levels=tuple(
            GroupLevel(name, float(got / total))
            for name, got, total in zip(names, received.tolist(), totals.tolist(), strict=True)
        ),
        by_group=by,
    )


def _floors(sharing: Sharing, group: Int64s, totals: Floats, watch: Watch, seed: int) -> tuple[Floats, bool]:
    """Return the share that each group is sure to have, and whether the last one was reached."""
    count = len(totals)
    floors, fixed = np.zeros(count), np.zeros(count, dtype=np.bool_)
    while not fixed.all():
        if watch.over(iterations=1):
            return floors, False
        level, stuck = _raise_the_least(sharing, group, totals, floors, fixed, watch, seed)
        if stuck is None:
            return floors, False
        floors[~fixed] = np.maximum(floors[~fixed], level)
        fixed[stuck] = True
    return floors, True


def _raise_the_least(
    sharing: Sharing,
    group: Int64s,
    totals: Floats,
    floors: Floats,
    fixed: np.ndarray[tuple[int], np.dtype[np.bool_]],
    watch: Watch,
    seed: int,
) -> tuple[float, Int64s | None]:
    """Return the largest share that every group not ``fixed`` can have, and those that can have no more."""
    model = sharing
    first = len(sharing.program.row_lower)
    for at, total in enumerate(totals.tolist()):
        columns = np.flatnonzero(group == at)
        least = (max(0.0, floors[at] - SLACK) if fixed[at] else 0.0) * total
        model = model.with_row(columns, np.ones(len(columns)), least)
    free = np.flatnonzero(~fixed)
    model = model.with_column(first + free, -totals[free])
    cost = np.zeros(len(model.program.cost))
    cost[-1] = 1.0
    best = solve_linear(model.seeking(cost, maximise=True).program, left(watch), seed)
    if best.status != "optimal" or best.values is None:
        return 0.0, None
    level = float(best.values[-1])
    if best.row_duals is not None:
        stuck = free[np.abs(best.row_duals[first + free]) > SLACK]
        if level < 1.0 - SLACK and len(stuck):
            return level, stuck
        return level, free
    if level >= 1.0 - SLACK:
        return level, free
    return level, _unable(sharing, group, totals, floors, fixed, level, watch, seed)


def _unable(
    sharing: Sharing,
    group: Int64s,
    totals: Floats,
    floors: Floats,
    fixed: np.ndarray[tuple[int], np.dtype[np.bool_]],
    level: float,
    watch: Watch,
    seed: int,
) -> Int64s | None:
    """With whole columns there are no duals: try each group that is not fixed, the others staying at ``level``."""
    found = []
    reached = np.where(fixed, floors, level)
    for at in np.flatnonzero(~fixed).tolist():
        model = _with_floors(sharing, group, totals, reached)
        best = solve_linear(
            model.seeking((group == at).astype(np.float64), maximise=True).program, left(watch), seed
        )
        if best.objective is None or best.status != "optimal":
            return None
        if best.objective <= (level + 2 * SLACK) * totals[at]:
            found.append(at)
    # rounding may leave none: then all of them stay where they are
    return np.array(found, dtype=np.int64) if found else np.flatnonzero(~fixed)


def _with_floors(sharing: Sharing, group: Int64s, totals: Floats, floors: Floats) -> Sharing:
    for at, floor in enumerate(floors.tolist()):
        columns = np.flatnonzero(group == at)
        sharing = sharing.with_row(columns, np.ones(len(columns)), max(0.0, floor - SLACK) * totals[at])
    return sharing
