"""HiGHS behind the obstacles: how much of one material can be made at most, and what holds it back."""

from collections.abc import Sequence

import highspy
import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.solvers.highs_structures import Line, add_rows, quiet_solver

_HELD = 1e-9


def most_of(lines: Sequence[Line], upper: Floats, row: int) -> tuple[float, list[int], list[int]]:
    """Return the most that the balance of ``row`` can be, then the rows and the columns that hold it back."""
    solver = quiet_solver(0)
    solver.addVars(len(upper), np.zeros(len(upper)), upper)
    costs = np.zeros(len(upper))
    costs[list(lines[row][2])] = np.negative(lines[row][3])
    solver.changeColsCost(len(upper), np.arange(len(upper), dtype=np.int32), costs)
    add_rows(solver, lines)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return 0.0, [], []
    found = solver.getSolution()
    sizes = np.array(found.col_value)
    limits = [max(abs(line[0]), abs(line[1])) for line in lines]
    rows = [
        at
        for at, dual in enumerate(found.row_dual)
        if abs(dual) > _HELD and at != row and 0 < limits[at] < np.inf
    ]
    columns = [
        at for at, dual in enumerate(found.col_dual) if dual < -_HELD and sizes[at] >= upper[at] * (1 - _HELD)
    ]
    return -float(solver.getInfo().objective_function_value), rows, columns
