"""Copy an intent."""

from datetime import date, datetime

from django.db import transaction

from maillage.domain.actors.models import Account
from maillage.domain.exchanges.describe import this_one
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.exchanges.operations.support import write_evidence


def duplicate(*, intent: Intent, by: Account | None, on: date, at: datetime) -> Intent:
    """Make an open copy said today; its evidence names the first, its supports stay with the first."""
    with transaction.atomic():
        copy = Intent.objects.get(pk=intent.pk)
        copy.pk = None
        copy._state.adding = True
        copy.state = IntentState.OPEN
        copy.said_on = copy.confirmed_on = on
        copy.created_by = by
        copy.source = copy.source_id = ""
        copy.save()
        copy.holds.set(intent.holds.all())
        copy.requires.set(intent.requires.all())
        words = f"Copié d’après {this_one(intent.kind)} n° {intent.pk}."
        write_evidence(intent=copy, data=EvidenceDraft(words=words), on=on)
        StateChange.objects.create(
            intent=copy, starts="", ends=copy.state, at=at, by=by, reason=f"Copie du n° {intent.pk}"
        )
    return copy
