"""Structures whose needs and offers nobody confirmed for a long time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.days.models import ConfirmationRequest
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.figures import STALE_DAYS


@dataclass(frozen=True, slots=True)
class StaleStructure:
    """A structure, how many of its lines are to be confirmed, since when, and when it was last asked."""

    pk: int
    name: str
    count: int
    oldest: date
    asked_on: date | None


def stale_structures(*, pole: Pole, on: date, limit: int = 50) -> list[StaleStructure]:
    """Return the structures to ask, those that waited longest first."""
    rows = (
        Intent.objects.filter(
            pole=pole, state=IntentState.OPEN, confirmed_on__lt=on - timedelta(days=STALE_DAYS)
        )
        .order_by()
        .values("author_id", "author__name")
        .annotate(count=Count("pk"), oldest=Min("confirmed_on"))
        .order_by("oldest", "author_id")[:limit]
    )
    found = list(rows)
    asked = dict(
        ConfirmationRequest.objects.filter(pole=pole, organisation__in=[row["author_id"] for row in found])
        .order_by("asked_on")
        .values_list("organisation_id", "asked_on")
    )
    return [
        StaleStructure(
            row["author_id"], row["author__name"], row["count"], row["oldest"], asked.get(row["author_id"])
        )
        for row in found
    ]


def structures_named(*, pole: Pole, keys: Collection[int], on: date) -> list[Organisation]:
    """Return, among these numbers, the structures that have something to confirm in the pole."""
    waiting = Intent.objects.filter(
        pole=pole, state=IntentState.OPEN, confirmed_on__lt=on - timedelta(days=STALE_DAYS), author__in=keys
    )
    return list(Organisation.objects.filter(pk__in=waiting.values("author")))
