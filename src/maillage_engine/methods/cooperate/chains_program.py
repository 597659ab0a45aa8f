"""A mixed-integer linear program written row by row, then solved to proof; bundles and chains are both one.

HiGHS does the work, through SciPy; what comes back has its whole numbers rounded and its amounts solved again with
them fixed, so that no tolerance of the branching stays in a result.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import EngineError
from maillage_engine.stop import Watch

Outcome = Literal["optimal", "feasible", "infeasible", "stopped"]
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
        whole = np.array(self.whole, dtype=np.float64)
        if not self.upper:
            possible = all(low <= 0 <= high for low, high in zip(self.row_lower, self.row_upper, strict=True))
            return Solved("optimal" if possible else "infeasible", np.zeros(0), 0.0, 0.0)
        first = self._run(costs, np.array(self.lower), np.array(self.upper), whole, watch.left())
        if first.outcome in {"infeasible", "stopped"} or not whole.any():
            return first
        chosen = whole > 0
        fixed = np.where(chosen, np.rint(first.values), first.values)
        lower, upper = np.array(self.lower), np.array(self.upper)
        lower[chosen] = upper[chosen] = fixed[chosen]
        again = self._run(costs, lower, upper, np.zeros(len(whole)), None)
        if again.outcome != "optimal":
            return first
        return Solved(first.outcome, again.values, again.objective, min(first.bound, again.objective))

    def _run(
        self, costs: Floats, lower: Floats, upper: Floats, whole: Floats, seconds: float | None
    ) -> Solved:
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  (heavy: at the first use)
        from scipy.sparse import csr_array  # noqa: PLC0415

        shape = (len(self.row_lower), len(self.lower))
        table = csr_array((self._values, (self._at_row, self._at_column)), shape=shape)
        rows = [LinearConstraint(table, self.row_lower, self.row_upper)] if shape[0] else []
        options = {"mip_rel_gap": 0.0, **({} if seconds is None else {"time_limit": max(seconds, 1e-3)})}
        found = milp(costs, integrality=whole, bounds=Bounds(lower, upper), constraints=rows, options=options)
        if found.x is not None:
            bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
            values = np.asarray(found.x, dtype=np.float64)
            outcome: Outcome = "optimal" if found.status == 0 else "feasible"
            return Solved(outcome, values, float(found.fun), float(min(bound, found.fun)))
        if found.status == 2:
            return Solved("infeasible", np.zeros(0), np.inf, np.inf)
        if found.status == 1:
            return Solved("stopped", np.zeros(0), np.inf, -np.inf)
        raise EngineError("Le solveur n’a pas pu conclure ; vérifiez les quantités et les coûts.")


def chosen(values: Floats, columns: Iterable[int]) -> list[int]:
    """Return the places in ``columns`` whose value is 1."""
    return [at for at, column in enumerate(columns) if values[column] > 1 - _WHOLE]
