"""The best plan that can be made of rounds met during searches: a set partition, solved by HiGHS.

Each visit that must be served is in one chosen round, an optional one in one at most, and no more vehicles are driven
than there are. The heuristic use of this model on rounds met on the way is that of Rochat and Taillard (Journal of
Heuristics 1, 1995).
"""

from collections.abc import Mapping, Sequence

import numpy as np

from maillage_engine.errors import EngineError
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.solvers.highs import LinearProgram, solve_linear
from maillage_engine.solvers.pyvrp_door import Found, Order
from maillage_engine.stop import Stop

MOST_ROUNDS = 20_000
"""The last met are kept."""


def recombined(problem: TourProblem, found: Found, pools: Sequence[Mapping[Order, int]], stop: Stop) -> Found:
    """Return the best plan made of the rounds of ``found`` and ``pools``; ``found`` itself when nothing is better."""
    if found.orders is None:
        return found
    rounds = _rounds(pools)
    missing = [one for one in found.orders if one not in rounds]
    if missing:
        return found
    orders = list(rounds)
    start = np.zeros(len(orders))
    rank = {one: at for at, one in enumerate(orders)}
    start[[rank[one] for one in found.orders]] = 1.0
    prizes = sum(one.prize or 0 for one in problem.visits)
    try:
        solution = solve_linear(_program(problem, orders, list(rounds.values())), stop, start=start)
    except EngineError:
        # HiGHS gave up: the plan at hand stays
        return found
    if solution.values is None or solution.objective is None:
        return found
    chosen = tuple(orders[at] for at in np.flatnonzero(solution.values > 0.5))
    cost = sum(rounds[one] for one in chosen) + prizes
    cost -= sum(problem.visits[row].prize or 0 for _, order in chosen for row in order)
    return Found(chosen, cost, found.iterations) if cost < found.cost else found


def _rounds(pools: Sequence[Mapping[Order, int]]) -> dict[Order, int]:
    """Return the rounds met, the cheapest order of each vehicle and set of visits, the last met first when too many."""
    best: dict[tuple[int, frozenset[int]], tuple[int, Order]] = {}
    for pool in pools:
        for order, cost in list(pool.items())[-MOST_ROUNDS:]:
            key = (order[0], frozenset(order[1]))
            if key not in best or cost < best[key][0]:
                best[key] = (cost, order)
    return {order: cost for cost, order in best.values()}


def _program(problem: TourProblem, orders: Sequence[Order], costs: Sequence[int]) -> LinearProgram:
    """Return the set partition; the prizes of optional visits are taken off the rounds that serve them."""
    visits = problem.visits
    scarce = [row for row, one in enumerate(problem.vehicles) if one.number < len(visits)]
    row_of = {row: len(visits) + at for at, row in enumerate(scarce)}
    rows, columns = [], []
    for column, (vehicle, order) in enumerate(orders):
        touched = [*order, row_of[vehicle]] if vehicle in row_of else list(order)
        rows.extend(touched)
        columns.extend([column] * len(touched))
    net = [
        cost - sum(visits[row].prize or 0 for row in order)
        for cost, (_, order) in zip(costs, orders, strict=True)
    ]
    must = np.array([float(one.prize is None) for one in visits])
    count = len(orders)
    return LinearProgram(
        cost=np.array(net, dtype=np.float64),
        lower=np.zeros(count),
        upper=np.ones(count),
        row_lower=np.concatenate([must, np.zeros(len(scarce))]),
        row_upper=np.concatenate([np.ones(len(visits)), [problem.vehicles[row].number for row in scarce]]),
        rows=np.array(rows, dtype=np.int64),
        columns=np.array(columns, dtype=np.int64),
        values=np.ones(len(rows)),
        integral=np.ones(count, dtype=np.bool_),
    )
