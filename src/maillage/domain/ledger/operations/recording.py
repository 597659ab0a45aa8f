"""Facts that may be sent twice: the same key gives one fact, whatever the door; with its photo or its document."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Account, Pole
from maillage.domain.ledger.checks import FINEST
from maillage.domain.ledger.drafts import EventDraft, EventOrigin, Proof
from maillage.domain.ledger.enums import EvidenceKind
from maillage.domain.ledger.models import EconomicEvent, EventCheck, EventFile, StoredFile
from maillage.domain.ledger.operations.attachments import keep_file
from maillage.domain.ledger.operations.events import record_event

PURPOSE = "evidence"
LONGEST_KEY = 150


def record_once(
    *,
    data: EventDraft,
    origin: EventOrigin,
    by: Account | None,
    on: date,
    at: datetime,
    proof: Proof | None = None,
) -> tuple[EconomicEvent, bool]:
    """Record a fact, or return the one that its key already gave, and say whether it is new.

    The same key for another fact is a mistake: two facts would become one without a word.
    """
    if origin.key is not None and not 0 < len(origin.key) <= LONGEST_KEY:
        raise UserMistake("La clé d’envoi est vide ou trop longue.", field="key")
    known = event_with_key(pole=data.pole, key=origin.key)
    if known is not None:
        return _the_same(known, data), False
    try:
        with transaction.atomic():
            event = record_event(data=data, by=by, on=on, at=at, origin=origin)
            if proof is not None:
                join_proof(event=event, proof=proof, by=by, at=at)
    except IntegrityError as error:
        known = event_with_key(pole=data.pole, key=origin.key)
        if "event_key_once" not in str(error) or known is None:
            raise
        return _the_same(known, data), False
    return event, True


def event_with_key(*, pole: Pole, key: str | None) -> EconomicEvent | None:
    """Return the fact that a key gave in a pole."""
    return EconomicEvent.objects.filter(pole=pole, key=key).first() if key is not None else None


def is_same_fact(known: EconomicEvent, data: EventDraft) -> bool:
    """Say whether a draft tells again what a fact says; its note and its proof may differ."""
    given, kept = unit_named(data.unit), unit_named(known.unit)
    return (
        (known.action_id, known.provider_id, known.receiver_id, known.happened_on)
        == (data.action, data.provider.pk, data.receiver.pk, data.happened_on)
        and given.dimension is kept.dimension
        and abs(data.quantity * given.factor / kept.factor - known.quantity) <= FINEST
    )


def _the_same(known: EconomicEvent, data: EventDraft) -> EconomicEvent:
    if not is_same_fact(known, data):
        raise UserMistake(
            "Cet envoi a déjà noté un autre fait. Corrigez ce fait, ou recommencez depuis le début.",
            field="key",
        )
    return known


def join_proof(*, event: EconomicEvent, proof: Proof, by: Account | None, at: datetime) -> StoredFile:
    """Join a photo or a document to a fact; what was joined stays."""
    with transaction.atomic():
        stored = keep_file(
            pole=event.pole, name=proof.name, content=proof.content, by=by, at=at, purpose=PURPOSE
        )
        EventFile.objects.create(event=event, file=stored)
    return stored


def proof_kind(media_type: str) -> str:
    """Return what a joined file is as evidence."""
    return EvidenceKind.PHOTO if media_type.startswith("image/") else EvidenceKind.DOCUMENT


def check_event(*, event: EconomicEvent, by: Account | None, at: datetime) -> EventCheck:
    """Note that a fact was checked; a second check changes nothing."""
    found, _ = EventCheck.objects.get_or_create(event=event, defaults={"checked_at": at, "checked_by": by})
    return found
