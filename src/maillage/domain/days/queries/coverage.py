"""The coverage rate of needs, month by month.

At the end of a month: needs said by then, not withdrawn by then, and among them those that had found an answer by then
and kept it. A need reopened since counts as waiting all along: the rate never flatters.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, DateField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, TruncDate, TruncMonth
from django.db.models.lookups import GreaterThan

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent, StateChange

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
    """Return the rate at each month end, in one query: needs are gathered by month, whatever their number."""
    ends = month_ends(on, months)
    said, answered = dict.fromkeys(ends, 0), dict.fromkeys(ends, 0)
    for said_in, state, settled_in, count in _by_month(pole, on):
        for end in ends:
            month = end.replace(day=1)
            is_settled = settled_in is None or settled_in <= month
            if said_in > month or (state == IntentState.WITHDRAWN and is_settled):
                continue
            said[end] += count
            answered[end] += count if state == IntentState.COVERED and is_settled else 0
    return tuple(MonthCoverage(end, said[end], answered[end]) for end in ends)


def _by_month(pole: Pole, on: date) -> QuerySet[Intent, tuple[date, str, date | None, int]]:
    """Count the needs said by ``on``: by month, state, and the month they were last covered or withdrawn, if known.

    What came after ``on`` falls into the month after.
    """
    after = (on.replace(day=1) + timedelta(days=31)).replace(day=1)
    last = (
        StateChange.objects.filter(intent=OuterRef("pk"), ends=OuterRef("state"))
        .order_by("-at", "-pk")
        .values(month=Cast(TruncMonth(_until(TruncDate("at"), on, after)), DateField()))
    )
    settled = Case(
        When(state__in=(IntentState.COVERED, IntentState.WITHDRAWN), then=Subquery(last[:1])),
        output_field=DateField(),
    )
    return (
        Intent.objects.filter(pole=pole, kind=IntentKind.NEED, said_on__lte=on)
        .order_by()
        .annotate(said_in=TruncMonth("said_on"), settled_in=settled)
        .values_list("said_in", "state", "settled_in")
        .annotate(Count("pk"))
    )


def _until(day: TruncDate, on: date, after: date) -> Case:
    return Case(When(GreaterThan(day, Value(on)), then=Value(after)), default=day, output_field=DateField())
