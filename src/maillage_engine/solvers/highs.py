"""HiGHS behind one function: a linear program in sparse arrays in, its best point, duals and proved bound out.

Each solve is fresh and sequential, so that the same numbers give the same answer.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from maillage_engine.arrays import Bools, Floats, Int64s
from maillage_engine.errors import EngineError, InvalidProblem
from maillage_engine.stop import NO_LIMIT, Cancelled, Status, Stop, Watch

LARGEST_COUNT = 2**31 - 1
FEASIBILITY = 1e-9
MIP_GAP = 1e-9


@dataclass(frozen=True, eq=False)
class LinearProgram:
    """Minimise ``cost``·x with ``row_lower`` ≤ A·x ≤ ``row_upper`` and ``lower`` ≤ x ≤ ``upper``.

    n columns, m rows; ``cost``, ``lower``, ``upper`` float64 (n,), ``row_lower``, ``row_upper`` float64 (m,), the
    infinite ones are no limit. A is its entries: ``rows`` and ``columns`` int64 (z,), ``values`` float64 (z,); an
    entry told twice is summed. ``integral`` bool (n,): whole columns (None: none). ``maximise`` turns it round.
    Raises ``InvalidProblem`` when the sizes do not agree or a number is not one.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    row_lower: Floats
    row_upper: Floats
    rows: Int64s
    columns: Int64s
    values: Floats
    integral: Bools | None = None
    maximise: bool = False

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, eq=False)
class LinearSolution:
    """What HiGHS says.

    ``values`` float64 (n,), None when there is none. ``row_duals`` (m,) and ``reduced_costs`` (n,): change of the
    objective for one unit more of a row's or a column's limit; None with whole columns or without optimum.
    ``objective`` of ``values``; ``bound``: proved, no point does better (None: none known). ``iterations``: of the
    simplex, or nodes.
    """

    status: Status
    values: Floats | None
    row_duals: Floats | None
    reduced_costs: Floats | None
    objective: float | None
    bound: float | None
    iterations: int


def solve_linear(
    program: LinearProgram, stop: Stop = NO_LIMIT, seed: int = 0, *, start: Floats | None = None
) -> LinearSolution:
    """Return the best point of ``program``, whole where it must be.

    ``start`` (n,): a point to begin from, used only with whole columns. Raises ``Cancelled`` when ``stop`` says so
    and ``EngineError`` when HiGHS gives up.
    """
    import highspy  # noqa: PLC0415  (heavy: loaded at the first use)

    watch = stop.watch()
    watch.check()
    solver = highspy.Highs()
    whole = program.integral is not None and bool(program.integral.any())
    for name, value in _options(stop, seed, whole=whole).items():
        solver.setOptionValue(name, value)
    if solver.passModel(_model(highspy, program, whole=whole)) == highspy.HighsStatus.kError:
        raise EngineError("HiGHS refuse ce programme ; vérifiez ses nombres.")
    if start is not None and whole:
        point = highspy.HighsSolution()
        point.col_value = start.tolist()
        solver.setSolution(point)
    _listen(highspy, solver, watch)
    solver.run()
    if stop.cancelled():
        raise Cancelled
    return _told(highspy, solver, program, whole=whole)


def _options(stop: Stop, seed: int, *, whole: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "output_flag": False,
        "parallel": "off",
        "random_seed": seed % LARGEST_COUNT,
        "primal_feasibility_tolerance": FEASIBILITY,
        "dual_feasibility_tolerance": FEASIBILITY,
        "mip_rel_gap": MIP_GAP,
        "mip_abs_gap": MIP_GAP,
        "mip_feasibility_tolerance": FEASIBILITY,
    }
    if stop.seconds is not None:
        options["time_limit"] = stop.seconds
    if stop.iterations is not None:
        name = "mip_max_nodes" if whole else "simplex_iteration_limit"
        options[name] = min(stop.iterations, LARGEST_COUNT)
    if whole:
        # the reductions of HiGHS 1.14.0 lose the best point of some mixed programs whose rows link an amount to a
        # yes or no, and still say « optimal » (its issues 2995, 3043, 3094; mended in 1.15)
        options["presolve"] = "off"
    return options


