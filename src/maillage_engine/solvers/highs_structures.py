"""HiGHS behind the synthesis: which units are there (0 or 1), then the flows of one structure.

Columns 0 to n-1 are the sizes of the units, n to 2n-1 whether each is there. Rows come from the formulation.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np

from maillage_engine.arrays import Floats

Line = tuple[float, float, Sequence[int], Sequence[float]]
"""A row: lowest, highest, columns, coefficients."""
Found = Literal["optimal", "feasible", "infeasible", "stopped"]
_QUIET = {
    "output_flag": False,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_detect_symmetry": False,
    "mip_allow_restart": False,
}
_SMALLEST_SIZE = 1e-9


@dataclass(frozen=True, slots=True)
class Chosen:
    """``units``: columns that are there; ``bound``: no structure left costs less, proved; ``nodes`` visited."""

    found: Found
    units: tuple[int, ...]
    bound: float
    nodes: int


@dataclass(frozen=True, slots=True)
class Flows:
    """``sizes`` (n,), 0 for the units that are not there; ``cost`` without the fixed costs."""

    sizes: Floats
    cost: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``bound`` of a node; (n,) ``sizes``, how much each unit is ``there``, how much ``dearer`` that makes it."""

    bound: float
    sizes: Floats
    there: Floats
    dearer: Floats


