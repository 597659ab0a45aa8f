"""The figures of a year for the facilitator's page, counted again only when something they count was written.

To count them reads every need and every fact of the year; most who open the page come when nothing has moved. What
was counted is kept with a witness: the last line of each history and register that the figures read, which no change
leaves as it was. It is kept a minute at most, for two writes may be confirmed in the other order than their numbers.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import caches
from django.db.models import Model, Subquery

from maillage.domain.actors.models import Pole
from maillage.domain.days.queries.coverage import MonthCoverage, coverage_by_month
from maillage.domain.days.queries.funnel import Funnel, funnel_of
from maillage.domain.days.queries.numbers import Said, three_numbers
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.ledger.models import Agreement, Commitment, EconomicEvent
from maillage.domain.matching.models import Decision
from maillage.domain.synergies.models import Synergy, SynergyChange, SynergyLine

# each of their changes adds a line to the history of the first, a line to the second themselves
_HISTORIES: tuple[Any, ...] = (Intent, Agreement, Commitment, Synergy, SynergyLine, Decision)
_REGISTERS = (StateChange, SynergyChange, EconomicEvent)
_KEPT_S = 60


@dataclass(frozen=True, slots=True)
class YearFigures:
    """The funnel of the year, the coverage month by month, the three numbers to say."""

    funnel: Funnel
    coverage: tuple[MonthCoverage, ...]
    numbers: tuple[Said, ...]


def figures_of_year(*, pole: Pole, on: date) -> YearFigures:
    """Return the figures of the year of ``on``, as they stand."""
    near, key = caches["near"], f"year:{pole.pk}:{on.isoformat()}:{_witness(pole)}"
    kept: YearFigures | None = near.get(key)
    if kept is None:
        kept = _counted(pole, on)
        near.set(key, kept, _KEPT_S)
    return kept


def _counted(pole: Pole, on: date) -> YearFigures:
    first_day = on.replace(month=1, day=1)
    coverage = coverage_by_month(pole=pole, on=on)
    return YearFigures(
        funnel=funnel_of(pole=pole, since=first_day),
        coverage=coverage,
        numbers=three_numbers(pole=pole, since=first_day, on=on, coverage=coverage[-1]),
    )


def _witness(pole: Pole) -> str:
    """Return the numbers of the last lines, read together."""
    written: list[type[Model]] = [*_REGISTERS, *(model.pgh_event_model for model in _HISTORIES)]
    last = [Subquery(model._default_manager.order_by("-pk").values("pk")[:1]) for model in written]
    found = Pole.objects.filter(pk=pole.pk).order_by().values_list(*last).first()
    return "-".join(str(number) for number in found or ())
