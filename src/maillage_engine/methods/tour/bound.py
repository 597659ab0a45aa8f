"""A cost that no plan can be under, proved by the assignment relaxation.

Each visit served is entered once and left once, each visit not served pays its prize, and at least ``trips`` loads
leave a depot (total quantity over the largest capacity, rounded up). Entering and leaving as cheaply as any vehicle
on any network does, loops apart from the depot allowed, is a linear assignment (Kuhn; solved by SciPy). Honest and
cheap, not tight: 10 to 35 % under the best plan of the published instances, more where vehicles are long and visits
near one another.
"""

import math

import numpy as np
from scipy.optimize import linear_sum_assignment

from maillage_engine.arrays import Floats
from maillage_engine.methods.tour.problem import TourProblem

NEVER = 1e15
MOST_VISITS = 4_000
"""Above, the assignment would not fit in memory and no bound is given."""


def lower_bound(problem: TourProblem) -> int | None:
    """Return cost units that the cost of every plan serving all that must be served reaches; None when too large."""
    count = len(problem.visits)
    if count > MOST_VISITS:
        return None
    trips = _trips(problem)
    arcs = _arcs(problem, trips)
    rows, columns = linear_sum_assignment(arcs)
    total = float(arcs[rows, columns].sum())
    service = min(one.second_cost for one in problem.vehicles)
    total += service * sum(one.service for one in problem.visits if one.prize is None)
    return _fixed(problem, trips) + math.floor(total + 1e-6)


def _trips(problem: TourProblem) -> int:
    """Return the least number of loads that must leave a depot."""
    must = [one for one in problem.visits if one.prize is None]
    least = 1 if must else 0
    for at in range(len(problem.dimensions)):
        room = max(one.capacity[at] for one in problem.vehicles)
        for total in (sum(one.deliver[at] for one in must), sum(one.collect[at] for one in must)):
            if total:
                least = max(least, -(-total // room))
    return least


def _arcs(problem: TourProblem, trips: int) -> Floats:
    """Return the (n + trips) square of least costs; a visit's own cell is its prize."""
    metre = min(one.metre_cost for one in problem.vehicles)
    second = min(one.second_cost for one in problem.vehicles)
    between = metre * problem.metres.min(axis=0) + second * problem.seconds.min(axis=0)
    at = np.array([one.place for one in problem.visits])
    reloads = [place for one in problem.vehicles for place in one.reload_at]
    starts = np.array(sorted({one.start for one in problem.vehicles} | set(reloads)))
    ends = np.array(sorted({one.end for one in problem.vehicles} | set(reloads)))
    out, back = between[np.ix_(starts, at)].min(axis=0), between[np.ix_(at, ends)].min(axis=1)
    count = len(at)
    arcs = np.zeros((count + trips, count + trips))
    arcs[:count, :count] = np.minimum(between[np.ix_(at, at)], back[:, None] + out[None, :])
    arcs[count:, :count], arcs[:count, count:] = out, back[:, None]
    arcs[count:, count:] = NEVER
    for row, one in enumerate(problem.visits):
        # a visit served costs its service too: the price of not serving is compared without it, which only lowers
        arcs[row, row] = NEVER if one.prize is None else one.prize
    return arcs


def _fixed(problem: TourProblem, trips: int) -> int:
    """Return the fixed cost of the fewest vehicles, the cheapest first; one may drive several trips if it reloads."""
    if not trips:
        return 0
    fewest = 1 if any(one.reload_at for one in problem.vehicles) else trips
    costs = sorted((one.fixed_cost, one.number) for one in problem.vehicles)
    total = 0
    for cost, number in costs:
        taken = min(number, fewest)
        total += cost * taken
        fewest -= taken
    return total
