"""Plan several days: visits that come back every n days are given their first day, then each day has its rounds.

The days are chosen so that they are alike (the heaviest day first), then so that visits of one day are near each
other. When the choices are few they are all weighed; otherwise each visit in turn, the largest first, takes the best
day, and visits move as long as a move helps. The balance is proved only in the first case (``exact``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.methods.tour.planning import DEFAULT_STOP, tour
from maillage_engine.methods.tour.problem import TourProblem
from maillage_engine.methods.tour.result import TourResult
from maillage_engine.stop import Stop

MOST_CHOICES = 20_000
"""Ways to choose the days that are all weighed."""
MOST_SWEEPS = 20
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A visit comes every ``every`` days, on ``allowed`` days of the horizon only (None: any)."""

    every: int
    allowed: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """``rows``: the visits of the problem on that day, empty without any (``result`` is then None)."""

    day: int
    rows: tuple[int, ...]
    problem: TourProblem | None
    result: TourResult | None


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """``first_day`` of each visit; ``loads``: what each day carries, in thousandths of the fleet's capacity."""

    days: tuple[Day, ...]
    first_day: tuple[int, ...]
    loads: tuple[int, ...]
    exact: bool


def plan_week(
    problem: TourProblem,
    rhythms: Sequence[Rhythm],
    *,
    days: int,
    stop: Stop = DEFAULT_STOP,
    seed: int = 0,
    workers: int = 1,
) -> WeekPlan:
    """Return the rounds of ``days`` days; quantities are those of one passage.

    ``stop`` is shared by the days in equal parts. Raises ``InvalidArgument`` when ``days`` is not 1 to 366,
    ``InvalidProblem`` when a rhythm cannot be kept.
    """
    if not 1 <= days <= 366:
        raise InvalidArgument("days", "planifiez de 1 à 366 jours.")
    if len(rhythms) != len(problem.visits):
        raise InvalidArgument("rhythms", "il en faut un par arrêt.")
    options = [_options(rhythm, days, row) for row, rhythm in enumerate(rhythms)]
    chosen, exact = _balanced(problem, options, days)
    plans, watch = [], stop.watch()
    filled = sum(1 for day in range(days) if any(day in one for one in chosen))
    for day in range(days):
        rows = tuple(row for row, kept in enumerate(chosen) if day in kept)
        watch.check()
        if not rows:
            plans.append(Day(day, (), None, None))
            continue
        part = replace(problem, visits=tuple(problem.visits[row] for row in rows))
        plans.append(Day(day, rows, part, tour(part, stop=_part(stop, filled), seed=seed, workers=workers)))
    return WeekPlan(tuple(plans), tuple(one[0] for one in chosen), _loads(problem, chosen, days), exact)


def _options(rhythm: Rhythm, days: int, row: int) -> list[tuple[int, ...]]:
    """Return the days of each possible first day."""
    if rhythm.every < 1:
        raise InvalidProblem("every", "le rythme est d’un jour au moins.", row=row)
    found = []
    for first in range(min(rhythm.every, days)):
        kept = tuple(range(first, days, rhythm.every))
        if rhythm.allowed is None or set(kept) <= rhythm.allowed:
            found.append(kept)
    if not found:
        raise InvalidProblem("every", "aucun jour permis ne tient ce rythme.", row=row)
    return found


def _part(stop: Stop, filled: int) -> Stop:
    return replace(
        stop,
        seconds=None if stop.seconds is None else stop.seconds / filled,
        iterations=None if stop.iterations is None else max(stop.iterations // filled, 20),
    )


def _weights(problem: TourProblem) -> list[int]:
    """Return what each visit takes of the whole fleet, in thousandths, its scarcest dimension; 1 at least."""
    found = []
    for one in problem.visits:
        shares = [1]
        for at in range(len(problem.dimensions)):
            room = sum(vehicle.capacity[at] * vehicle.number for vehicle in problem.vehicles)
            carried = max(one.deliver[at], one.collect[at])
            if room and carried:
                shares.append(-(-THOUSAND * carried // room))
        found.append(max(shares))
    return found


def _loads(problem: TourProblem, chosen: Sequence[tuple[int, ...]], days: int) -> tuple[int, ...]:
    loads = [0] * days
    for weight, kept in zip(_weights(problem), chosen, strict=True):
        for day in kept:
            loads[day] += weight
    return tuple(loads)


def _spread(problem: TourProblem, chosen: Sequence[tuple[int, ...]], days: int) -> int:
    """Return, over the days, how far each visit is from the nearest other of its day: small when days are compact."""
    metres, total = problem.metres.min(axis=0), 0
    for day in range(days):
        places = [problem.visits[row].place for row, kept in enumerate(chosen) if day in kept]
        for at, place in enumerate(places):
            others = [int(metres[place, other]) for rank, other in enumerate(places) if rank != at]
            total += min(others, default=int(metres[problem.vehicles[0].start, place]))
    return total


def _value(problem: TourProblem, chosen: Sequence[tuple[int, ...]], days: int) -> tuple[tuple[int, ...], int]:
    return tuple(sorted(_loads(problem, chosen, days), reverse=True)), _spread(problem, chosen, days)


def _balanced(
    problem: TourProblem, options: Sequence[list[tuple[int, ...]]], days: int
) -> tuple[list[tuple[int, ...]], bool]:
    """Return the days of each visit, and whether every way was weighed."""
    ways = prod(len(one) for one in options)
    if ways * len(options) <= MOST_CHOICES:
        best = min(product(*options), key=lambda chosen: _value(problem, chosen, days))
        return list(best), True
    return _Dealing(problem, options, days).deal(), False


class _Dealing:
    """Each visit in turn takes the best of its days, then moves as long as a move helps."""

    def __init__(self, problem: TourProblem, options: Sequence[list[tuple[int, ...]]], days: int) -> None:
        self._options = options
        self._weights = _weights(problem)
        self._metres = problem.metres.min(axis=0)
        self._places = [one.place for one in problem.visits]
        self._loads = [0] * days
        self._members: list[list[int]] = [[] for _ in range(days)]

    def deal(self) -> list[tuple[int, ...]]:
        """Return the days of each visit, the largest and the least free placed first."""
        rows = range(len(self._options))
        order = sorted(rows, key=lambda row: (len(self._options[row]), -self._weights[row], row))
        chosen: list[tuple[int, ...]] = [()] * len(self._options)
        for _ in range(1 + MOST_SWEEPS):
            moved = False
            for row in order:
                before = chosen[row]
                self._put(row, before, -1)
                after = min(
                    self._options[row], key=lambda kept: (self._worth(row, kept), kept != before, kept)
                )
                self._put(row, after, 1)
                chosen[row] = after
                moved = moved or after != before
            if not moved:
                break
        return chosen

    def _worth(self, row: int, kept: tuple[int, ...]) -> tuple[int, int]:
        """The fullest day it would make, in steps so that near counts between days about alike; then the distance."""
        near = sum(
            min(
                (int(self._metres[self._places[row], self._places[one]]) for one in self._members[day]),
                default=0,
            )
            for day in kept
        )
        step = max(max(self._loads) // 20, 1)
        return max(self._loads[day] + self._weights[row] for day in kept) // step, near

    def _put(self, row: int, kept: tuple[int, ...], sign: int) -> None:
        for day in kept:
            self._loads[day] += sign * self._weights[row]
            if sign > 0:
                self._members[day].append(row)
            else:
                self._members[day].remove(row)
