"""Pauses told to a solver that knows none.

When every vehicle has the same pause, the clock is folded: the time between the middle of the hours of the pause and
that time plus its length does not exist, hours after it come earlier. Otherwise the shift is shortened by the pause.
Either way the true timetable is then built and checked, pause included, by ``timetable.plan``.
"""

from collections.abc import Callable
from dataclasses import replace

from maillage_engine.methods.tour.problem import FOREVER, TourProblem, Vehicle


def without_pauses(problem: TourProblem) -> TourProblem:
    """Return a problem without pauses whose rounds should leave room for them."""
    pauses = {one.pause for one in problem.vehicles}
    if pauses == {None}:
        return problem
    if len(pauses) > 1:
        return _changed(problem, visits=lambda time: time, shift=_shortened)
    pause = next(iter(pauses))
    if pause is None:
        raise AssertionError("no pause at all was seen to above")
    middle, length = (pause.earliest + pause.latest) // 2, pause.seconds

    def folded(time: int) -> int:
        if time >= FOREVER or time <= middle:
            return time
        return max(middle, time - length)

    return _changed(problem, visits=folded, shift=lambda one: (folded(one.shift[0]), folded(one.shift[1])))


def _shortened(one: Vehicle) -> tuple[int, int]:
    if one.pause is None or one.shift[1] <= one.pause.latest:
        return one.shift
    return one.shift[0], max(one.shift[0], one.shift[1] - one.pause.seconds)


def _changed(
    problem: TourProblem, *, visits: Callable[[int], int], shift: Callable[[Vehicle], tuple[int, int]]
) -> TourProblem:
    return replace(
        problem,
        visits=tuple(
            replace(one, window=(visits(one.window[0]), visits(one.window[1])), release=visits(one.release))
            for one in problem.visits
        ),
        vehicles=tuple(replace(one, shift=shift(one), pause=None) for one in problem.vehicles),
    )
