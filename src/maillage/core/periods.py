"""How often, when in the week, which months: the calendar of an intent.

A weekly pattern is 168 hours from Monday 00:00, kept in JSON as slots
``{"day": 0-6, "from_hour": 0-23, "to_hour": 1-24}`` and handed to the engine as 21 bytes (``numpy.packbits`` order:
the first hour is the highest bit).
A seasonality is twelve weights 0 to 100, January first; 0 means "never that month".
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from maillage.core.errors import UserMistake

HOURS_A_WEEK = 168
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


class Period(StrEnum):
    """How often a quantity comes back."""

    ONCE = "once"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


PERIOD_LABELS: dict[Period, str] = {
    Period.ONCE: "une fois",
    Period.DAY: "par jour",
    Period.WEEK: "par semaine",
    Period.MONTH: "par mois",
    Period.QUARTER: "par trimestre",
    Period.YEAR: "par an",
}

# Convention: a civil year has 365 days, 52 whole weeks. "Once" counts once in twelve months.
TIMES_A_YEAR: dict[Period, int] = {
    Period.ONCE: 1,
    Period.DAY: 365,
    Period.WEEK: 52,
    Period.MONTH: 12,
    Period.QUARTER: 4,
    Period.YEAR: 1,
}


class Slot(TypedDict):
    """One stretch of a week: ``day`` 0 is Monday, hours are whole, ``to`` is excluded."""

    day: int
    from_hour: int
    to_hour: int


def over_twelve_months(value: Decimal, period: Period) -> Decimal:
    """Return what ``value`` a ``period`` makes over twelve months."""
    return value * TIMES_A_YEAR[period]


def week_mask(slots: Sequence[Slot]) -> bytes:
    """Return the 21 bytes of a weekly pattern; no slot means "any time" and gives 21 full bytes.

    Raises ``UserMistake`` when a slot is not inside one day.
    """
    if not slots:
        return b"\xff" * (HOURS_A_WEEK // 8)
    bits = [0] * HOURS_A_WEEK
    for slot in slots:
        day, start, end = slot["day"], slot["from_hour"], slot["to_hour"]
        if not (0 <= day <= 6 and 0 <= start < end <= 24):
            raise UserMistake(
                "Un créneau commence et finit le même jour, par exemple mardi de 8 h à 12 h.", field="weekly"
            )
        for hour in range(day * 24 + start, day * 24 + end):
            bits[hour] = 1
    return bytes(int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, HOURS_A_WEEK, 8))


def check_seasonality(weights: Sequence[int]) -> None:
    """Refuse a seasonality that is not twelve weights from 0 to 100, or that leaves no month."""
    if len(weights) != 12 or any(not 0 <= weight <= 100 for weight in weights):
        raise UserMistake("La saisonnalité compte douze mois, chacun de 0 à 100.", field="seasonality")
    if not any(weights):
        raise UserMistake("Il faut garder au moins un mois dans l’année.", field="seasonality")


def describe_week(slots: Sequence[Slot]) -> str:
    """Say a weekly pattern in French: « du lundi au vendredi de 5 h à 8 h, samedi ». No slot: « tous les jours »."""
    if not slots:
        return "tous les jours"
    by_hours: dict[tuple[int, int], list[int]] = {}
    for slot in sorted(slots, key=lambda one: (one["day"], one["from_hour"])):
        by_hours.setdefault((slot["from_hour"], slot["to_hour"]), []).append(slot["day"])
    said = []
    for (start, end), days in by_hours.items():
        hours = "" if (start, end) == (0, 24) else f" de {start} h à {end} h"
        said.append(_days(sorted(set(days))) + hours)
    return ", ".join(said)


def _days(days: Sequence[int]) -> str:
    """Say days in French: « mardi », « lundi et jeudi », « du lundi au vendredi », « tous les jours »."""
    if len(days) == len(DAYS):
        return "tous les jours"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    names = [DAYS[day] for day in days]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " et " + names[-1]


def describe_months(weights: Sequence[int]) -> str:
    """Say which months count: « toute l’année », « d’octobre à mars », « mai, juin et septembre »."""
    kept = [month for month in range(12) if not weights or weights[month] > 0]
    if len(kept) == 12:
        return "toute l’année"
    gaps = [month for month in kept if (month - 1) % 12 not in kept]
    if len(gaps) == 1 and len(kept) > 1:
        first, last = MONTHS[gaps[0]], MONTHS[(gaps[0] + len(kept) - 1) % 12]
        return f"{'d’' if first[0] in 'aeo' else 'de '}{first} à {last}"
    names = [MONTHS[month] for month in kept]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " et " + names[-1]
