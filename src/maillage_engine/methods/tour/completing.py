"""From orders to rounds: each is timed and checked, faulty ones are lightened, visits left are put where they fit.

A visit that stays out has been tried at every place of every round and alone in a vehicle that is free: the nearest
refusal is its reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from maillage_engine.methods.tour.problem import TourProblem, Vehicle
from maillage_engine.methods.tour.result import LeftOut, Reason, Round
from maillage_engine.methods.tour.timetable import RELOAD, Fault, plan
from maillage_engine.solvers.pyvrp_door import Order

REASON_OF: dict[str, Reason] = {
    "material": "material",
    "together": "together",
    "capacity": "full",
    "window": "late",
    "length": "late",
    "pause": "pause",
}
NEAREST: tuple[Reason, ...] = ("material", "together", "full", "late", "pause", "price")


@dataclass(frozen=True, slots=True)
class Completed:
    """Rounds in the order of the vehicles, and the visits asked for that none holds."""

    rounds: tuple[Round, ...]
    left_out: tuple[LeftOut, ...]


def complete(problem: TourProblem, orders: Sequence[Order], asked: Sequence[int]) -> Completed:
    """Return the rounds of ``orders``, with as many more of the visits ``asked`` as fit."""
    fleet = _Fleet(problem)
    for vehicle, order in orders:
        fleet.drive(vehicle, order)
    waiting = sorted(
        set(asked) - fleet.served,
        key=lambda row: (problem.visits[row].prize is not None, -problem.visits[row].priority, row),
    )
    left: list[LeftOut] = []
    for row in waiting:
        refusal = fleet.put(row)
        if refusal is not None:
            left.append(refusal)
    return Completed(fleet.numbered(), tuple(left))


def _refusal(
    row: int, vehicle: int, found: Round | Fault | None, over: int
) -> tuple[tuple[int, int], LeftOut]:
    """Return a refusal, with what sorts the nearest to a yes first; ``over``: cost above the price, if that is it."""
    if isinstance(found, Fault):
        reason = REASON_OF[found.reason]
        told = LeftOut(row, reason, vehicle, found.dimension, found.amount)
    else:
        told = LeftOut(row, "price", vehicle, amount=over)
    return (-NEAREST.index(told.reason), told.amount), told


class _Fleet:
    def __init__(self, problem: TourProblem) -> None:
        self._problem = problem
        self._rounds: list[Round] = []
        self._orders: list[tuple[int, ...]] = []
        self.served: set[int] = set()

    def drive(self, vehicle: int, order: Sequence[int]) -> None:
        """Add a round when a vehicle is free, without the visits that make it impossible."""
        if not self._free(vehicle):
            return
        kept = tuple(order)
        planned = plan(self._problem, vehicle, kept)
        while isinstance(planned, Fault) and kept:
            kept = self._lighter(vehicle, kept)
            planned = plan(self._problem, vehicle, kept)
        if isinstance(planned, Round) and planned.visits:
            self._rounds.append(planned)
            self._orders.append(kept)
            self.served.update(planned.visits)

    def put(self, row: int) -> LeftOut | None:
        """Put the visit where it costs least; return the nearest refusal when it fits nowhere or costs too much.

        Where the metres alone cost more than its price, the hours are not even looked at.
        """
        prize = self._problem.visits[row].prize
        best: tuple[int, int, tuple[int, ...], Round] | None = None
        nearest: tuple[tuple[int, int], LeftOut] | None = None
        for at, vehicle, order, least in self._places(row):
            found = None if prize is not None and least > prize else plan(self._problem, vehicle, order)
            if isinstance(found, Round):
                added = found.cost - (self._rounds[at].cost if at >= 0 else 0)
                if prize is None or added <= prize:
                    if best is None or added < best[0]:
                        best = (added, at, order, found)
                    continue
                least = added
            refusal = _refusal(row, vehicle, found, least - (prize or 0))
            if nearest is None or refusal[0] < nearest[0]:
                nearest = refusal
        if best is None:
            return LeftOut(row, "full") if nearest is None else nearest[1]
        self._keep(*best[1:])
        return None

    def numbered(self) -> tuple[Round, ...]:
        """Return the rounds sorted by vehicle, copies counted from 0."""
        counts: dict[int, int] = {}
        found = []
        for one in sorted(self._rounds, key=lambda round_: (round_.vehicle, round_.visits)):
            copy = counts.get(one.vehicle, 0)
            counts[one.vehicle] = copy + 1
            found.append(Round(one.vehicle, copy, one.lines, one.metres, one.seconds, one.cost))
        return tuple(found)

    def _free(self, vehicle: int) -> bool:
        used = sum(one.vehicle == vehicle for one in self._rounds)
        return used < self._problem.vehicles[vehicle].number

    def _lighter(self, vehicle: int, order: tuple[int, ...]) -> tuple[int, ...]:
        """Drop one visit: one that makes the round possible if there is one, the least missed, else the last."""
        tried = [order[:at] + order[at + 1 :] for at in range(len(order))]
        good = [one for one in tried if isinstance(plan(self._problem, vehicle, one), Round)]
        if not good:
            return order[:-1]
        return min(good, key=lambda one: self._missed(set(order) - set(one)))

    def _missed(self, dropped: set[int]) -> tuple[int, int]:
        visits = [self._problem.visits[row] for row in dropped if row >= 0]
        return (
            sum(one.priority for one in visits if one.prize is None),
            sum(one.prize or 0 for one in visits),
        )

    def _places(self, row: int) -> Iterator[tuple[int, int, tuple[int, ...], int]]:
        """Yield (round or -1, vehicle, order with the visit, least cost) of every place, then of free vehicles."""
        place = self._problem.visits[row].place
        for at, (one, order) in enumerate(zip(self._rounds, self._orders, strict=True)):
            about = self._problem.vehicles[one.vehicle]
            stops = [about.start, *(self._place(about, element) for element in order), about.end]
            ways = self._ways(one.vehicle, order, row)
            for rank in range(len(order) + 1):
                detour = self._cost(about, (stops[rank], place, stops[rank + 1]))
                least = detour - self._cost(about, (stops[rank], stops[rank + 1]))
                for added in ways:
                    yield at, one.vehicle, (*order[:rank], *added, *order[rank:]), least
        for vehicle, about in enumerate(self._problem.vehicles):
            if self._free(vehicle):
                yield (
                    -1,
                    vehicle,
                    (row,),
                    about.fixed_cost + self._cost(about, (about.start, place, about.end)),
                )

    def _place(self, about: Vehicle, element: int) -> int:
        return self._problem.visits[element].place if element >= 0 else about.reload_at[RELOAD - element]

    def _cost(self, about: Vehicle, stops: Sequence[int]) -> int:
        """Return what the metres between these places cost."""
        metres = self._problem.metres[about.network]
        return about.metre_cost * sum(int(metres[one, other]) for one, other in pairwise(stops))

    def _ways(self, vehicle: int, order: Sequence[int], row: int) -> list[tuple[int, ...]]:
        """Return the visit as it is, and with an unloading before or after it when one more is allowed."""
        about = self._problem.vehicles[vehicle]
        done = sum(element < 0 for element in order)
        if not about.reload_at or (about.most_reloads is not None and done >= about.most_reloads):
            return [(row,)]
        unloads = [RELOAD - rank for rank in range(len(about.reload_at))]
        return [(row,), *((one, row) for one in unloads), *((row, one) for one in unloads)]

    def _keep(self, at: int, order: tuple[int, ...], found: Round) -> None:
        if at >= 0:
            self._rounds[at], self._orders[at] = found, order
        else:
            self._rounds.append(found)
            self._orders.append(order)
        self.served.update(found.visits)
