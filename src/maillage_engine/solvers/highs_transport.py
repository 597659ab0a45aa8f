"""HiGHS for one transport problem: which share of each customer is carried from each open site.

Each solve is fresh and sequential: the same numbers give the same vertex and the same duals.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import EngineError


@dataclass(frozen=True, eq=False)
class Carried:
    """``feasible``: shares (k, n) at cost ``cost`` and duals (n,) of the demands; else ``duals`` is a proof of it."""

    feasible: bool
    cost: float
    shares: Floats
    duals: Floats


def carry(costs: Floats, demand: Floats, capacity: Floats) -> Carried:
    """Solve min Σ costs·share with Σᵢ share[i, j] = 1, Σⱼ demand[j]·share[i, j] ≤ capacity[i], share ≥ 0.

    ``costs`` (k, n), +inf where it is not possible; ``demand`` (n,); ``capacity`` (k,). When it is infeasible the
    duals are those of "serve as many shares as possible". Raises ``EngineError`` when HiGHS gives up.
    """
    import highspy  # noqa: PLC0415  (heavy: loaded at the first use)

    usable = np.isfinite(costs)
    priced = np.where(usable, costs, 0.0)
    first = _solve(highspy, priced, usable, demand, capacity, short=False)
    if first is not None:
        return Carried(True, *first)
    second = _solve(highspy, np.zeros_like(priced), usable, demand, capacity, short=True)
    if second is None:
        raise EngineError("HiGHS n’a pas pu résoudre un problème de transport ; vérifiez les nombres.")
    return Carried(False, *second)


def _solve(
    highspy: Any, costs: Floats, usable: Any, demand: Floats, capacity: Floats, *, short: bool
) -> tuple[float, Floats, Floats] | None:
    sites, customers = costs.shape
    extra = customers if short else 0
    columns = sites * customers
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns + extra, customers + sites
    lp.col_cost_ = np.concatenate([costs.ravel(), np.ones(extra)])
    lp.col_lower_ = np.zeros(columns + extra)
    lp.col_upper_ = np.concatenate([np.where(usable, np.inf, 0.0).ravel(), np.full(extra, np.inf)])
    lp.row_lower_ = np.concatenate([np.ones(customers), np.full(sites, -np.inf)])
    lp.row_upper_ = np.concatenate([np.ones(customers), capacity])
    matrix = lp.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    rows = np.empty((columns, 2), dtype=np.int32)
    rows[:, 0] = np.tile(np.arange(customers), sites)
    rows[:, 1] = customers + np.repeat(np.arange(sites), customers)
    values = np.ones((columns, 2))
    values[:, 1] = np.tile(demand, sites)
    matrix.index_ = np.concatenate([rows.ravel(), np.arange(extra)]).astype(np.int32)
    matrix.value_ = np.concatenate([values.ravel(), np.ones(extra)])
    starts = np.concatenate([2 * np.arange(columns + 1), 2 * columns + 1 + np.arange(extra)])
    matrix.start_ = starts.astype(np.int32)
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("presolve", "off"),
        ("solver", "simplex"),
        ("parallel", "off"),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = solver.getSolution()
    shares = np.array(solution.col_value)[:columns].reshape(sites, customers)
    duals = np.array(solution.row_dual)[:customers]
    return float(solver.getInfo().objective_function_value), np.clip(shares, 0.0, 1.0), duals