class StructureChooser:
    """The mixed-integer model: the cheapest structure that no row forbids."""

    def __init__(
        self,
        *,
        costs: Floats,
        fixed: Floats,
        upper: Floats,
        lines: Sequence[Line],
        seed: int = 0,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._n = len(costs)
        self._solver = quiet_solver(seed)
        zeros, ones = np.zeros(self._n), np.ones(self._n)
        self._solver.addVars(2 * self._n, np.concatenate([zeros, zeros]), np.concatenate([upper, ones]))
        columns = np.arange(2 * self._n, dtype=np.int32)
        self._solver.changeColsCost(2 * self._n, columns, np.concatenate([costs, fixed]))
        kinds = np.array([highspy.HighsVarType.kInteger] * self._n)
        self._solver.changeColsIntegrality(self._n, columns[self._n :], kinds)
        add_rows(self._solver, lines)
        self.cancelled = False
        if cancelled is not None:
            self._watch(cancelled)

    def add(self, line: Line) -> None:
        """Add a row."""
        add_rows(self._solver, [line])

    def forbid(self, units: Collection[int]) -> None:
        """Leave this exact set of units out of the answers."""
        signs = np.ones(self._n)
        signs[list(units)] = -1.0
        self.add((1.0 - len(units), np.inf, range(self._n, 2 * self._n), signs.tolist()))

    def cheapest(self, *, seconds: float | None, nodes: int | None) -> Chosen:
        """Return the cheapest structure within the limits."""
        # the clock of HiGHS goes on from one run to the next
        limit = np.inf if seconds is None else self._solver.getRunTime() + seconds
        self._solver.setOptionValue("time_limit", limit)
        self._solver.setOptionValue("mip_max_nodes", 2**31 - 1 if nodes is None else nodes)
        self._solver.run()
        status, info = self._solver.getModelStatus(), self._solver.getInfo()
        visited = max(1, int(info.mip_node_count))
        if status == highspy.HighsModelStatus.kInfeasible:
            return Chosen("infeasible", (), np.inf, visited)
        bound = float(info.mip_dual_bound)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Chosen("stopped", (), bound, visited)
        values = np.array(self._solver.getSolution().col_value)[self._n :]
        units = tuple(np.flatnonzero(values > 0.5).tolist())
        found: Found = "optimal" if status == highspy.HighsModelStatus.kOptimal else "feasible"
        return Chosen(found, units, bound, visited)

    def _watch(self, cancelled: Callable[[], bool]) -> None:
        def look(event: Any) -> None:
            if not self.cancelled and cancelled():
                self.cancelled = True
            if self.cancelled:
                event.interrupt()

        self._solver.cbMipInterrupt.subscribe(look)


class StructureRelaxation:
    """The same model where being there goes from 0 to 1, kept warm: from one node to the next only bounds change."""

    def __init__(self, *, costs: Floats, fixed: Floats, upper: Floats, lines: Sequence[Line]) -> None:
        self._n = len(costs)
        self._solver = quiet_solver(0)
        self._solver.setOptionValue("presolve", "off")
        zeros, ones = np.zeros(self._n), np.ones(self._n)
        self._solver.addVars(2 * self._n, np.concatenate([zeros, zeros]), np.concatenate([upper, ones]))
        columns = np.arange(2 * self._n, dtype=np.int32)
        self._solver.changeColsCost(2 * self._n, columns, np.concatenate([costs, fixed]))
        self._there = columns[self._n :]
        add_rows(self._solver, lines)

    def add(self, lines: Sequence[Line]) -> None:
        """Add rows."""
        add_rows(self._solver, lines)

    def of(self, inside: Collection[int], outside: Collection[int]) -> Relaxed | None:
        """Return the relaxation of a node, or None when nothing is possible."""
        lowest, highest = np.zeros(self._n), np.ones(self._n)
        lowest[list(inside)] = 1.0
        highest[list(outside)] = 0.0
        self._solver.changeColsBounds(self._n, self._there, lowest, highest)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status not in {highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible}:
            self._solver.clearSolver()
            self._solver.run()
            status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        found = self._solver.getSolution()
        values, duals = np.array(found.col_value), np.array(found.col_dual)
        bound = float(self._solver.getObjectiveValue())
        return Relaxed(bound, values[: self._n], values[self._n :], duals[self._n :])


class StructureFlows:
    """The linear model of the sizes of one structure, kept warm: from one structure to the next only bounds change."""

    def __init__(self, *, costs: Floats, lower: Floats, upper: Floats, lines: Sequence[Line]) -> None:
        self._n = len(costs)
        self._lower, self._upper = lower, upper
        self._columns = np.arange(self._n, dtype=np.int32)
        self._solver = quiet_solver(0)
        self._solver.setOptionValue("presolve", "off")
        self._solver.addVars(self._n, np.zeros(self._n), upper)
        self._solver.changeColsCost(self._n, self._columns, costs)
        add_rows(self._solver, lines)

    def of(
        self, units: Collection[int], *, lowest: Sequence[float], highest: Sequence[float]
    ) -> Flows | None:
        """Return the cheapest flows of these units, or None; ``lowest`` and ``highest`` bound each row."""
        there = np.zeros(self._n, dtype=np.bool_)
        there[list(units)] = True
        self._solver.changeColsBounds(
            self._n, self._columns, np.where(there, self._lower, 0.0), np.where(there, self._upper, 0.0)
        )
        rows = np.arange(len(lowest), dtype=np.int32)
        self._solver.changeRowsBounds(len(rows), rows, np.array(lowest), np.array(highest))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._solver.clearSolver()
            self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        sizes = np.array(self._solver.getSolution().col_value)
        sizes[np.abs(sizes) < _SMALLEST_SIZE] = 0.0
        return Flows(sizes, float(self._solver.getObjectiveValue()))


def quiet_solver(seed: int) -> Any:
    """Return a solver that prints nothing and proves what it says."""
    solver = highspy.Highs()
    for name, value in _QUIET.items():
        solver.setOptionValue(name, value)
    solver.setOptionValue("random_seed", seed)
    return solver


def add_rows(solver: Any, lines: Sequence[Line]) -> None:
    """Add rows to a solver."""
    if not lines:
        return
    starts: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for _, _, at, rates in lines:
        starts.append(len(columns))
        columns.extend(at)
        values.extend(rates)
    solver.addRows(
        len(lines),
        np.array([line[0] for line in lines], dtype=np.float64),
        np.array([line[1] for line in lines], dtype=np.float64),
        len(columns),
        np.array(starts, dtype=np.int32),
        np.array(columns, dtype=np.int32),
        np.array(values, dtype=np.float64),
    )
