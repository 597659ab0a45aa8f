"""A mixed-integer linear program written row by row, then solved to proof; bundles and chains are both one.

HiGHS does the work; what comes back has its whole numbers rounded and its amounts solved again with
them fixed, so that no tolerance of the branching stays in a result.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from maillage_engine.arrays import Bools, Floats
from maillage_engine.solvers.highs import LinearProgram, solve_linear
from maillage_engine.stop import Stop, Watch

Outcome = Literal["optimal", "feasible", "infeasible", "stopped"]
LEAST_SECONDS = 1e-3
_WHOLE = 1e-5


@dataclass(frozen=True, eq=False)
class Solved:
    """``values`` (n,) of the columns, empty without a solution; ``objective`` and the proved ``bound`` below it."""

    outcome: Outcome
    values: Floats
    objective: float
    bound: float


@dataclass(eq=False)
class Program:
    """Columns with bounds, rows between two bounds; the costs are given at each solve."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    _at_row: list[int] = field(default_factory=list)
    _at_column: list[int] = field(default_factory=list)
    _values: list[float] = field(default_factory=list)

    def column(self, *, upper: float, lower: float = 0.0, whole: bool = False) -> int:
        """Add a column and return its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def row(self, terms: Iterable[tuple[int, float]], *, least: float = -np.inf, most: float = np.inf) -> int:
        """Add ``least ≤ Σ value × column ≤ most`` and return its number."""
        number = len(self.row_lower)
        for column, value in terms:
            self._at_row.append(number)
            self._at_column.append(column)
            self._values.append(value)
        self.row_lower.append(least)
        self.row_upper.append(most)
        return number

    def drop_after(self, rows: int) -> None:
        """Forget the rows from number ``rows`` on."""
        keep = next((at for at, row in enumerate(self._at_row) if row >= rows), len(self._at_row))
        for kept in (self._at_row, self._at_column, self._values):
            del kept[keep:]
        del self.row_lower[rows:], self.row_upper[rows:]

    def solve(self, costs: Floats, watch: Watch) -> Solved:
        """Minimise Σ cost × column; counts one iteration of ``watch``, whose limit may stop it."""
        if watch.over():
            return Solved("stopped", np.zeros(0), np.inf, -np.inf)
        watch.iterations += 1
        whole = np.array(self.whole, dtype=np.bool_)
        if not self.upper:
            possible = all(low <= 0 <= high for low, high in zip(self.row_lower, self.row_upper, strict=True))
            return Solved("optimal" if possible else "infeasible", np.zeros(0), 0.0, 0.0)
        first = self._run(costs, np.array(self.lower), np.array(self.upper), whole, watch.left(), watch)
        if first.outcome in {"infeasible", "stopped"} or not whole.any():
            return first
        fixed = np.rint(first.values)
        lower, upper = np.array(self.lower), np.array(self.upper)
        lower[whole] = upper[whole] = fixed[whole]
        again = self._run(costs, lower, upper, np.zeros_like(whole), None, watch)
        if again.outcome != "optimal":
            return first
        return Solved(first.outcome, again.values, again.objective, min(first.bound, again.objective))

    def relaxed(self, costs: Floats) -> tuple[float, Floats]:
        """Return the best cost when nothing must be whole (inf: none), and what a column at 1 adds to it."""
        program = self._program(costs, np.array(self.lower), np.array(self.upper), None)
        found = solve_linear(program)
        if found.objective is None or found.reduced_costs is None:
            return np.inf, np.zeros(len(costs))
        return found.objective, np.maximum(found.reduced_costs, 0.0)

    def _run(
        self, costs: Floats, lower: Floats, upper: Floats, whole: Bools, seconds: float | None, watch: Watch
    ) -> Solved:
        program = self._program(costs, lower, upper, whole)
        limit = None if seconds is None else max(seconds, LEAST_SECONDS)
        found = solve_linear(program, Stop(seconds=limit, cancelled=watch.stop.cancelled))
        if found.status == "infeasible":
            return Solved("infeasible", np.zeros(0), np.inf, np.inf)
        if found.values is None or found.objective is None:
            return Solved("stopped", np.zeros(0), np.inf, -np.inf)
        outcome: Outcome = "optimal" if found.status == "optimal" else "feasible"
        bound = -np.inf if found.bound is None else min(found.bound, found.objective)
        return Solved(outcome, found.values, found.objective, bound)

    def _program(self, costs: Floats, lower: Floats, upper: Floats, whole: Bools | None) -> LinearProgram:
        return LinearProgram(
            cost=costs,
            lower=lower,
            upper=upper,
            row_lower=np.array(self.row_lower),
            row_upper=np.array(self.row_upper),
            rows=np.array(self._at_row, dtype=np.int64),
            columns=np.array(self._at_column, dtype=np.int64),
            values=np.array(self._values, dtype=np.float64),
            integral=whole,
        )


def chosen(values: Floats, columns: Iterable[int]) -> list[int]:
    """Return the places in ``columns`` whose value is 1."""
    return [at for at, column in enumerate(columns) if values[column] > 1 - _WHOLE]
