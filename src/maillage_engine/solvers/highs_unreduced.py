"""HiGHS without its reductions: the same program in, the same answer out, slower on large programs and never wrong.

The reductions of HiGHS 1.14.0 lose the best point of some mixed programs whose rows link an amount to a yes or no and
still say « optimal » (its issues 2995, 3043 and 3094). Bundles and chains are made of such rows.
"""

from typing import Any

import numpy as np

from maillage_engine.errors import EngineError
from maillage_engine.solvers.highs import LARGEST_COUNT, LinearProgram, LinearSolution
from maillage_engine.stop import NO_LIMIT, Cancelled, Status, Stop

TOLERANCE = 1e-9


def solve_unreduced(program: LinearProgram, stop: Stop = NO_LIMIT, seed: int = 0) -> LinearSolution:
    """Return the least point of ``program``, whole where it must be; duals are not given.

    ``stop``: its seconds and its cancelling. Raises ``Cancelled`` and ``EngineError`` as ``solve_linear`` does.
    """
    import highspy  # noqa: PLC0415  (heavy: loaded at the first use)

    whole = program.integral is not None and bool(program.integral.any())
    solver = highspy.Highs()
    for name, value in _options(stop, seed).items():
        solver.setOptionValue(name, value)
    if solver.passModel(_model(highspy, program)) == highspy.HighsStatus.kError:
        raise EngineError("HiGHS refuse ce programme ; vérifiez ses nombres.")
    for name in ("cbSimplexInterrupt", "cbMipInterrupt"):
        getattr(solver, name).subscribe(lambda event: event.interrupt() if stop.cancelled() else None)
    solver.run()
    if stop.cancelled():
        raise Cancelled
    return _told(highspy, solver, program, whole=whole)


def _options(stop: Stop, seed: int) -> dict[str, Any]:
    limits = {} if stop.seconds is None else {"time_limit": stop.seconds}
    return {
        "output_flag": False,
        "parallel": "off",
        "presolve": "off",
        "random_seed": seed % LARGEST_COUNT,
        "primal_feasibility_tolerance": TOLERANCE,
        "dual_feasibility_tolerance": TOLERANCE,
        "mip_feasibility_tolerance": TOLERANCE,
        "mip_rel_gap": TOLERANCE,
        "mip_abs_gap": TOLERANCE,
        **limits,
    }


def _model(highspy: Any, program: LinearProgram) -> Any:
    from scipy import sparse  # noqa: PLC0415  (heavy: loaded at the first use)

    shape = (len(program.row_lower), len(program.cost))
    matrix = sparse.coo_array((program.values, (program.rows, program.columns)), shape=shape).tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = shape
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data
    if program.integral is not None and program.integral.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[one] for one in program.integral.astype(np.int64).tolist()]
    return model


def _told(highspy: Any, solver: Any, program: LinearProgram, *, whole: bool) -> LinearSolution:
    kinds, ended, info = highspy.HighsModelStatus, solver.getModelStatus(), solver.getInfo()
    if ended in (kinds.kSolveError, kinds.kModelError, kinds.kPostsolveError):
        raise EngineError("HiGHS n’a pas pu résoudre ce programme ; vérifiez ses nombres.")
    optimal = ended in (kinds.kOptimal, kinds.kModelEmpty)
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    count = int(info.mip_node_count if whole else info.simplex_iteration_count)
    if not optimal and not (whole and feasible):
        ends: dict[Any, Status] = {kinds.kInfeasible: "infeasible", kinds.kUnbounded: "unbounded"}
        ends[kinds.kUnboundedOrInfeasible] = "infeasible"
        return LinearSolution(ends.get(ended, "stopped"), None, None, None, None, None, count)
    values = np.array(solver.getSolution().col_value, dtype=np.float64)
    objective = float(program.cost @ values)
    bound = float(info.mip_dual_bound) if whole else objective
    return LinearSolution(
        "optimal" if optimal else "feasible",
        values,
        None,
        None,
        objective,
        bound if np.isfinite(bound) else None,
        count,
    )
