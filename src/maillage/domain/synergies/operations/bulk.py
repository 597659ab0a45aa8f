"""Change many synergies at once: those that can be are, the others say why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations.locking import STANDS, locked
from maillage.domain.synergies.operations.moves import check_reason, move
from maillage.domain.synergies.states import CLOSED


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The synergies that were changed, and those that were left, each with its reason."""

    done: tuple[int, ...]
    left: tuple[tuple[int, str], ...]


def follow_up_many(
    *, synergies: Iterable[Synergy], owner: Account | None = None, due_on: date | None = None
) -> BulkResult:
    """Give many synergies an owner, a due date, or both; what is not said stays."""
    if owner is None and due_on is None:
        raise UserMistake("Choisissez qui les suit, ou une date.")

    def change(synergy: Synergy) -> None:
        kept = locked(synergy)
        if kept.state in CLOSED:
            raise UserMistake(STANDS[kept.state])
        kept.owner, kept.due_on = owner or kept.owner, due_on or kept.due_on
        kept.save(update_fields=["owner", "due_on"])

    return _each(synergies, change)


def abandon_many(
    *, synergies: Iterable[Synergy], by: Account | None, at: datetime, reason: str, words: str = ""
) -> BulkResult:
    """Abandon many synergies for one reason."""
    check_reason(verb="abandon", reason=reason, words=words)
    return _each(
        synergies,
        lambda one: move(synergy=one, verb="abandon", by=by, at=at, reason=reason, words=words),
    )


def _each(synergies: Iterable[Synergy], change: Callable[[Synergy], object]) -> BulkResult:
    done: list[int] = []
    left: list[tuple[int, str]] = []
    with transaction.atomic():
        # In the order of their numbers, so that two people at work never wait for each other.
        for synergy in sorted(synergies, key=lambda one: one.pk):
            try:
                change(synergy)
            except UserMistake as mistake:
                left.append((synergy.pk, mistake.message))
            else:
                done.append(synergy.pk)
    return BulkResult(tuple(done), tuple(left))
