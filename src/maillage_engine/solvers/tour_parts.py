"""A plan cut in parts of whole rounds along a direction, and put together again."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.solvers.pyvrp_door import Order

TURN = math.pi * (3 - math.sqrt(5))
"""The golden angle: directions that never come back near one another."""


@dataclass(frozen=True, slots=True)
class Part:
    """``orders`` are in the rows of ``problem``; ``visits`` and ``vehicles`` give those of the whole."""

    problem: TourProblem
    orders: tuple[Order, ...]
    visits: tuple[int, ...]
    vehicles: tuple[int, ...]


def cut(problem: TourProblem, orders: Sequence[Order], parts: int, turn: int) -> list[Part]:
    """Return ``parts`` parts of about as many visits, cut across the direction of this turn; fewer if need be.

    Vehicles that are not driven and visits that are not served go with the nearest part, vehicles in equal shares.
    """
    if problem.coordinates is None:
        return []
    across = problem.coordinates @ np.array([math.cos(turn * TURN), math.sin(turn * TURN)])
    places = np.array([one.place for one in problem.visits])
    ranked = sorted(orders, key=lambda one: (float(across[places[list(one[1])]].mean()), one))
    served = sum(len(order) for _, order in ranked)
    groups: list[list[Order]] = [[] for _ in range(parts)]
    before = 0
    for one in ranked:
        groups[min((before + len(one[1]) // 2) * parts // max(served, 1), parts - 1)].append(one)
        before += len(one[1])
    groups = [group for group in groups if group]
    borders = [float(across[places[list(group[-1][1])]].mean()) for group in groups[:-1]]
    waiting = set(range(len(problem.visits))) - {row for _, order in ranked for row in order}
    others: list[list[int]] = [[] for _ in groups]
    for row in sorted(waiting):
        others[int(np.searchsorted(borders, across[places[row]]))].append(row)
    spare = _spare(problem, ranked, len(groups))
    return [
        _part(problem, group, other, spare, at)
        for at, (group, other) in enumerate(zip(groups, others, strict=True))
    ]


def _spare(problem: TourProblem, orders: Sequence[Order], parts: int) -> list[list[int]]:
    """Return, for each row of vehicles, how many that are not driven each part may have."""
    driven = Counter(row for row, _ in orders)
    found = []
    for row, one in enumerate(problem.vehicles):
        free = one.number - driven[row]
        found.append([free // parts + (at < free % parts) for at in range(parts)])
    return found


def _part(
    problem: TourProblem,
    group: Sequence[Order],
    other: Sequence[int],
    spare: Sequence[Sequence[int]],
    at: int,
) -> Part:
    driven = Counter(row for row, _ in group)
    counts = [driven[row] + spare[row][at] for row in range(len(problem.vehicles))]
    vehicles = tuple(row for row, count in enumerate(counts) if count)
    visits = tuple(sorted({row for _, order in group for row in order} | set(other)))
    visit_at = {row: rank for rank, row in enumerate(visits)}
    vehicle_at = {row: rank for rank, row in enumerate(vehicles)}
    orders = tuple((vehicle_at[row], tuple(visit_at[one] for one in order)) for row, order in group)
    return Part(_smaller(problem, visits, vehicles, counts), orders, visits, vehicles)


def _smaller(
    problem: TourProblem, visits: Sequence[int], vehicles: Sequence[int], counts: Sequence[int]
) -> TourProblem:
    """Return the problem of some visits and vehicles, with the places that they need only."""
    if problem.coordinates is None:
        raise AssertionError("a plan without a map is not cut")
    fleet = [problem.vehicles[row] for row in vehicles]
    places = (
        {problem.visits[row].place for row in visits}
        | {one.start for one in fleet}
        | {one.end for one in fleet}
    )
    kept = sorted(places)
    at = {place: rank for rank, place in enumerate(kept)}
    square = np.ix_(np.arange(len(problem.metres)), np.array(kept), np.array(kept))
    return TourProblem(
        visits=tuple(replace(problem.visits[row], place=at[problem.visits[row].place]) for row in visits),
        vehicles=tuple(
            replace(one, number=counts[row], start=at[one.start], end=at[one.end])
            for row, one in zip(vehicles, fleet, strict=True)
        ),
        metres=problem.metres[square],
        seconds=problem.seconds[square],
        dimensions=problem.dimensions,
        coordinates=problem.coordinates[kept],
        cost_unit=problem.cost_unit,
    )


def joined(parts: Sequence[Part], found: Sequence[Sequence[Order]]) -> tuple[Order, ...]:
    """Return the orders of the whole."""
    return tuple(
        (part.vehicles[row], tuple(part.visits[one] for one in order))
        for part, orders in zip(parts, found, strict=True)
        for row, order in orders
    )
