"""Give back what a bulk change took: each intent as it was, unless somebody changed it since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Pole
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.exchanges.operations.bulk import BulkResult
from maillage.domain.exchanges.promised import keeping_promises

UNDONE = "Annulation."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an intent stood: its state and the day of its confirmation."""

    pk: int
    state: str
    confirmed_on: date


def standing_of(intents: Iterable[Intent]) -> tuple[Standing, ...]:
    """Return where intents stand, to give it back later."""
    return tuple(Standing(one.pk, one.state, one.confirmed_on) for one in intents)


def restore(
    *,
    pole: Pole,
    before: Sequence[Standing],
    after: Sequence[Standing],
    by: Account | None,
    at: datetime,
) -> BulkResult:
    """Put intents back as they stood ``before``; one that no longer stands as ``after`` is left, with its reason."""
    wanted = {one.pk: one for one in before}
    left_as = {one.pk: one for one in after}
    done: list[int] = []
    left: list[tuple[int, str]] = []
    with transaction.atomic():
        rows = Intent.objects.select_for_update().filter(pole=pole, pk__in=wanted).order_by("pk")
        for intent in rows:
            if Standing(intent.pk, intent.state, intent.confirmed_on) != left_as.get(intent.pk):
                left.append((intent.pk, "Il a changé entre-temps."))
                continue
            try:
                with keeping_promises():
                    _put_back(intent, wanted[intent.pk], by=by, at=at)
            except UserMistake as mistake:
                left.append((intent.pk, mistake.message))
            else:
                done.append(intent.pk)
    return BulkResult(tuple(done), tuple(left))


def _put_back(intent: Intent, stood: Standing, *, by: Account | None, at: datetime) -> None:
    if intent.state != stood.state:
        StateChange.objects.create(
            intent=intent, starts=intent.state, ends=stood.state, at=at, by=by, reason=UNDONE
        )
    intent.state, intent.confirmed_on = stood.state, stood.confirmed_on
    intent.save(update_fields=["state", "confirmed_on"])
