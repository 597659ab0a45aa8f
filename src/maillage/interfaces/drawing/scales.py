"""Scales of a drawing: round steps for quantities; hours, days, weeks and months for time."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from maillage.core.french import NBSP
from maillage.core.periods import DAYS, MONTHS
from maillage.interfaces.drawing.words import said

TimeScale: TypeAlias = Literal["clock", "week", "months", "weeks", "days", "order"]
"""What the numbers of a time axis are: minutes from midnight; hours from Monday 0 h; months from January (0 to 12);
weeks, days; or the rank of a stop."""


LATEST = 1e12
"""A moment further than this is a mistake; it is not drawn."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: where, its words, and whether a phone shows the words too."""

    at: float
    words: str
    main: bool = True


def quantities(largest: float, unit: str = "", *, most: int = 4) -> tuple[float, list[Tick]]:
    """Return the end of an axis that begins at 0, and its ticks: 1, 2 or 5 times a power of ten apart."""
    if not math.isfinite(largest) or largest <= 0:
        return 1.0, [Tick(0.0, said(0, unit))]
    step = _round_step(largest / most)
    count = max(1, math.ceil(largest / step - 1e-9))
    end = step * count
    if not math.isfinite(end):
        return largest, [Tick(0.0, said(0, unit)), Tick(largest, said(largest, unit))]
    return end, [Tick(step * at, said(step * at, unit if at == count else "")) for at in range(count + 1)]


def _round_step(rough: float) -> float:
    power = math.floor(math.log10(rough)) if rough > 0 else 0
    for factor in (1, 2, 5, 10):
        step = factor * 10.0**power
        if step >= rough * (1 - 1e-9):
            return step or rough
    return rough


def is_moment(value: float) -> bool:
    """Tell whether a moment can stand on an axis."""
    return math.isfinite(value) and abs(value) <= LATEST


def time_words(scale: TimeScale) -> Callable[[float], str]:
    """Return how a moment of this scale is said."""
    return _SAID[scale]


def time_ticks(scale: TimeScale, start: float, end: float) -> tuple[float, float, list[Tick]]:
    """Return where the axis begins and ends, and its ticks (14 at most, 7 main ones)."""
    steps = {
        "clock": (15, 30, 60, 120, 240, 480, 1440),
        "week": (3, 6, 12, 24, 48, 168),
        "months": (1, 2, 3, 6, 12),
    }
    span = max(end - start, 1e-9)
    choices = (
        *steps.get(scale, (1, 2, 5)),
        *(base * 10.0**power for power in range(1, 300) for base in (1, 2, 5)),
    )
    step = next((one for one in choices if span / one <= 13), span)
    first, last = math.floor(start / step), math.ceil(end / step)
    if last <= first:
        last = first + 1
    every = 1 if last - first <= 6 else 2
    ticks = [
        Tick(step * at, _tick(scale, step * at), (at - first) % every == 0) for at in range(first, last + 1)
    ]
    return step * first, step * last, ticks


def _clock(minutes: float) -> str:
    if abs(minutes) > 1e7:
        return said(minutes)
    whole = round(minutes)
    days, rest = divmod(whole, 1440)
    hour, minute = divmod(rest, 60)
    if rest == 0 and days > 0:
        hour, days = 24, days - 1
    later = f" (j{days:+d})" if days else ""
    return f"{hour}{NBSP}h{f'{NBSP}{minute:02d}' if minute else ''}{later}"


def _week(hours: float) -> str:
    if not 0 <= hours <= 168:
        return said(hours, "h")
    day, hour = divmod(round(hours, 2), 24)
    if day >= len(DAYS):
        day, hour = day - 1, 24.0
    return f"{DAYS[int(day)]} {_clock(hour * 60)}"


def _tick(scale: TimeScale, moment: float) -> str:
    """An axis of whole days names the days alone."""
    if scale == "week" and moment % 24 == 0 and 0 <= moment <= 168:
        return DAYS[int(moment // 24)] if moment < 168 else ""
    return _SAID[scale](moment)


def _month(month: float) -> str:
    if month != int(month) or abs(month) > 1e6:
        return f"mois {said(month + 1)}"
    year, rank = divmod(int(month), 12)
    return MONTHS[rank] + (f" (an {year + 1})" if year else "")


_SAID: dict[TimeScale, Callable[[float], str]] = {
    "clock": _clock,
    "week": _week,
    "months": _month,
    "weeks": lambda week: f"sem.{NBSP}{said(week)}",
    "days": lambda day: f"jour{NBSP}{said(day)}",
    "order": lambda rank: "départ" if rank == 0 else f"n°{NBSP}{said(rank)}",
}
