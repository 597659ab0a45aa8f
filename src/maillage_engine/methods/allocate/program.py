"""The problem as a linear program, whole where lots or indivisible offers require it; for HiGHS."""

from dataclasses import dataclass, replace

import numpy as np

from maillage_engine.arrays import Bools, Floats, Int64s
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.solvers.highs import LinearProgram


@dataclass(frozen=True, eq=False)
class Sharing:
    """A linear program whose first k columns are quantities: ``edge`` int64 (k,) in ``slot`` int64 (k,)."""

    program: LinearProgram
    edge: Int64s
    slot: Int64s
    gain: Floats
    transport: Floats

    def with_row(self, columns: Int64s, values: Floats, low: float, high: float = np.inf) -> "Sharing":
        """Return the same with one row more: low ≤ Σ values·x[columns] ≤ high."""
        old, at = self.program, len(self.program.row_lower)
        program = replace(
            old,
            rows=np.concatenate([old.rows, np.full(len(columns), at)]),
            columns=np.concatenate([old.columns, columns]),
            values=np.concatenate([old.values, values]),
            row_lower=np.append(old.row_lower, low),
            row_upper=np.append(old.row_upper, high),
        )
        return replace(self, program=program)

    def with_column(self, rows: Int64s, values: Floats) -> "Sharing":
        """Return the same with one free column more, from 0 to 1, at ``values`` in ``rows``."""
        old, at = self.program, len(self.program.cost)
        program = replace(
            old,
            cost=np.append(old.cost, 0.0),
            lower=np.append(old.lower, 0.0),
            upper=np.append(old.upper, 1.0),
            rows=np.concatenate([old.rows, rows]),
            columns=np.concatenate([old.columns, np.full(len(rows), at)]),
            values=np.concatenate([old.values, values]),
            integral=None if old.integral is None else np.append(old.integral, False),
        )
        return replace(self, program=program)

    def seeking(self, cost: Floats, *, maximise: bool) -> "Sharing":
        """Return the same with another objective, (k,) or one number a column."""
        padded = np.zeros(len(self.program.cost))
        padded[: len(cost)] = cost
        return replace(self, program=replace(self.program, cost=padded, maximise=maximise))


def sharing_program(problem: AllocationProblem, kept: Bools) -> Sharing:
    """Return the program of the edges ``kept`` (e,): the largest value under quantities, lots, one need an offer."""
    edge, slot, most = _columns(problem, kept)
    lot = problem.lot[edge]
    single = problem.indivisible[problem.edge_offer[edge]]
    count, slots = len(edge), len(problem.slots)
    rows = _Rows(count)
    rows.at_most(problem.edge_need[edge] * slots + slot, np.ones(count), problem.need_quantity.ravel())
    rows.at_most(problem.edge_offer[edge] * slots + slot, np.ones(count), problem.offer_quantity.ravel())
    lots = np.flatnonzero(lot > 0)
    chosen = count + np.arange(len(lots))
    rows.between(lots, chosen, lot[lots], most[lots])
    of_single = np.flatnonzero(single)
    pairs, pair_at = np.unique(edge[of_single], return_inverse=True)
    taken = count + len(lots) + np.arange(len(pairs))
    rows.between(of_single, taken[pair_at], np.zeros(len(of_single)), most[of_single])
    rows.one_each(problem.edge_offer[pairs].astype(np.int64), taken)
    total = count + len(lots) + len(pairs)
    whole = np.zeros(total, dtype=np.bool_)
    whole[count:] = True
    gain = problem.gain[edge]
    program = LinearProgram(
        cost=np.concatenate([gain, np.zeros(total - count)]),
        lower=np.zeros(total),
        upper=np.concatenate([most, np.ones(total - count)]),
        row_lower=np.concatenate(rows.low),
        row_upper=np.concatenate(rows.high),
        rows=np.concatenate(rows.rows).astype(np.int64),
        columns=np.concatenate(rows.columns).astype(np.int64),
        values=np.concatenate(rows.values),
        integral=whole if whole.any() else None,
        maximise=True,
    )
    return Sharing(program, edge, slot, gain, problem.transport[edge])


def _columns(problem: AllocationProblem, kept: Bools) -> tuple[Int64s, Int64s, Floats]:
    edges = np.flatnonzero(kept & (problem.gain > 0))
    slots = len(problem.slots)
    edge, slot = np.repeat(edges, slots), np.tile(np.arange(slots), len(edges))
    most = np.minimum(
        problem.need_quantity[problem.edge_need[edge], slot],
        problem.offer_quantity[problem.edge_offer[edge], slot],
    )
    useful = (most > 0) & (most >= problem.lot[edge])
    return edge[useful], slot[useful], most[useful]


class _Rows:
    """The rows of a program as they come."""

    def __init__(self, count: int) -> None:
        self.count = 0
        self.all = np.arange(count)
        empty = np.zeros(0)
        self.rows: list[Int64s] = []
        self.columns: list[Int64s] = []
        self.values: list[Floats] = [empty]
        self.low: list[Floats] = [empty]
        self.high: list[Floats] = [empty]

    def at_most(self, node: Int64s, values: Floats, most: Floats) -> None:
        """One row a node that has columns: Σ ≤ ``most`` of the node."""
        used, at = np.unique(node, return_inverse=True)
        self._add(at, self.all, values)
        self._close(np.full(len(used), -np.inf), most[used])

    def between(self, columns: Int64s, whole: Int64s, least: Floats, most: Floats) -> None:
        """Column x lies between ``least`` and ``most`` when its whole column y is 1, else it is 0."""
        count = len(columns)
        for factor, low, high in ((-most, -np.inf, 0.0), (-least, 0.0, np.inf)):
            self._add(np.arange(count), columns, np.ones(count))
            self._add(np.arange(count), whole, factor)
            self._close(np.full(count, low), np.full(count, high))

    def one_each(self, owner: Int64s, columns: Int64s) -> None:
        """At most one of the whole columns of each owner."""
        used, at = np.unique(owner, return_inverse=True)
        self._add(at, columns, np.ones(len(columns)))
        self._close(np.full(len(used), -np.inf), np.ones(len(used)))

    def _add(self, rows: Int64s, columns: Int64s, values: Floats) -> None:
        self.rows.append(rows + self.count)
        self.columns.append(columns)
        self.values.append(values)

    def _close(self, low: Floats, high: Floats) -> None:
        self.count += len(low)
        self.low.append(low)
        self.high.append(high)
