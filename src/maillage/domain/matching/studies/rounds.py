"""Rounds: from the intents that were ticked to the days of a van."""

from collections.abc import Sequence
from typing import Any

from maillage.core.errors import UserMistake
from maillage.core.periods import Period, over_twelve_months
from maillage.core.quantities import Dimension, unit_named, units
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.problem_rows import IntentRow
from maillage.domain.matching.rows import rows_of
from maillage.domain.matching.studies.listening import Listener
from maillage.domain.matching.studies.outcome import StudyInput, StudyOutcome
from maillage.domain.matching.studies.round_rows import RoundsAsked, RoundStop, RoundVehicle

DAYS_IN_YEAR = 365
WHOLE_DAY = (0, 24 * 60)
ALL_WEEK = frozenset(range(7))
MOST_STOPS = 300


def can_be_collected(*, pole: Pole) -> list[Intent]:
    """The open intents that a van can take or bring: a mass or a volume, at a known place."""
    rows = Intent.objects.filter(pole=pole, state=IntentState.OPEN, quantity__isnull=False, unit__in=_units())
    rows = rows.select_related("author", "municipality", "site__municipality").prefetch_related(
        "holds", "requires"
    )
    return list(rows.order_by("title", "pk"))


def _units() -> list[str]:
    wanted = {Dimension.MASS, Dimension.VOLUME}
    return [one.code for one in units().values() if one.dimension in wanted]


def carry_out(given: StudyInput) -> StudyOutcome:
    """Plan the rounds that were asked. Raises ``UserMistake`` when no stop can be visited."""
    from maillage.domain.matching.bridges.rounds import plan_rounds  # noqa: PLC0415 - the solver takes a second to load

    told = given.parameters
    listener = Listener(given.progress, total=3)
    listener.step(0, "Lire les arrêts")
    stops, without_place = _stops(given.pole, told["stops"])
    if not stops:
        raise UserMistake("Aucun arrêt n’a de lieu connu. Donnez la commune de chacun, puis recommencez.")
    asked = RoundsAsked(
        depot=(told["depot"]["latitude"], told["depot"]["longitude"]),
        stops=tuple(stops),
        vehicles=tuple(RoundVehicle(**one) for one in told["vehicles"]),
        days=told["days"],
        service_minutes=told["service_minutes"],
        factor=told["factor"],
        kmh=told["kmh"],
        iterations=told["iterations"],
    )
    listener.step(1, "Chercher les meilleures tournées")
    outcome = plan_rounds(asked, seed=given.seed, cancelled=listener.cancelled)
    listener.step(2, "Enregistrer")
    outcome.result["without_place"] = without_place
    return outcome


def _stops(pole: Pole, wanted: Sequence[dict[str, Any]]) -> tuple[list[RoundStop], list[str]]:
    every = {int(one["intent"]): int(one["every"]) for one in wanted}
    intents = [one for one in can_be_collected(pole=pole) if one.pk in every]
    stops, without_place = [], []
    for row in rows_of(intents):
        if row.latitude is None or row.longitude is None:
            without_place.append(row.key)
            continue
        stops.append(_stop(row, every[int(row.key)]))
    return stops, without_place


def _stop(row: IntentRow, every: int) -> RoundStop:
    kg = m3 = 0.0
    amount = _at_one_passage(row, every)
    if unit_named(row.unit).dimension is Dimension.MASS:
        kg = amount
    else:
        m3 = amount
    open_days, (opens, closes) = _open(row)
    return RoundStop(
        key=row.key,
        latitude=row.latitude or 0.0,
        longitude=row.longitude or 0.0,
        kg=kg,
        m3=m3,
        every=every,
        open_days=open_days,
        opens=opens,
        closes=closes,
    )


def _at_one_passage(row: IntentRow, every: int) -> float:
    """What has gathered since the last passage, in kg or m³; what is there once is taken at once."""
    if row.quantity is None:
        return 0.0
    base = row.quantity * unit_named(row.unit).factor
    if Period(row.period) is Period.ONCE:
        return float(base)
    return float(over_twelve_months(base, Period(row.period))) * every / DAYS_IN_YEAR


def _open(row: IntentRow) -> tuple[frozenset[int], tuple[int, int]]:
    """The days and the widest hours of a stop; all when it says nothing."""
    if not row.weekly:
        return ALL_WEEK, WHOLE_DAY
    days = frozenset(slot["day"] for slot in row.weekly)
    return days, (
        min(slot["from_hour"] for slot in row.weekly) * 60,
        max(slot["to_hour"] for slot in row.weekly) * 60,
    )
