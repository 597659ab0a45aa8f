"""Labels with a QR code: made for a promise or for a concrete thing, revoked by a row, scanned without an account."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP
from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.ledger.checks import check_parties, check_unit, known_action
from maillage.domain.ledger.drafts import EventDraft, EventOrigin, Proof
from maillage.domain.ledger.enums import CommitmentState, EventSource
from maillage.domain.ledger.models import Commitment, EconomicEvent, RecordingLabel, Resource
from maillage.domain.ledger.operations.commitments import promise_stands
from maillage.domain.ledger.operations.recording import record_once
from maillage.domain.mail.links import read, sign

NAME_LENGTH = 100
MOST_AN_HOUR = 60
PURPOSE = "recording-label"
REVOKED = "Cette étiquette ne sert plus. Demandez la nouvelle à l’équipe du pôle."


def make_label(
    *, commitment: Commitment, name: str, by: Account | None, at: datetime, usual: Decimal | None = None
) -> RecordingLabel:
    """Make the label of a promise: a scan records a part of it."""
    if commitment.state == CommitmentState.CANCELLED:
        raise UserMistake(promise_stands(commitment.state))
    return RecordingLabel.objects.create(
        pole=commitment.pole,
        name=_named(name),
        commitment=commitment,
        action=commitment.action,
        provider=commitment.provider,
        receiver=commitment.receiver,
        resource_type=commitment.resource_type,
        resource=commitment.resource,
        unit=commitment.unit or commitment.resource_type.unit,
        usual_quantity=_usual(usual),
        made_at=at,
        made_by=by,
    )


def make_resource_label(
    *,
    pole: Pole,
    resource: Resource,
    action: str,
    provider: Organisation,
    receiver: Organisation,
    name: str,
    by: Account | None,
    at: datetime,
    usual: Decimal | None = None,
) -> RecordingLabel:
    """Make the label of a concrete thing, a van, a room, a heap: a scan records one gesture on it."""
    verb = known_action(action)
    check_parties(verb, provider, receiver)
    check_unit(unit_named(resource.unit), verb, resource.resource_type)
    return RecordingLabel.objects.create(
        pole=pole,
        name=_named(name),
        action=verb,
        provider=provider,
        receiver=receiver,
        resource_type=resource.resource_type,
        resource=resource,
        unit=resource.unit,
        usual_quantity=_usual(usual),
        made_at=at,
        made_by=by,
    )


def _named(name: str) -> str:
    if not name.strip():
        raise UserMistake("Dites où va cette étiquette : « Bac n° 3, cantine ».", field="name")
    if len(name.strip()) > NAME_LENGTH or "\x00" in name:
        raise UserMistake(f"Ce nom est trop long : {NAME_LENGTH} caractères au plus.", field="name")
    return name.strip()


def _usual(value: Decimal | None) -> Decimal | None:
    if value is not None and not (value.is_finite() and 0 < value < 10**9):
        raise UserMistake("La quantité habituelle est un nombre plus grand que zéro.", field="usual")
    return value


def revoke_label(*, label: RecordingLabel, at: datetime) -> RecordingLabel:
    """Revoke a label: its code opens nothing any more; what it recorded stays."""
    with transaction.atomic():
        kept = RecordingLabel.objects.select_for_update().get(pk=label.pk)
        if kept.revoked_at is None:
            kept.revoked_at = at
            kept.save(update_fields=["revoked_at"])
    return kept


def label_token(label: RecordingLabel) -> str:
    """Return what the code of a label says; the label's row, not its age, revokes it."""
    return sign(PURPOSE, {"l": label.pk})


def label_of(token: str) -> RecordingLabel | None:
    """Return the label that a code names, revoked ones included; None when nobody signed it."""
    said = read(PURPOSE, token)
    found = RecordingLabel.objects.select_related(
        *("pole", "commitment__process", "commitment__agreement", "action", "provider", "receiver"),
        *("resource_type", "resource"),
    )
    return found.filter(pk=said["l"]).first() if said is not None and isinstance(said.get("l"), int) else None


def record_by_label(
    *,
    label: RecordingLabel,
    told_by: str,
    quantity: Decimal,
    unit: str,
    happened_on: date,
    key: str,
    on: date,
    at: datetime,
    note: str = "",
    proof: Proof | None = None,
) -> tuple[EconomicEvent, bool]:
    """Record what somebody without an account says beside the label; the team sees it « à vérifier »."""
    who = " ".join(told_by.split())
    if not who:
        raise UserMistake("Dites votre nom, ou celui de votre structure.", field="told_by")
    if len(who) > NAME_LENGTH or "\x00" in who:
        raise UserMistake(f"Ce nom est trop long : {NAME_LENGTH} caractères au plus.", field="told_by")
    with transaction.atomic():
        kept = RecordingLabel.objects.select_for_update().get(pk=label.pk)
        if kept.revoked_at is not None:
            raise UserMistake(REVOKED)
        _check_pace(kept, at)
        data = EventDraft.by_label(label, quantity=quantity, unit=unit, happened_on=happened_on, note=note)
        origin = EventOrigin(source=EventSource.LABEL, told_by=who, label=kept, key=f"label:{kept.pk}:{key}")
        return record_once(data=data, origin=origin, by=None, on=on, at=at, proof=proof)


def _check_pace(label: RecordingLabel, at: datetime) -> None:
    """Refuse more than a person can weigh in an hour; the label's row is locked, so that the count is exact."""
    recent = EconomicEvent.objects.filter(label=label, recorded_at__gt=at - timedelta(hours=1)).count()
    if recent >= MOST_AN_HOUR:
        raise UserMistake(
            f"Cette étiquette a déjà servi {MOST_AN_HOUR}{NBSP}fois en une heure. Attendez un peu, ou prévenez "
            "l’équipe du pôle."
        )
