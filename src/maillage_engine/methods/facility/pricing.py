"""The compiled loop: what each open site would gain by the multipliers, one continuous knapsack a site."""

import numpy as np

from maillage_engine.arrays import Bools, Floats, Int64s
from maillage_engine.compiled import compiled

WEIGHTLESS = -1e300


@compiled
def _swap(ratio: Floats, reduced: Floats, column: Int64s, one: int, other: int) -> None:
    ratio[one], ratio[other] = ratio[other], ratio[one]
    reduced[one], reduced[other] = reduced[other], reduced[one]
    column[one], column[other] = column[other], column[one]


@compiled
def _gaining(
    costs: Floats,
    demand: Floats,
    multipliers: Floats,
    site: int,
    reduced: Floats,
    ratio: Floats,
    column: Int64s,
) -> tuple[int, float]:
    """List the customers by which the site gains; return how many, and what they weigh together."""
    count, weight = 0, 0.0
    for customer in range(len(demand)):
        value = costs[site, customer] - multipliers[customer]
        if value < 0.0:
            reduced[count] = value
            ratio[count] = value / demand[customer] if demand[customer] > 0.0 else WEIGHTLESS
            column[count] = customer
            weight += demand[customer]
            count += 1
    return count, weight


@compiled
def _split(
    ratio: Floats, reduced: Floats, column: Int64s, demand: Floats, low: int, high: int
) -> tuple[int, int, float]:
    """Put what is under the ratio in the middle first, what is above it last; return both borders, the first weight."""
    pivot = ratio[(low + high) // 2]
    less, at, more = low, low, high
    weight = 0.0
    while at < more:
        if ratio[at] < pivot:
            _swap(ratio, reduced, column, less, at)
            weight += demand[column[less]]
            less += 1
            at += 1
        elif ratio[at] > pivot:
            more -= 1
            _swap(ratio, reduced, column, more, at)
        else:
            at += 1
    return less, more, weight


@compiled
def _knapsack(
    ratio: Floats,
    reduced: Floats,
    column: Int64s,
    demand: Floats,
    count: int,
    left: float,
    taken: Floats,
) -> float:
    """Fill ``taken`` (n,) with the shares that fit in ``left``; return what they gain."""
    gain = 0.0
    low, high = 0, count
    while low < high:
        less, more, weight = _split(ratio, reduced, column, demand, low, high)
        if weight > left:
            high = less
            continue
        for at in range(low, less):
            taken[column[at]] = 1.0
            gain += reduced[at]
        left -= weight
        low = more
        for at in range(less, more):
            part = min(1.0, left / demand[column[at]]) if demand[column[at]] > 0.0 else 1.0
            taken[column[at]] = part
            gain += reduced[at] * part
            left = max(0.0, left - demand[column[at]])
            if part < 1.0:
                low = high
                break
    return gain


@compiled
def price(
    costs: Floats,
    demand: Floats,
    capacity: Floats,
    multipliers: Floats,
    usable: Bools,
    gains: Floats,
    taken: Floats,
) -> None:
    """Fill ``gains`` (m,), at most 0, and ``taken`` (m, n): the shares that each usable site would serve.

    ``costs`` (m, n), ``demand`` and ``multipliers`` (n,), ``capacity`` and ``usable`` (m,). For site i: the least
    Σ (costs[i, j] − multipliers[j])·t[j] with Σ demand[j]·t[j] ≤ capacity[i] and 0 ≤ t ≤ 1, by ratio (G. B.
    Dantzig, "Discrete-variable extremum problems", Operations Research 5 (1957), 266–288), found by splitting
    around a pivot (E. Balas, E. Zemel, "An algorithm for large zero-one knapsack problems", ibid. 28 (1980),
    1130–1154) rather than by sorting.
    """
    sites, customers = costs.shape
    reduced = np.empty(customers)
    ratio = np.empty(customers)
    column = np.empty(customers, dtype=np.int64)
    for site in range(sites):
        gains[site] = 0.0
        taken[site, :] = 0.0
        if not usable[site]:
            continue
        count, weight = _gaining(costs, demand, multipliers, site, reduced, ratio, column)
        if weight > capacity[site]:
            gains[site] = _knapsack(ratio, reduced, column, demand, count, capacity[site], taken[site])
            continue
        for at in range(count):
            gains[site] += reduced[at]
            taken[site, column[at]] = 1.0
