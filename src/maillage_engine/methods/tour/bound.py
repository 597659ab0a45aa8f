"""A cost that no plan can be under: the greater of two relaxations.

*Assignment*: each visit served is entered once and left once, each visit not served pays its prize, and at least
``trips`` loads leave a depot (total quantity over the largest capacity, rounded up); entering and leaving as cheaply
as any vehicle on any network does, loops apart from the depot allowed, is a linear assignment (solved by SciPy).
*Radial* (Haimovich and Rinnooy Kan, Mathematics of Operations Research 10, 1985): a load costs at least the way to its
farthest visit and back, hence at least the mean of these ways weighted by what it takes of the capacity.

Honest, not tight: 8 to 40 % under the best plan of the published instances, more where vehicles hold many visits.
"""

import math

import numpy as np
from scipy.optimize import linear_sum_assignment

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.methods.tour.paths import shortest
from maillage_engine.methods.tour.problem import TourProblem

NEVER = 1e15
MOST_VISITS = 4_000
"""Above, the assignment would not fit in memory and no bound is given."""


def lower_bound(problem: TourProblem) -> int | None:
    """Return cost units that the cost of every plan serving all that must be served reaches; None when too large."""
    count = len(problem.visits)
    if count > MOST_VISITS:
        return None
    trips, between = _trips(problem), _between(problem)
    arcs = _arcs(problem, between, trips)
    rows, columns = linear_sum_assignment(arcs)
    total = float(arcs[rows, columns].sum())
    second = min(one.second_cost for one in problem.vehicles)
    total += second * sum(one.service for one in problem.visits if one.prize is None)
    return _fixed(problem, trips) + max(math.floor(total + 1e-6), _radial(problem, between, second))


def _between(problem: TourProblem) -> Int64s:
    """Return the least cost (n, n) of going from a place to another, whatever the vehicle."""
    metre = min(one.metre_cost for one in problem.vehicles)
    second = min(one.second_cost for one in problem.vehicles)
    least: Int64s = metre * problem.metres.min(axis=0) + second * problem.seconds.min(axis=0)
    return least


def _doors(problem: TourProblem) -> tuple[list[int], list[int]]:
    """Return the places where a load may begin, and where it may end."""
    reloads = {place for one in problem.vehicles for place in one.reload_at}
    starts, ends = {one.start for one in problem.vehicles}, {one.end for one in problem.vehicles}
    return sorted(starts | reloads), sorted(ends | reloads)


def _radial(problem: TourProblem, between: Int64s, second: int) -> int:
    """Return the radial bound, of the dimension and the side that give most; prizes may be paid instead."""
    starts, ends = _doors(problem)
    out = np.min([shortest(between, place) for place in starts], axis=0)
    back = np.min([shortest(between.T, place) for place in ends], axis=0)
    best = 0.0
    for at in range(len(problem.dimensions)):
        room = max(one.capacity[at] for one in problem.vehicles)
        for side in ("deliver", "collect"):
            total = 0.0
            for one in problem.visits:
                share = min(getattr(one, side)[at] / room, 1.0) if room else 0.0
                cost = share * float(out[one.place] + back[one.place]) + second * one.service
                total += cost if one.prize is None else min(cost, float(one.prize))
            best = max(best, total)
    # floats: a part in a thousand millions is given up so that rounding never lifts the bound
    return math.floor(best * (1 - 1e-9))


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


def _arcs(problem: TourProblem, between: Int64s, trips: int) -> Floats:
    """Return the (n + trips) square of least costs; a visit's own cell is its prize."""
    at = np.array([one.place for one in problem.visits])
    starts, ends = (np.array(doors) for doors in _doors(problem))
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
