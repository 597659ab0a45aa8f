"""The components where lots or indivisible offers bind, decided by HiGHS; the others keep their flow."""

from dataclasses import replace

import numpy as np

from maillage_engine.arrays import Bools, Floats, frozen
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.program import Sharing, sharing_program
from maillage_engine.methods.allocate.result import AllocationResult, Prices
from maillage_engine.solvers.highs import LinearSolution, solve_linear
from maillage_engine.stop import Stop, Watch

LEAST = 1e-7
"""Relative: what HiGHS leaves of a column that is not used."""
KEPT_VALUE = 1e-9
"""Relative value that the least transport may lose."""


def decide_lots(
    problem: AllocationProblem, flow: AllocationResult, watch: Watch, seed: int
) -> AllocationResult:
    """Return the best sharing with lots, from the one without; the parts where nothing binds are kept."""
    kept_edges, bound_edges = binding(problem, flow)
    sharing = sharing_program(problem, bound_edges)
    found, status = solve_sharing(sharing, left(watch), seed)
    keep = kept_edges[flow.edge]
    quantity = column_quantities(sharing, found)
    used = np.flatnonzero(quantity > 0)
    edge = np.concatenate([flow.edge[keep], sharing.edge[used]])
    slot = np.concatenate([flow.slot[keep], sharing.slot[used].astype(np.int32)])
    amount = np.concatenate([flow.quantity[keep], quantity[used]])
    value = float(problem.gain[edge] @ amount)
    prices = _without(problem, flow.prices, bound_edges)
    flow_bound = float(
        np.nansum(prices.need * problem.need_quantity) + np.nansum(prices.offer * problem.offer_quantity)
    )
    relaxed = flow.bound - flow_bound
    decided = relaxed if found.bound is None else min(relaxed, found.bound)
    return replace(
        flow,
        status="optimal" if flow.status == "optimal" and status else "feasible",
        way="mixed",
        value=value,
        transport=float(problem.transport[edge] @ amount),
        bound=max(value, flow_bound + decided) if status else flow_bound + decided,
        edge=frozen(edge),
        slot=frozen(slot),
        quantity=frozen(amount),
        prices=prices,
        transport_prices=None,
        iterations=flow.iterations + found.iterations,
    )


def binding(problem: AllocationProblem, flow: AllocationResult) -> tuple[Bools, Bools]:
    """Return which edges are of components where the flow suits, and which are of the others, (e,) each."""
    from maillage_engine.methods.allocate.grouping import together  # noqa: PLC0415  (loads Numba)

    useful = problem.gain > 0
    one = np.array(problem.edge_need[useful])
    other = np.array(problem.edge_offer[useful])
    root = together(one, other, problem.needs, problem.offers)[problem.edge_need]
    faulty = np.zeros(problem.edges, dtype=np.bool_)
    faulty[flow.edge[flow.quantity < problem.lot[flow.edge]]] = True
    pairs = np.unique(flow.edge)
    shares = np.bincount(problem.edge_offer[pairs], minlength=problem.offers)
    faulty[pairs[(problem.indivisible & (shares > 1))[problem.edge_offer[pairs]]]] = True
    bound = np.isin(root, root[faulty]) & useful
    return ~bound, bound


def solve_sharing(sharing: Sharing, stop: Stop, seed: int) -> tuple[LinearSolution, bool]:
    """Return the point of the largest value, then of the least transport; and whether both are proved."""
    watch = stop.watch()
    best = solve_linear(sharing.program, stop, seed)
    if best.values is None or best.objective is None or not sharing.transport.any():
        return best, best.status == "optimal"
    floor = best.objective - KEPT_VALUE * max(1.0, abs(best.objective))
    columns = np.arange(len(sharing.edge))
    second = sharing.with_row(columns, sharing.gain, floor).seeking(sharing.transport, maximise=False)
    cheapest = solve_linear(second.program, left(watch), seed, start=best.values)
    if cheapest.values is None:
        return best, False
    proved = best.status == "optimal" and cheapest.status == "optimal"
    return replace(best, values=cheapest.values, iterations=best.iterations + cheapest.iterations), proved


def left(watch: Watch) -> Stop:
    """What remains of a limit, a thousandth of a second at least."""
    seconds = watch.left()
    iterations = watch.stop.iterations
    return Stop(
        seconds=None if seconds is None else max(seconds, 1e-3),
        iterations=None if iterations is None else max(1, iterations - watch.iterations),
        cancelled=watch.stop.cancelled,
    )


def column_quantities(sharing: Sharing, found: LinearSolution) -> Floats:
    """(k,) the quantities of a point, without what floats leave where nothing is."""
    if found.values is None:
        return np.zeros(len(sharing.edge))
    quantity = found.values[: len(sharing.edge)]
    most = sharing.program.upper[: len(sharing.edge)]
    clean: Floats = np.where(quantity > LEAST * np.maximum(1.0, most), np.minimum(quantity, most), 0.0)
    return clean


def _without(problem: AllocationProblem, prices: Prices, bound: Bools) -> Prices:
    need, offer = np.array(prices.need), np.array(prices.offer)
    need[problem.edge_need[bound]] = np.nan
    offer[problem.edge_offer[bound]] = np.nan
    return Prices(frozen(need), frozen(offer))
