"""The timetable of one round: the order is given, the hours and the pause are found.

Ends as early as can be, then leaves as late as can be for that end: the shortest round among those that end first.
The pause is tried at each place of the round, before and after each service, and the best kept: earliest end, then
shortest, then earliest place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillage_engine.methods.tour.problem import FOREVER, TourProblem, Vehicle
from maillage_engine.methods.tour.result import NOBODY, Kind, Line, Round

RELOAD = -2
"""In an order, ``RELOAD - k`` is the k-th reload place of the vehicle; a number from 0 is a visit."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done at a place: may begin within ``early``–``late``, lasts ``service``."""

    kind: Kind
    place: int
    visit: int
    early: int
    late: int
    service: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an order cannot be driven: ``reason`` as in ``LeftOut``, with the dimension and what is lacking."""

    reason: str
    amount: int = 0
    dimension: int = -1


def plan(problem: TourProblem, vehicle: int, order: Sequence[int], *, copy: int = 0) -> Round | Fault:
    """Return the round of ``vehicle`` through ``order``, or why it cannot be."""
    about = problem.vehicles[vehicle]
    loads = _loads(problem, vehicle, order)
    if isinstance(loads, Fault):
        return loads
    steps = _steps(problem, about, order)
    timed = _timed(problem, about, steps)
    if isinstance(timed, Fault):
        return timed
    steps, begins = timed
    return _round(problem, vehicle, copy, steps, begins, loads)


def cost_of(about: Vehicle, metres: int, seconds: int) -> int:
    """Return the cost units of a round of that length and that time, its pause apart."""
    return about.fixed_cost + about.metre_cost * metres + about.second_cost * seconds


def pause_asked(about: Vehicle, start: int, end: int) -> bool:
    """Whether a round from ``start`` to ``end`` must hold the vehicle's pause."""
    pause = about.pause
    return pause is not None and end > pause.latest and start < pause.earliest + pause.seconds


def _loads(problem: TourProblem, vehicle: int, order: Sequence[int]) -> list[tuple[int, ...]] | Fault:
    """Return what is aboard after the start and after each element, or the capacity or material that refuses."""
    about = problem.vehicles[vehicle]
    aboard = [problem.visits[visit].material for visit in order if visit >= 0]
    for visit in order:
        if visit >= 0 and not problem.takes(vehicle, visit):
            return Fault("material")
    if any(frozenset((one, other)) in problem.forbidden for one in aboard for other in aboard):
        return Fault("together")
    trips: list[list[int]] = [[]]
    for visit in order:
        if visit >= 0:
            trips[-1].append(visit)
        else:
            trips.append([])
    found: list[tuple[int, ...]] = []
    for trip in trips:
        load = [
            sum(problem.visits[visit].deliver[at] for visit in trip) for at in range(len(problem.dimensions))
        ]
        found.append(tuple(load))
        for visit in trip:
            one = problem.visits[visit]
            load = [
                now - out + inside for now, out, inside in zip(load, one.deliver, one.collect, strict=True)
            ]
            found.append(tuple(load))
    for load_then in found:
        for at, (now, most) in enumerate(zip(load_then, about.capacity, strict=True)):
            if now > most:
                return Fault("capacity", now - most, at)
    return found


def _steps(problem: TourProblem, about: Vehicle, order: Sequence[int]) -> list[Step]:
    first, last = about.shift
    released = _releases(problem, order)
    steps = [Step("start", about.start, NOBODY, max(first, released[0]), last, 0)]
    trip = 0
    for element in order:
        if element >= 0:
            one = problem.visits[element]
            steps.append(Step("visit", one.place, element, *one.window, one.service))
        else:
            trip += 1
            place = about.reload_at[RELOAD - element]
            # what the next trip delivers must be there before it is loaded
            steps.append(Step("reload", place, NOBODY, released[trip], FOREVER, about.reload_seconds))
    return [*steps, Step("end", about.end, NOBODY, first, last, 0)]