def _model(highspy: Any, program: LinearProgram, *, whole: bool) -> Any:
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
    if program.maximise:
        model.sense_ = highspy.ObjSense.kMaximize
    if whole and program.integral is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[one] for one in program.integral.astype(np.int64).tolist()]
    return model


def _listen(highspy: Any, solver: Any, watch: Watch) -> None:
    """Let somebody stop HiGHS from outside: it asks now and then."""

    def asked(event: Any) -> None:
        if watch.stop.cancelled():
            event.interrupt()

    for name in ("cbSimplexInterrupt", "cbMipInterrupt", "cbIpmInterrupt"):
        getattr(solver, name).subscribe(asked)


def _told(highspy: Any, solver: Any, program: LinearProgram, *, whole: bool) -> LinearSolution:
    kinds = highspy.HighsModelStatus
    ended, info, solution = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
    if ended in (kinds.kSolveError, kinds.kModelError, kinds.kPresolveError, kinds.kPostsolveError):
        raise EngineError("HiGHS n’a pas pu résoudre ce programme ; vérifiez ses nombres.")
    iterations = int(info.mip_node_count if whole else info.simplex_iteration_count)
    optimal = ended in (kinds.kOptimal, kinds.kModelEmpty)
    known = optimal or (
        whole and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    )
    if not known:
        ends: dict[Any, Status] = {kinds.kInfeasible: "infeasible", kinds.kUnbounded: "unbounded"}
        if ended == kinds.kUnboundedOrInfeasible:
            ends[ended] = "infeasible"
        bound = float(info.mip_dual_bound) if whole and np.isfinite(info.mip_dual_bound) else None
        return LinearSolution(ends.get(ended, "stopped"), None, None, None, None, bound, iterations)
    values = np.array(solution.col_value, dtype=np.float64)
    objective = float(program.cost @ values)
    duals = optimal and not whole
    bound = float(info.mip_dual_bound) if whole else objective
    return LinearSolution(
        status="optimal" if optimal else "feasible",
        values=values,
        row_duals=np.array(solution.row_dual, dtype=np.float64) if duals else None,
        reduced_costs=np.array(solution.col_dual, dtype=np.float64) if duals else None,
        objective=objective,
        bound=bound if np.isfinite(bound) else None,
        iterations=iterations,
    )


def _check(program: LinearProgram) -> None:
    columns, rows, entries = len(program.cost), len(program.row_lower), len(program.values)
    sizes = {"lower": columns, "upper": columns, "row_upper": rows, "rows": entries, "columns": entries}
    for name, size in sizes.items():
        if getattr(program, name).shape != (size,):
            raise InvalidProblem(name, f"il faut {size} valeurs.")
    for name in ("cost", "values"):
        faulty = np.flatnonzero(~np.isfinite(getattr(program, name)))
        if len(faulty):
            raise InvalidProblem(name, "il faut un nombre.", row=int(faulty[0]))
    for low, high in (("lower", "upper"), ("row_lower", "row_upper")):
        faulty = np.flatnonzero(~(getattr(program, low) <= getattr(program, high)))
        if len(faulty):
            raise InvalidProblem(high, "la limite haute est sous la basse.", row=int(faulty[0]))
    if entries >= LARGEST_COUNT:
        raise InvalidProblem("values", "il y a trop de coefficients ; découpez le problème.")
    for name, most in (("rows", rows), ("columns", columns)):
        at = getattr(program, name)
        faulty = np.flatnonzero((at < 0) | (at >= most))
        if len(faulty):
            raise InvalidProblem(name, "cet indice n’existe pas.", row=int(faulty[0]))
    if program.integral is not None and program.integral.shape != (columns,):
        raise InvalidProblem("integral", f"il faut {columns} valeurs.")
