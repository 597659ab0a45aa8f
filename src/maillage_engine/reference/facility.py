"""The slow twin of facility opening: every set of sites, every transport problem."""

from itertools import product

import numpy as np
from scipy.optimize import linprog

from maillage_engine.arrays import Bools
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.facility.problem import FacilityProblem

MOST_SITES = 12
MOST_ASSIGNMENTS = 100_000


def slow_open_sites(problem: FacilityProblem) -> list[tuple[float, tuple[bool, ...]]]:
    """Return (cost, open sites) of every possible set, cheapest first.

    Raises ``InvalidArgument`` above 12 sites, or where one source a customer makes too many assignments.
    """
    if problem.sites > MOST_SITES:
        raise InvalidArgument("problem", f"{MOST_SITES} sites au plus : chaque choix est essayé.")
    found = []
    for choice in product((False, True), repeat=problem.sites):
        opened = np.array(choice)
        new = int((opened & ~problem.existing).sum())
        if (problem.existing & ~opened).any() or not opened.any():
            continue
        if problem.max_openings is not None and new > problem.max_openings:
            continue
        cost = _single(problem, opened) if problem.single_source else _shared(problem, opened)
        if cost is not None:
            found.append((cost + float(problem.fixed_cost[opened].sum()), choice))
    return sorted(found)


def _shared(problem: FacilityProblem, opened: Bools) -> float | None:
    """The transport problem as it is written, by SciPy."""
    costs, demand = problem.serve_cost[opened], problem.demand
    sites, customers = costs.shape
    each, load = np.zeros((customers, costs.size)), np.zeros((sites, costs.size))
    for site in range(sites):
        for customer in range(customers):
            each[customer, site * customers + customer] = 1.0
            load[site, site * customers + customer] = demand[customer]
    usable = np.isfinite(costs).ravel()
    solved = linprog(
        np.where(usable, costs.ravel(), 0.0),
        A_ub=load,
        b_ub=problem.capacity[opened],
        A_eq=each,
        b_eq=np.ones(customers),
        bounds=[(0.0, None if one else 0.0) for one in usable],
    )
    return float(solved.fun) if solved.status == 0 else None


def _single(problem: FacilityProblem, opened: Bools) -> float | None:
    """Every assignment of each customer to one open site."""
    sites = np.flatnonzero(opened).tolist()
    if len(sites) ** problem.customers > MOST_ASSIGNMENTS:
        raise InvalidArgument("problem", "trop de répartitions à essayer ; prenez moins de besoins.")
    best = None
    for chosen in product(sites, repeat=problem.customers):
        load = np.bincount(chosen, weights=problem.demand, minlength=problem.sites)
        cost = float(problem.serve_cost[list(chosen), range(problem.customers)].sum())
        if (load <= problem.capacity).all() and np.isfinite(cost) and (best is None or cost < best):
            best = cost
    return best
