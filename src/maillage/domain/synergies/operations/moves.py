"""Move a synergy from a state to another: its row is locked, its state checked, one transaction for all."""

from datetime import datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.synergies.enums import ClosingReason, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyChange
from maillage.domain.synergies.operations.locking import check_starts, locked
from maillage.domain.synergies.operations.promising import short_offers
from maillage.domain.synergies.operations.writing import write_stopped
from maillage.domain.synergies.states import HOLDING, STOPPED, TRANSITIONS, WITH_REASON

WORDS_LENGTH = 500
NEXT_STEP = {
    "propose": "Attendre les réponses",
    "interest": "Organiser une première rencontre",
    "talk": "Se mettre d’accord",
    "agree": "Démarrer",
    "run": "Vérifier que tout se passe bien",
}
TAKEN = "« {title} » est déjà promise à une autre synergie. Réduisez la quantité, ou libérez l’autre."


def move(
    *,
    synergy: Synergy,
    verb: str,
    by: Account | None,
    at: datetime,
    reason: str = "",
    words: str = "",
) -> Synergy:
    """Carry out one move of the table that needs nothing else: talk, agree, run, end, refuse, abandon, resume."""
    check_reason(verb=verb, reason=reason, words=words)
    with transaction.atomic():
        kept = locked(synergy)
        check_starts(kept, verb)
        moved(kept, verb, by=by, at=at, reason=reason, words=words)
        if verb in WITH_REASON:
            write_stopped(synergy=kept, at=at)
        return kept


def check_reason(*, verb: str, reason: str, words: str) -> None:
    """Refuse to stop a synergy without saying why; « Autre raison » asks for words."""
    if verb not in WITH_REASON:
        return
    if reason not in ClosingReason.values:
        raise UserMistake("Dites pourquoi : choisissez une raison.", field="reason")
    if reason == ClosingReason.OTHER and not words.strip():
        raise UserMistake("Dites en quelques mots quelle est cette autre raison.", field="words")
    if len(words) > WORDS_LENGTH:
        raise UserMistake(f"C’est trop long : {WORDS_LENGTH} caractères au plus.", field="words")


def moved(
    synergy: Synergy, verb: str, *, by: Account | None, at: datetime, reason: str = "", words: str = ""
) -> Synergy:
    """Write the move of a locked synergy and its line of history; the caller checked where it starts."""
    ends = TRANSITIONS[verb].ends
    if ends in HOLDING:
        check_promised_once(synergy)
    SynergyChange.objects.create(
        synergy=synergy,
        verb=verb,
        starts=synergy.state,
        ends=ends,
        at=at,
        by=by,
        reason=reason,
        words=words.strip(),
    )
    if ends in STOPPED:
        Introduction.objects.filter(party__synergy=synergy, used_at=None, revoked_at=None).update(
            revoked_at=at
        )
    synergy.state, synergy.moved_at = ends, at
    synergy.reason, synergy.words = (reason, words.strip()) if ends in STOPPED else ("", "")
    synergy.next_step = NEXT_STEP.get(verb, synergy.next_step if ends == SynergyState.TALKS else "")
    synergy.save()
    return synergy


def check_promised_once(synergy: Synergy) -> None:
    """Refuse to promise an offer beyond its quantity; it stays locked until the transaction ends."""
    for short in short_offers(synergy):
        raise UserMistake(TAKEN.format(title=short.offer.title))


def reopen(*, synergy: Synergy, by: Account | None, at: datetime) -> Synergy:
    """Open again what was refused or abandoned: everybody may be asked anew, the history stays."""
    with transaction.atomic():
        kept = locked(synergy)
        check_starts(kept, "reopen")
        kept.parties.update(
            answer="waiting", reason="", words="", channel="", answered_at=None, answered_by=None, person=None
        )
        return moved(kept, "reopen", by=by, at=at)
