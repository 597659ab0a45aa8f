"""Take the last move back, while nothing followed."""

from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.synergies.models import Introduction, Synergy, SynergyChange
from maillage.domain.synergies.operations.locking import locked
from maillage.domain.synergies.operations.moves import check_promised_once
from maillage.domain.synergies.operations.writing import stopped_was_sent, take_back_stopped
from maillage.domain.synergies.states import HOLDING, STOPPED, UNDOABLE

NOTHING_TO_UNDO = "Le dernier geste ne s’annule pas : faites le geste suivant, ou rouvrez la synergie."
TOLD_SINCE = "Les structures ont reçu la nouvelle : rouvrez plutôt la synergie."
ANSWERED_SINCE = "Une structure a répondu depuis : ce geste ne s’annule plus."


def undo_last(*, synergy: Synergy, by: Account | None, at: datetime) -> Synergy:
    """Put a synergy back where its last move found it; raise ``UserMistake`` when something followed."""
    with transaction.atomic():
        kept = locked(synergy)
        last = kept.changes.first()
        why = undo_refusal(synergy=kept, last=last)
        if last is None or why:
            raise UserMistake(why)
        if last.starts in HOLDING:
            check_promised_once(kept)
        if last.ends in STOPPED:
            # The links that this very move withdrew serve again.
            Introduction.objects.filter(party__synergy=kept, revoked_at=last.at).update(revoked_at=None)
            take_back_stopped(synergy=kept, at=last.at)
        SynergyChange.objects.create(
            synergy=kept, verb="undo", starts=kept.state, ends=last.starts, at=at, by=by
        )
        kept.state, kept.moved_at, kept.reason, kept.words = last.starts, at, "", ""
        kept.save()
    return kept


def undo_refusal(*, synergy: Synergy, last: SynergyChange | None) -> str:
    """Say why the last move cannot be taken back; "" when it can."""
    if last is None or last.verb not in UNDOABLE or last.by_id is None or last.ends != synergy.state:
        return NOTHING_TO_UNDO
    if synergy.parties.filter(answered_at__gt=last.at).exists():
        return ANSWERED_SINCE
    if last.ends in STOPPED and stopped_was_sent(synergy=synergy, at=last.at):
        return TOLD_SINCE
    return ""
