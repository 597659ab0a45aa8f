"""When a resource is free: the next time of the same length, that day or one of the next."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from maillage.core.french import NBSP
from maillage.core.periods import DAYS, MONTHS

OPENS = time(8)
CLOSES = time(20)
DAYS_AHEAD = 14

Span = tuple[datetime, datetime]


def is_free(span: Span, busy: Sequence[Span]) -> bool:
    """Say whether a span (end excluded) meets none of the busy ones."""
    return all(span[1] <= start or end <= span[0] for start, end in busy)


def next_free(*, start: datetime, end: datetime, busy: Sequence[Span], zone: tzinfo) -> Span | None:
    """Return the free span of the same length nearest to the one asked for, that day, then the days after.

    That day counts from 8 h to 20 h, or more when what was asked goes beyond; the next days keep the hour.
    """
    length = end - start
    local_start, local_end = start.astimezone(zone), end.astimezone(zone)
    if local_start.date() == local_end.date():
        day = local_start.date()
        opens = min(datetime.combine(day, OPENS, zone), local_start)
        closes = max(datetime.combine(day, CLOSES, zone), local_end)
        starts = [
            start,
            opens,
            closes - length,
            *(there for span in busy for there in (span[1], span[0] - length)),
        ]
        spans = [(at, at + length) for at in starts if opens <= at and at + length <= closes]
        found = sorted((span for span in spans if is_free(span, busy)), key=lambda span: abs(span[0] - start))
        if found:
            return found[0]
    for days in range(1, DAYS_AHEAD + 1):
        at = datetime.combine(local_start.date() + timedelta(days=days), local_start.time(), zone)
        if is_free((at, at + length), busy):
            return at, at + length
    return None


def say_day(day: date) -> str:
    """Write « mardi 24 novembre »."""
    return f"{DAYS[day.weekday()]} {day.day}{NBSP}{MONTHS[day.month - 1]}"


def say_hour(at: datetime) -> str:
    """Write « 9 h » or « 9 h 30 »."""
    return f"{at.hour}{NBSP}h" + (f"{NBSP}{at.minute:02d}" if at.minute else "")


def say_span(span: Span, zone: tzinfo, *, same_day: date | None = None) -> str:
    """Write « mardi 24 novembre de 9 h à 12 h »; a span of ``same_day`` says « le même jour »."""
    start, end = span[0].astimezone(zone), span[1].astimezone(zone)
    if start.date() != end.date():
        return f"du {say_day(start.date())}, {say_hour(start)}, au {say_day(end.date())}, {say_hour(end)}"
    day = "le même jour" if start.date() == same_day else say_day(start.date())
    return f"{day} de {say_hour(start)} à {say_hour(end)}"
