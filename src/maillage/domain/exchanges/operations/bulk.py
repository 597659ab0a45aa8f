"""Confirm or withdraw many intents at once: those that can be are, the others say why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations.moves import confirm, withdraw


@dataclass(frozen=True, slots=True)
class BulkResult:
    """The intents that were changed, and those that were left, each with its reason."""

    done: tuple[int, ...]
    left: tuple[tuple[int, str], ...]


def confirm_many(*, intents: Iterable[Intent], on: date) -> BulkResult:
    """Say of many intents that they still hold."""
    return _each(intents, lambda intent: confirm(intent=intent, on=on))


def withdraw_many(
    *, intents: Iterable[Intent], by: Account | None, at: datetime, reason: str = ""
) -> BulkResult:
    """Take many intents away."""
    return _each(intents, lambda intent: withdraw(intent=intent, by=by, at=at, reason=reason))


def _each(intents: Iterable[Intent], change: Callable[[Intent], Intent]) -> BulkResult:
    done: list[int] = []
    left: list[tuple[int, str]] = []
    with transaction.atomic():
        # In the order of their numbers, so that two people at work never wait for each other.
        for intent in sorted(intents, key=lambda one: one.pk):
            try:
                change(intent)
            except UserMistake as mistake:
                left.append((intent.pk, mistake.message))
            else:
                done.append(intent.pk)
    return BulkResult(tuple(done), tuple(left))
