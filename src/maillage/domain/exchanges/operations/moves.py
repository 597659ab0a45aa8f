"""Move an intent from a state to another, and say that it still holds."""

from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.exchanges.describe import already_sentence
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.exchanges.promised import keeping_promises
from maillage.domain.exchanges.states import TRANSITIONS

REASON_LENGTH = 300


def withdraw(*, intent: Intent, by: Account | None, at: datetime, reason: str = "") -> Intent:
    """Take an intent away: it is no longer shown nor matched; its history stays. An offer promised now stays."""
    return _move(intent, "withdraw", by=by, at=at, reason=reason)


def cover(*, intent: Intent, by: Account | None, at: datetime, reason: str = "") -> Intent:
    """Say that a need found its answer, or an offer its taker."""
    return _move(intent, "cover", by=by, at=at, reason=reason)


def reopen(*, intent: Intent, by: Account | None, on: date, at: datetime, reason: str = "") -> Intent:
    """Open again what was answered or withdrawn; that also confirms it."""
    with transaction.atomic():
        moved = _move(intent, "reopen", by=by, at=at, reason=reason)
        return _confirm(moved, on)


def confirm(*, intent: Intent, on: date) -> Intent:
    """Say that an intent still holds today."""
    with transaction.atomic():
        kept = Intent.objects.select_for_update().get(pk=intent.pk)
        if kept.state == IntentState.WITHDRAWN:
            raise UserMistake(already_sentence(kind=kept.kind, state=kept.state))
        return _confirm(kept, on)


def _confirm(intent: Intent, on: date) -> Intent:
    intent.confirmed_on = max(intent.confirmed_on, on)
    intent.save(update_fields=["confirmed_on"])
    return intent


def _move(intent: Intent, verb: str, *, by: Account | None, at: datetime, reason: str) -> Intent:
    move = TRANSITIONS[verb]
    if len(reason) > REASON_LENGTH:
        raise UserMistake(f"La raison est trop longue : {REASON_LENGTH} caractères au plus.", field="reason")
    with transaction.atomic():
        kept = Intent.objects.select_for_update().get(pk=intent.pk)
        if kept.state not in move.starts:
            raise UserMistake(already_sentence(kind=kept.kind, state=kept.state))
        StateChange.objects.create(
            intent=kept, starts=kept.state, ends=move.ends, at=at, by=by, reason=reason.strip()
        )
        kept.state = move.ends
        with keeping_promises():
            kept.save(update_fields=["state"])
    return kept
