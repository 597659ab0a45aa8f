"""The slow twin of sharing out: successive augmenting paths found by Bellman-Ford, one quantity at a time.

Exact for plain quantities (``fractions``), obviously right, for small problems. With lots or indivisible offers,
every choice of the deliveries that take place is tried.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.methods.allocate.fairness import Group, groups_of
from maillage_engine.methods.allocate.problem import AllocationProblem

NEAR = 1e-7
Worth = tuple[Fraction, Fraction]
"""Value, and minus transport: compared in that order."""


def slow_allocate(problem: AllocationProblem) -> tuple[float, float]:
    """Return the largest value of a sharing without lots, and the least transport of that value."""
    value, less = _best(problem, [set(range(problem.edges)) for _ in problem.slots])
    return float(value), float(-less)


def slow_allocate_with_lots(problem: AllocationProblem) -> float:
    """Return the largest value of a sharing with lots and indivisible offers, every choice tried."""
    from maillage_engine.solvers.highs import LinearProgram, solve_linear  # noqa: PLC0415  (heavy)

    slots = range(len(problem.slots))
    best = 0.0
    lines = [(edge, slot) for edge in range(problem.edges) for slot in slots if problem.gain[edge] > 0]
    for chosen in product((False, True), repeat=len(lines)):
        taken = [line for line, yes in zip(lines, chosen, strict=True) if yes]
        if not taken or not _one_need_each(problem, taken):
            continue
        nodes: dict[tuple[str, int, int], float] = {}
        rows, columns = [], []
        for at, (edge, slot) in enumerate(taken):
            need, offer = int(problem.edge_need[edge]), int(problem.edge_offer[edge])
            for name in (("need", need, slot), ("offer", offer, slot)):
                side = problem.need_quantity if name[0] == "need" else problem.offer_quantity
                nodes.setdefault(name, float(side[name[1], slot]))
                rows.append(list(nodes).index(name))
                columns.append(at)
        program = LinearProgram(
            cost=np.array([problem.gain[edge] for edge, _ in taken]),
            lower=np.array([problem.lot[edge] for edge, _ in taken]),
            upper=np.full(len(taken), np.inf),
            row_lower=np.full(len(nodes), -np.inf),
            row_upper=np.array(list(nodes.values())),
            rows=np.array(rows),
            columns=np.array(columns),
            values=np.ones(len(rows)),
            maximise=True,
        )
        found = solve_linear(program)
        if found.objective is not None:
            best = max(best, found.objective)
    return best


def _one_need_each(problem: AllocationProblem, lines: list[tuple[int, int]]) -> bool:
    served: dict[int, int] = {}
    return all(
        served.setdefault(int(problem.edge_offer[edge]), int(problem.edge_need[edge]))
        == int(problem.edge_need[edge])
        for edge, _ in lines
        if problem.indivisible[problem.edge_offer[edge]]
    )


def _best(problem: AllocationProblem, kept: list[set[int]]) -> Worth:
    total = (Fraction(0), Fraction(0))
    for slot in range(len(problem.slots)):
        worth = _one_slot(problem, slot, kept[slot])
        total = (total[0] + worth[0], total[1] + worth[1])
    return total


def _one_slot(problem: AllocationProblem, slot: int, kept: set[int]) -> Worth:
    want = [Fraction(value) for value in problem.need_quantity[:, slot].tolist()]
    have = [Fraction(value) for value in problem.offer_quantity[:, slot].tolist()]
    flow = {edge: Fraction(0) for edge in kept if problem.gain[edge] > 0}
    total = (Fraction(0), Fraction(0))
    while True:
        found = _best_path(problem, flow, want, have)
        if found is None:
            return total
        worth, path, need, offer = found
        amount = min([want[need], have[offer], *(flow[edge] for edge, forward in path if not forward)])
        for edge, forward in path:
            flow[edge] += amount if forward else -amount
        want[need] -= amount
        have[offer] -= amount
        total = (total[0] + amount * worth[0], total[1] + amount * worth[1])


Path = list[tuple[int, bool]]


def _best_path(
    problem: AllocationProblem, flow: dict[int, Fraction], want: list[Fraction], have: list[Fraction]
) -> tuple[Worth, Path, int, int] | None:
    """The path from a need that wants to an offer that has, of the largest worth above nothing."""
    zero = (Fraction(0), Fraction(0))
    worth: dict[tuple[str, int], Worth] = {("need", row): zero for row, left in enumerate(want) if left > 0}
    path: dict[tuple[str, int], tuple[Path, int]] = {node: ([], node[1]) for node in worth}
    changed = True
    while changed:
        changed = False
        for edge, forward, tail, head in _arcs(problem, flow):
            if tail not in worth:
                continue
            sign = 1 if forward else -1
            gain = Fraction(float(problem.gain[edge])), -Fraction(float(problem.transport[edge]))
            new = (worth[tail][0] + sign * gain[0], worth[tail][1] + sign * gain[1])
            if head not in worth or new > worth[head]:
                worth[head] = new
                path[head] = ([*path[tail][0], (edge, forward)], path[tail][1])
                changed = True
    ends = [
        (worth["offer", row], row) for row, left in enumerate(have) if left > 0 and ("offer", row) in worth
    ]
    best = max(ends, default=None)
    if best is None or best[0] <= zero:
        return None
    row = best[1]
    steps, need = path["offer", row]
    return best[0], steps, need, row


def _arcs(
    problem: AllocationProblem, flow: dict[int, Fraction]
) -> Iterator[tuple[int, bool, tuple[str, int], tuple[str, int]]]:
    for edge, amount in flow.items():
        need, offer = ("need", int(problem.edge_need[edge])), ("offer", int(problem.edge_offer[edge]))
        yield edge, True, need, offer
        if amount > 0:
            yield edge, False, offer, need


def slow_fair_levels(problem: AllocationProblem, by: Group) -> dict[str, float]:
    """Return the fair share of each group: raise all that can be raised, try each alone, keep those that cannot.

    By SciPy's linear programs; without lots or indivisible offers.
    """
    names, group, totals = groups_of(problem, by)
    fixed: dict[int, float] = {}
    while len(fixed) < len(names):
        free = [at for at in range(len(names)) if at not in fixed]
        level = _most(problem, group, totals, fixed, dict.fromkeys(free, 1.0), free)
        for at in free:
            floors = fixed | {other: level for other in free if other != at}
            if _most(problem, group, totals, floors, {at: 1.0}, [at]) <= level + NEAR:
                fixed[at] = level
    return {name: fixed[at] for at, name in enumerate(names)}


def _most(
    problem: AllocationProblem,
    group: Int64s,
    totals: Floats,
    floors: dict[int, float],
    rise: dict[int, float],
    free: list[int],
) -> float:
    """The largest t such that every group of ``free`` has a share of t, and the others their floor."""
    from scipy.optimize import linprog  # noqa: PLC0415  (heavy)

    slots = len(problem.slots)
    lines = [(edge, slot) for edge in range(problem.edges) for slot in range(slots) if problem.gain[edge] > 0]
    rows, most = [], []
    for ends, quantity in (
        (problem.edge_need, problem.need_quantity),
        (problem.edge_offer, problem.offer_quantity),
    ):
        for row in range(len(quantity)):
            for slot in range(slots):
                rows.append([float(ends[edge] == row and at == slot) for edge, at in lines] + [0.0])
                most.append(quantity[row, slot])
    for at, total in enumerate(totals.tolist()):
        of_group = [-float(group[problem.edge_need[edge]] == at) for edge, _ in lines]
        if at in free:
            rows.append([*of_group, total * rise[at]])
            most.append(0.0)
        elif at in floors:
            rows.append([*of_group, 0.0])
            most.append(-(floors[at] - NEAR) * total)
    cost = [0.0] * len(lines) + [-1.0]
    found = linprog(cost, A_ub=rows, b_ub=most, bounds=[(0, None)] * len(lines) + [(0, 1)])
    return float(-found.fun)
