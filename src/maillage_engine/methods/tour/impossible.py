"""Visits that no round can hold, proved one by one before any search.

The hours are judged by the fastest way through any places (shortest paths), so that the proof holds even where the
matrix is faster by a detour than straight.
"""

from functools import cache

from maillage_engine.arrays import Int64s
from maillage_engine.methods.tour.paths import shortest
from maillage_engine.methods.tour.problem import TourProblem, Vehicle, Visit
from maillage_engine.methods.tour.result import LeftOut, Reason
from maillage_engine.methods.tour.timetable import Fault

NEAREST: tuple[Reason, ...] = ("material", "capacity", "window", "length", "pause")
"""From the refusal that is furthest from a yes to the nearest."""


class Impossible:
    """Judges visits of one problem."""

    def __init__(self, problem: TourProblem) -> None:
        self._problem = problem
        self._from = cache(self._shortest_from)
        self._to = cache(self._shortest_to)

    def of(self, row: int) -> LeftOut | None:
        """Return why no vehicle can serve this visit, the nearest refusal first; None when nothing proves it."""
        best: tuple[tuple[int, int], LeftOut] | None = None
        for vehicle in range(len(self._problem.vehicles)):
            fault = self._refusal(vehicle, row)
            if fault is None:
                return None
            reason = next(one for one in NEAREST if one == fault.reason)
            rank = (-NEAREST.index(reason), fault.amount)
            if best is None or rank < best[0]:
                best = (rank, LeftOut(row, reason, vehicle, fault.dimension, fault.amount))
        return None if best is None else best[1]

    def _refusal(self, vehicle: int, row: int) -> Fault | None:
        about, visit = self._problem.vehicles[vehicle], self._problem.visits[row]
        if not self._problem.takes(vehicle, row):
            return Fault("material")
        for at, most in enumerate(about.capacity):
            carried = max(visit.deliver[at], visit.collect[at])
            if carried > most:
                return Fault("capacity", carried - most, at)
        return self._hours(about, visit)

    def _hours(self, about: Vehicle, visit: Visit) -> Fault | None:
        out = int(self._from(about.network, about.start)[visit.place])
        back = int(self._to(about.network, about.end)[visit.place])
        begin = max(max(about.shift[0], visit.release) + out, visit.window[0])
        if begin > visit.window[1]:
            return Fault("window", begin - visit.window[1])
        over = begin + visit.service + back - about.shift[1]
        over = max(over, out + visit.service + back - about.longest_seconds)
        return Fault("length", over) if over > 0 else None

    def _shortest_from(self, network: int, place: int) -> Int64s:
        return shortest(self._problem.seconds[network], place)

    def _shortest_to(self, network: int, place: int) -> Int64s:
        return shortest(self._problem.seconds[network].T, place)
