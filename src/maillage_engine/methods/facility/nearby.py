"""Better sets of sites near a good one: one more, one fewer, one for another; only those that no cut rules out."""

import numpy as np

from maillage_engine.arrays import Bools, Floats
from maillage_engine.methods.facility.pool import Pool
from maillage_engine.methods.facility.problem import FacilityProblem


def filled(problem: FacilityProblem, opened: Bools, slope: Floats) -> Bools:
    """Return ``opened`` with more room when it lacks it: the cheapest room by ``slope`` (m,) first.

    Where no more site may be opened, the largest closed one takes the place of the smallest.
    """
    opened = opened.copy()
    wanted = float(problem.demand.sum())
    for site in np.argsort(slope / problem.capacity, kind="stable"):
        if problem.capacity[opened].sum() >= wanted or _full(problem, opened):
            break
        opened[site] = True
    while problem.capacity[opened].sum() < wanted and _full(problem, opened):
        new = np.flatnonzero(opened & ~problem.existing)
        closed = np.flatnonzero(~opened)
        if not len(new) or not len(closed):
            break
        out = new[np.argmin(problem.capacity[new])]
        into = closed[np.argmax(problem.capacity[closed])]
        if problem.capacity[into] <= problem.capacity[out]:
            break
        opened[[out, into]] = False, True
    return opened


def _full(problem: FacilityProblem, opened: Bools) -> bool:
    most = problem.max_openings
    return most is not None and int(np.count_nonzero(opened & ~problem.existing)) >= most


def improve(pool: Pool, opened: Bools, *, tries: int) -> None:
    """Cost at most ``tries`` neighbours, most promising first, moving to the first better one each time."""
    while tries > 0:
        cost, better = pool.cost_of(opened), None
        for one in _promising(pool, opened):
            if tries <= 0 or pool.ascent.watch.over():
                return
            pool.evaluate(one)
            tries -= 1
            if pool.cost_of(one) < cost:
                better = one
                break
        if better is None:
            return
        opened = better


def _promising(pool: Pool, opened: Bools) -> list[Bools]:
    """The neighbours not yet costed whose bound leaves a chance, by bound."""
    near = _neighbours(pool.problem, opened)
    bounds = pool.cuts.of_sets(near)
    order = np.argsort(bounds, kind="stable")
    return [near[at] for at in order if bounds[at] < pool.threshold and not pool.known(near[at])]


def _neighbours(problem: FacilityProblem, opened: Bools) -> Bools:
    """Return (q, m) the sets one more, one fewer or one exchange away that have the room and keep the limits."""
    closable = np.flatnonzero(opened & ~problem.existing)
    openable = np.flatnonzero(~opened)
    out, into = (each.ravel() for each in np.meshgrid(closable, openable, indexing="ij"))
    fewer, more = len(closable), len(openable)
    near = np.tile(opened, (fewer + more + len(out), 1))
    near[np.arange(fewer), closable] = False
    near[fewer + np.arange(more), openable] = True
    exchanged = fewer + more + np.arange(len(out))
    near[exchanged, out], near[exchanged, into] = False, True
    good = near @ problem.capacity >= problem.demand.sum()
    if problem.max_openings is not None:
        good &= (near & ~problem.existing).sum(axis=1) <= problem.max_openings
    kept: Bools = near[good]
    return kept
