"""The coverage rate of needs, month by month.

At the end of a month: needs said by then, not withdrawn by then, and among them those that had found an answer by then
and kept it. A need reopened since counts as waiting all along: the rate never flatters.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthCoverage:
    """One month end: needs that stood, and those answered; ``percent`` is None when no need stood."""

    on: date
    said: int
    answered: int

    @property
    def percent(self) -> int | None:
        """The part answered, in hundredths."""
        return round(100 * self.answered / self.said) if self.said else None


def month_ends(on: date, months: int = MONTHS) -> list[date]:
    """Return the last days of the months before, then ``on`` itself, oldest first."""
    found, first = [on], on.replace(day=1)
    for _ in range(months - 1):
        last = first - timedelta(days=1)
        found.append(last)
        first = last.replace(day=1)
    return found[::-1]


def coverage_by_month(*, pole: Pole, on: date, months: int = MONTHS) -> tuple[MonthCoverage, ...]:
    """Return the rate at each month end, in one query."""
    ends = month_ends(on, months)
    rows = Intent.objects.filter(pole=pole, kind=IntentKind.NEED).annotate(
        covered_on=Max("state_changes__at__date", filter=Q(state_changes__ends=IntentState.COVERED)),
        withdrawn_on=Max("state_changes__at__date", filter=Q(state_changes__ends=IntentState.WITHDRAWN)),
    )
    asked: dict[str, Any] = {}
    for place, end in enumerate(ends):
        stood = Q(said_on__lte=end) & (~Q(state=IntentState.WITHDRAWN) | Q(withdrawn_on__gt=end))
        answered = stood & Q(state=IntentState.COVERED) & (Q(covered_on__lte=end) | Q(covered_on=None))
        asked[f"said_{place}"] = Count("pk", filter=stood)
        asked[f"answered_{place}"] = Count("pk", filter=answered)
    counts = rows.aggregate(**asked)
    return tuple(
        MonthCoverage(end, counts[f"said_{place}"], counts[f"answered_{place}"])
        for place, end in enumerate(ends)
    )
