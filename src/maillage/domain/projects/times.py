"""Times as people here say them: a day and an hour in Paris, kept in UTC; the summer clock's traps said in words."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from maillage.core.errors import UserMistake
from maillage.core.periods import DAYS, MONTHS

HERE = ZoneInfo("Europe/Paris")


def moment_here(day: date, hour: time, *, field: str = "hour") -> datetime:
    """Return the moment, in UTC; an hour that the summer clock skips is refused, one it repeats is its first."""
    said = datetime.combine(day, hour, tzinfo=HERE)
    moment = said.astimezone(UTC)
    if moment.astimezone(HERE).replace(tzinfo=None) != said.replace(tzinfo=None):
        raise UserMistake(
            f"Cette nuit-là, on passe à l’heure d’été : {hour:%H} h {hour:%M} n’existe pas. "
            "Choisissez une autre heure.",
            field=field,
        )
    return moment


def said_moment(moment: datetime) -> str:
    """Say a moment in French: « jeudi 10 décembre 2026 à 18 h 30 »."""
    here = moment.astimezone(HERE)
    return f"{said_day(here.date())} à {said_hour(here.time())}"


def said_hour(hour: time) -> str:
    """Say an hour: « 9 h », « 18 h 30 »."""
    return f"{hour.hour} h" + (f" {hour.minute:02d}" if hour.minute else "")


def said_day(day: date) -> str:
    """Say a day: « jeudi 10 décembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]} {day.year}"
