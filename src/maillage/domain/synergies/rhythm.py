"""How long one waits for an answer: days of the calendar here, whatever the clock does at the end of March."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from maillage.domain.actors.models import Pole
from maillage.domain.synergies.models import AnswerRhythm


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A first letter, two reminders, then somebody is woken; the usual one until the pole decides otherwise."""

    first_reminder_days: int = 7
    second_reminder_days: int = 7
    wake_days: int = 5
    expires_days: int = 45


def rhythm_of(*, pole: Pole, on: date) -> Rhythm:
    """Return the rhythm of a pole on a day: its last row, or the usual one."""
    row = AnswerRhythm.objects.filter(pole=pole, since__lte=on).order_by("-since").first()
    if row is None:
        return Rhythm()
    return Rhythm(row.first_reminder_days, row.second_reminder_days, row.wake_days, row.expires_days)


def end_of_day(day: date) -> datetime:
    """Return the first moment of the next day, here: until then the day is not over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def day_of(at: datetime) -> date:
    """Return the day it is here at a moment."""
    return timezone.localtime(at).date()