def _releases(problem: TourProblem, order: Sequence[int]) -> list[int]:
    found = [0]
    for element in order:
        if element >= 0:
            found[-1] = max(found[-1], problem.visits[element].release)
        else:
            found.append(0)
    return found


def _timed(problem: TourProblem, about: Vehicle, steps: list[Step]) -> tuple[list[Step], list[int]] | Fault:
    """Return the steps, the pause put in, and when each begins."""
    begins = _begins(problem, about, steps)
    if isinstance(begins, Fault):
        return begins
    if not pause_asked(about, begins[0], begins[-1]):
        over = _too_long(about, steps, begins)
        return Fault("length", over) if over > 0 else (steps, begins)
    pause = about.pause
    if pause is None:
        raise AssertionError("a pause that nobody asks for")
    best: tuple[tuple[int, int], list[Step], list[int]] | None = None
    for at in range(1, len(steps)):
        for place in (steps[at - 1].place, steps[at].place):
            rest = Step("pause", place, NOBODY, pause.earliest, pause.latest, pause.seconds)
            tried = [*steps[:at], rest, *steps[at:]]
            found = _begins(problem, about, tried)
            if not isinstance(found, Fault) and _too_long(about, tried, found) <= 0:
                rank = (found[-1], found[-1] - found[0])
                if best is None or rank < best[0]:
                    best = (rank, tried, found)
    return Fault("pause") if best is None else (best[1], best[2])


def _begins(problem: TourProblem, about: Vehicle, steps: Sequence[Step]) -> list[int] | Fault:
    travel = problem.seconds[about.network]
    earliest: list[int] = []
    now = 0
    for at, step in enumerate(steps):
        if at:
            now += int(travel[steps[at - 1].place, step.place])
        now = max(now, step.early)
        if now > step.late:
            return Fault("window", now - step.late)
        earliest.append(now)
        now += step.service
    latest = list(earliest)
    for at in range(len(steps) - 2, -1, -1):
        step, after = steps[at], steps[at + 1]
        room = latest[at + 1] - int(travel[step.place, after.place]) - step.service
        latest[at] = min(step.late, room)
    begins = [latest[0]]
    for at in range(1, len(steps)):
        before = steps[at - 1]
        arrival = begins[-1] + before.service + int(travel[before.place, steps[at].place])
        begins.append(max(arrival, steps[at].early))
    return begins


def _too_long(about: Vehicle, steps: Sequence[Step], begins: Sequence[int]) -> int:
    """Return by how many seconds the round is too long, its pause apart; 0 or under when it is not."""
    rest = sum(step.service for step in steps if step.kind == "pause")
    return begins[-1] - begins[0] - rest - about.longest_seconds


def _round(
    problem: TourProblem,
    vehicle: int,
    copy: int,
    steps: Sequence[Step],
    begins: Sequence[int],
    loads: Sequence[tuple[int, ...]],
) -> Round | Fault:
    about = problem.vehicles[vehicle]
    lines: list[Line] = []
    loaded = iter(loads)
    load = next(loaded)
    for step, begin in zip(steps, begins, strict=True):
        before = lines[-1] if lines else None
        metres = int(problem.metres[about.network, before.place, step.place]) if before else 0
        travel = int(problem.seconds[about.network, before.place, step.place]) if before else 0
        arrival = before.leave + travel if before else begin
        if step.kind in {"visit", "reload"}:
            load = next(loaded)
        elif step.kind == "end":
            load = (0,) * len(load)
        lines.append(
            Line(step.kind, step.place, step.visit, metres, arrival, begin, begin + step.service, load)
        )
    metres = sum(line.metres for line in lines)
    if metres > about.longest_metres:
        return Fault("length", metres - about.longest_metres)
    rest = sum(line.leave - line.begin for line in lines if line.kind == "pause")
    seconds = lines[-1].leave - lines[0].begin - rest
    return Round(vehicle, copy, tuple(lines), metres, seconds, cost_of(about, metres, seconds))


def shifted(one: Round, copy: int) -> Round:
    """Return the same round by another vehicle alike."""
    return replace(one, copy=copy)
