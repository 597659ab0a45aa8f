"""The slow twin of the planner: every way to share at most seven visits, every order, every unloading, every pause.

For each vehicle and each set of visits, all orders are driven, minute by minute of the choices: with or without an
unloading after each visit, the pause at each place. Then sets are dealt to vehicles in every way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations, product

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.tour.problem import TourProblem, Vehicle

MOST_VISITS = 7
Element = tuple[str, int]


@dataclass(frozen=True, slots=True)
class SlowPlan:
    """``served`` and ``missed``: rows of visits; ``cost`` with the prizes missed."""

    cost: int
    served: frozenset[int]
    missed: frozenset[int]


def slow_tour(problem: TourProblem) -> SlowPlan:
    """Return the best plan: most priority served among the visits that must be, then cheapest.

    Raises ``InvalidArgument`` above ``MOST_VISITS`` visits.
    """
    count = len(problem.visits)
    if count > MOST_VISITS:
        raise InvalidArgument("visits", f"le jumeau lent en accepte {MOST_VISITS} au plus.")
    best: dict[frozenset[int], int] = {frozenset(): 0}
    for about in problem.vehicles:
        alone = {
            frozenset(chosen): cost
            for chosen in _subsets(count)
            if (cost := _cheapest(problem, about, chosen)) is not None
        }
        for _ in range(min(about.number, count)):
            best = _dealt(best, alone)
    return min(
        (_plan(problem, served, cost) for served, cost in best.items()), key=lambda one: _rank(problem, one)
    )


def _rank(problem: TourProblem, plan: SlowPlan) -> tuple[int, int]:
    lacking = sum(problem.visits[row].priority for row in plan.missed if problem.visits[row].prize is None)
    return lacking, plan.cost


def _plan(problem: TourProblem, served: frozenset[int], cost: int) -> SlowPlan:
    missed = frozenset(range(len(problem.visits))) - served
    return SlowPlan(cost + sum(problem.visits[row].prize or 0 for row in missed), served, missed)


def _dealt(best: dict[frozenset[int], int], alone: dict[frozenset[int], int]) -> dict[frozenset[int], int]:
    found = dict(best)
    for (had, before), (chosen, cost) in product(best.items(), alone.items()):
        if not had & chosen:
            both = had | chosen
            found[both] = min(before + cost, found.get(both, before + cost))
    return found


def _subsets(count: int) -> Iterator[tuple[int, ...]]:
    for bits in range(1, 2**count):
        yield tuple(row for row in range(count) if bits >> row & 1)


def _cheapest(problem: TourProblem, about: Vehicle, chosen: Sequence[int]) -> int | None:
    """Return the least cost of one round through these visits, None when there is none."""
    materials = {problem.visits[row].material for row in chosen} - {""}
    if about.materials is not None and materials - set(about.materials):
        return None
    if any({one, other} <= materials for one, other in problem.apart):
        return None
    costs = [
        cost
        for order in permutations(chosen)
        for elements in _with_reloads(about, order)
        if _carried(problem, about, elements) and (cost := _driven(problem, about, elements)) is not None
    ]
    return min(costs, default=None)


def _with_reloads(about: Vehicle, order: Sequence[int]) -> Iterator[list[Element]]:
    places: list[int | None] = [None, *about.reload_at]
    for choice in product(places, repeat=len(order) - 1):
        if about.most_reloads is not None and sum(one is not None for one in choice) > about.most_reloads:
            continue
        elements: list[Element] = [("visit", order[0])]
        for place, visit in zip(choice, order[1:], strict=True):
            if place is not None:
                elements.append(("reload", place))
            elements.append(("visit", visit))
        yield elements


def _carried(problem: TourProblem, about: Vehicle, elements: Sequence[Element]) -> bool:
    trips: list[list[int]] = [[]]
    for kind, what in elements:
        if kind == "reload":
            trips.append([])
        else:
            trips[-1].append(what)
    for trip in trips:
        for at, most in enumerate(about.capacity):
            load = sum(problem.visits[row].deliver[at] for row in trip)
            if load > most:
                return False
            for row in trip:
                load += problem.visits[row].collect[at] - problem.visits[row].deliver[at]
                if load > most:
                    return False
    return True


def _driven(problem: TourProblem, about: Vehicle, elements: Sequence[Element]) -> int | None:
    """Return the cost of the round that ends first and, for that end, leaves last."""
    stops = _stops(problem, about, elements)
    timed = _hours(problem, about, stops)
    if timed is None:
        return None
    pause = about.pause
    if pause is not None and timed[1] > pause.latest and timed[0] < pause.earliest + pause.seconds:
        tries = []
        for at in range(1, len(stops)):
            for place in (stops[at - 1][0], stops[at][0]):
                rest = (place, pause.earliest, pause.latest, pause.seconds)
                found = _hours(problem, about, [*stops[:at], rest, *stops[at:]])
                if found is not None and found[1] - found[0] - pause.seconds <= about.longest_seconds:
                    tries.append((found[1], found[1] - found[0], found))
        if not tries:
            return None
        start, end = min(tries)[2]
        seconds = end - start - pause.seconds
    else:
        seconds = timed[1] - timed[0]
    metres = sum(int(problem.metres[about.network, one[0], other[0]]) for one, other in pairwise(stops))
    if metres > about.longest_metres or seconds > about.longest_seconds:
        return None
    return about.fixed_cost + about.metre_cost * metres + about.second_cost * seconds


Stop = tuple[int, int, int, int]
"""Place, earliest and latest beginning, seconds."""


def _stops(problem: TourProblem, about: Vehicle, elements: Sequence[Element]) -> list[Stop]:
    ready = [0]
    for kind, what in elements:
        if kind == "reload":
            ready.append(0)
        else:
            ready[-1] = max(ready[-1], problem.visits[what].release)
    first, last = about.shift
    found: list[Stop] = [(about.start, max(first, ready[0]), last, 0)]
    for kind, what in elements:
        if kind == "reload":
            ready.pop(0)
            found.append((what, ready[0], 2**62, about.reload_seconds))
        else:
            visit = problem.visits[what]
            found.append((visit.place, *visit.window, visit.service))
    return [*found, (about.end, first, last, 0)]


def _hours(problem: TourProblem, about: Vehicle, stops: Sequence[Stop]) -> tuple[int, int] | None:
    """Return (start, end): the end is the earliest, the start the latest that keeps it; None when an hour is missed.

    The start is found by halving: leaving later never makes anything earlier.
    """
    end = _end(problem, about, stops, stops[0][1])
    if end is None:
        return None
    low, high = stops[0][1], min(end, stops[0][2])
    while low < high:
        middle = (low + high + 1) // 2
        if _end(problem, about, stops, middle) == end:
            low = middle
        else:
            high = middle - 1
    return low, end


def _end(problem: TourProblem, about: Vehicle, stops: Sequence[Stop], start: int) -> int | None:
    now = start
    for at, (place, early, late, lasts) in enumerate(stops):
        if at:
            now += int(problem.seconds[about.network, stops[at - 1][0], place])
        now = max(now, early)
        if now > late:
            return None
        now += lasts
    return now
