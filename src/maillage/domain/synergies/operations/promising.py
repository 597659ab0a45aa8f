"""What an offer can still give: counted behind its lock, so that two last yes never promise it twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, Q, Sum, When

from maillage.domain.exchanges.enums import PeriodChoice
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Synergy, SynergyLine
from maillage.domain.synergies.operations.locking import offers_locked
from maillage.domain.synergies.states import HOLDING

HELD = Q(synergy__state__in=HOLDING) | Q(
    synergy__state=SynergyState.ENDED, intent__period=PeriodChoice.ONCE, period=PeriodChoice.ONCE
)


@dataclass(frozen=True, slots=True)
class Short:
    """An offer that cannot give what a synergy asks of it."""

    offer: Intent
    left: Decimal


def taken_by_line() -> Case:
    """What a line takes of its offer: its quantity, or the whole when it says nothing comparable."""
    comparable = Q(quantity__isnull=False, unit=F("intent__unit"))
    return Case(When(comparable, then=F("quantity")), default=F("intent__quantity"))


def held_of(offer: Intent, *, but: Synergy | None = None) -> Decimal:
    """Return how much of an offer is promised already, by other synergies than ``but``."""
    rows = SynergyLine.objects.filter(HELD, intent=offer)
    if but is not None:
        rows = rows.exclude(synergy=but)
    return rows.aggregate(held=Sum(taken_by_line()))["held"] or Decimal(0)


def short_offers(synergy: Synergy) -> list[Short]:
    """Lock the offers of a synergy and return those already promised elsewhere beyond what it asks."""
    return list(_short(synergy, offers_locked(synergy)))


def _short(synergy: Synergy, offers: Iterable[Intent]) -> Iterable[Short]:
    for offer in offers:
        if offer.quantity is None:
            continue
        asked = SynergyLine.objects.filter(synergy=synergy, intent=offer).aggregate(
            asked=Sum(taken_by_line())
        )["asked"] or Decimal(0)
        left = offer.quantity - held_of(offer, but=synergy)
        if asked > left:
            yield Short(offer, max(left, Decimal(0)))
