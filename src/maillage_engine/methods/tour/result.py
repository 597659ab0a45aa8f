"""What a round planner answers: rounds with their timetable, what was left out and why."""

from dataclasses import dataclass
from typing import Literal

from maillage_engine.stop import Status

Kind = Literal["start", "visit", "pause", "reload", "end"]
NOBODY = -1

Reason = Literal["material", "capacity", "window", "length", "pause", "together", "full", "late", "price"]
"""Why a visit is left out, each verified by trying it.

Alone in any vehicle: ``material`` (none takes it), ``capacity`` (none is large enough), ``window`` (none can be there
in its hours), ``length`` (the round would be too long), ``pause`` (no room for the driver's break). With the rounds
found, wherever it is put: ``together`` (its material may not ride with the others), ``full`` (no room left), ``late``
(some hour would be missed), ``price`` (it would cost more than its price).
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timetable.

    ``place`` of the problem; ``visit``: its row, -1 elsewhere; ``metres`` from the line before; ``arrival``, ``begin``
    and ``leave`` in seconds; ``load``: what is aboard when leaving, one number a dimension.
    """

    kind: Kind
    place: int
    visit: int
    metres: int
    arrival: int
    begin: int
    leave: int
    load: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One vehicle's day: ``vehicle`` is its row, ``copy`` counts vehicles alike from 0. ``cost`` in cost units."""

    vehicle: int
    copy: int
    lines: tuple[Line, ...]
    metres: int
    seconds: int
    cost: int

    @property
    def visits(self) -> tuple[int, ...]:
        """The rows of the visits, in order."""
        return tuple(line.visit for line in self.lines if line.kind == "visit")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """``reason`` why ``visit`` is not served; ``vehicle``: the one that comes nearest, -1 none.

    ``dimension``: which capacity is lacking, -1 none. ``amount``: what is lacking, in the unit of the reason
    (quantity, seconds late or too long, metres, cost units above the price).
    """

    visit: int
    reason: Reason
    vehicle: int = NOBODY
    dimension: int = -1
    amount: int = 0


@dataclass(frozen=True, slots=True)
class TourResult:
    """The best plan found.

    ``status``: ``optimal`` (cost = bound), ``feasible``, ``infeasible`` (proved: a visit that must be served fits
    nowhere even alone; the others are planned), ``stopped`` (visits that must be served are left out without proof).
    ``cost``: of the rounds plus the prizes of optional visits left out. ``bound``: proved, None when a visit that
    must be served is left out or none is known.
    """

    status: Status
    rounds: tuple[Round, ...]
    left_out: tuple[LeftOut, ...]
    cost: int
    bound: int | None
    iterations: int
    seed: int
    digest: str
    engine_version: str

    @property
    def metres(self) -> int:
        """Of all rounds."""
        return sum(one.metres for one in self.rounds)

    @property
    def seconds(self) -> int:
        """Of all rounds, pauses apart."""
        return sum(one.seconds for one in self.rounds)
