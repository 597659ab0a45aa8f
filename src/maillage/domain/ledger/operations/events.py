"""Facts: recorded once, never changed, corrected by a new fact."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.models import Account
from maillage.domain.ledger.checks import (
    check_amount,
    check_note,
    check_parties,
    check_unit,
    kept_quantity,
    known_action,
    type_of,
)
from maillage.domain.ledger.drafts import EventDraft, EventOrigin
from maillage.domain.ledger.enums import NOT_YET, AgreementState, CommitmentState, EvidenceKind
from maillage.domain.ledger.facts import done_of, live_events
from maillage.domain.ledger.models import Commitment, EconomicEvent, Resource
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.ledger.operations.commitments import promise_stands, settle

FROM_THE_SITE = EventOrigin()


def record_event(
    *,
    data: EventDraft,
    by: Account | None,
    on: date,
    at: datetime,
    origin: EventOrigin = FROM_THE_SITE,
) -> EconomicEvent:
    """Record what happened. A resource counts in its own unit; a promise that is reached becomes done."""
    action = known_action(data.action)
    check_parties(action, data.provider, data.receiver)
    _check_day_and_evidence(data.happened_on, data.evidence_kind, data.evidence, on=on)
    resource_type = type_of(data.resource, data.resource_type)
    quantity = check_amount(data.quantity, data.unit)
    check_unit(quantity.unit, action, resource_type)
    if data.process is not None and data.process.pole_id != data.pole.pk:
        raise UserMistake("Ce projet est celui d’un autre pôle.", field="process")
    if data.commitment is not None:
        _check_promise(data.commitment, data, quantity)
    counted = _in_unit_of(data.resource, quantity, moves=action.effect != "none")
    event = EconomicEvent(
        pole=data.pole,
        action=action,
        provider=data.provider,
        receiver=data.receiver,
        resource_type=resource_type,
        resource=data.resource,
        commitment=data.commitment,
        process=data.process,
        quantity=counted.value,
        unit=counted.unit.code,
        happened_on=data.happened_on,
        recorded_at=at,
        recorded_by=by,
        evidence_kind=data.evidence_kind,
        evidence=data.evidence.strip(),
        note=check_note(data.note),
        source=origin.source,
        told_by=origin.told_by,
        label=origin.label,
        key=origin.key,
    )
    with transaction.atomic():
        _check_stands(event.commitment_id)
        _keep(event)
        _settle(event.commitment_id)
    return event


def correct_event(
    *,
    event: EconomicEvent,
    quantity: Decimal,
    unit: str = "",
    happened_on: date | None = None,
    evidence_kind: str | None = None,
    evidence: str | None = None,
    reason: str,
    by: Account | None,
    on: date,
    at: datetime,
) -> EconomicEvent:
    """Correct a fact by a new one that says what is right and why; a quantity of zero cancels it.

    What is not given stays as it was. The stock and the promise follow.
    """
    _check_correctable(event)
    if not reason.strip():
        raise UserMistake("Dites pourquoi vous corrigez.", field="reason")
    day = happened_on or event.happened_on
    kind, proof = evidence_kind or event.evidence_kind, event.evidence if evidence is None else evidence
    _check_day_and_evidence(day, kind, proof, on=on)
    right = check_amount(quantity, unit or event.unit, zero_allowed=True)
    check_unit(right.unit, event.action, event.resource_type)
    counted = _in_unit_of(event.resource, right, moves=event.action.effect != "none")
    correction = EconomicEvent(
        pole_id=event.pole_id,
        action_id=event.action_id,
        provider_id=event.provider_id,
        receiver_id=event.receiver_id,
        resource_type_id=event.resource_type_id,
        resource_id=event.resource_id,
        commitment_id=event.commitment_id,
        process_id=event.process_id,
        quantity=counted.value,
        unit=counted.unit.code,
        happened_on=day,
        recorded_at=at,
        recorded_by=by,
        evidence_kind=kind,
        evidence=proof.strip(),
        note=check_note(reason),
        corrects=event,
    )
    with transaction.atomic():
        _keep(correction)
        _settle(correction.commitment_id)
    return correction


def _check_correctable(event: EconomicEvent) -> None:
    if EconomicEvent.objects.filter(corrects=event).exists():
        raise UserMistake("Ce fait a déjà été corrigé. Corrigez sa dernière version.")
    if event.quantity == 0:
        raise UserMistake("Ce fait est annulé. Notez-en un nouveau.")


def _check_day_and_evidence(happened_on: date, kind: str, evidence: str, *, on: date) -> None:
    if happened_on > on:
        raise UserMistake(
            "Cette date est dans l’avenir. Notez un engagement, ou corrigez la date.", field="happened_on"
        )
    if kind not in EvidenceKind.values:
        raise UserMistake(
            "Choisissez une preuve : pesée, photo, document, signature ou déclaration.", field="evidence_kind"
        )
    if len(evidence) > 300 or "\x00" in evidence:
        raise UserMistake(
            "La référence de la preuve est trop longue : 300 caractères au plus.", field="evidence"
        )


def _check_promise(commitment: Commitment, data: EventDraft, quantity: Quantity) -> None:
    if commitment.state == CommitmentState.CANCELLED:
        raise UserMistake(promise_stands(commitment.state), field="commitment")
    agreement = commitment.agreement
    if agreement is not None and agreement.state in {*NOT_YET, AgreementState.CANCELLED}:
        raise UserMistake(stands_sentence(agreement.state), field="commitment")
    promised = (commitment.pole_id, commitment.action_id, commitment.provider_id, commitment.receiver_id)
    if promised != (data.pole.pk, data.action, data.provider.pk, data.receiver.pk):
        raise UserMistake(
            "Ce fait ne répond pas à cet engagement : les structures ou le geste diffèrent.",
            field="commitment",
        )
    if commitment.unit:
        quantity.to(unit_named(commitment.unit))


def _check_stands(commitment_id: int | None) -> None:
    """Refuse a promise that ended at the same second; its row is locked until the fact counts."""
    if commitment_id is not None:
        kept = Commitment.objects.select_for_update().get(pk=commitment_id)
        if kept.state == CommitmentState.CANCELLED:
            raise UserMistake(promise_stands(kept.state), field="commitment")


def _in_unit_of(resource: Resource | None, quantity: Quantity, *, moves: bool) -> Quantity:
    """Return the quantity in the unit of the resource when it moves its stock, as it was measured otherwise."""
    unit = unit_named(resource.unit) if resource is not None and moves else quantity.unit
    return kept_quantity(quantity, unit)


def _keep(event: EconomicEvent) -> None:
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError as error:
        if "resource_never_negative" in str(error) and event.resource is not None:
            raise UserMistake(_short_of_stock(event, event.resource), field="quantity") from error
        if "corrects_id" in str(error):
            raise UserMistake("Ce fait a déjà été corrigé. Corrigez sa dernière version.") from error
        raise


def _short_of_stock(event: EconomicEvent, resource: Resource) -> str:
    resource.refresh_from_db(fields=["quantity"])
    left = Quantity(resource.quantity, unit_named(resource.unit))
    if event.corrects_id is not None:
        return (
            f"Cette correction sortirait de « {resource.name} » plus qu’il n’y a ({left}). "
            "Corrigez d’abord ce qui en est sorti."
        )
    if resource.quantity == 0:
        return f"Il n’y a rien dans « {resource.name} ». Notez d’abord ce qui y est entré."
    taken = Quantity(event.quantity, unit_named(event.unit))
    return f"Il ne reste que {left} dans « {resource.name} » : {taken} ne peuvent pas en sortir."


def _settle(commitment_id: int | None) -> None:
    if commitment_id is None:
        return
    commitment = Commitment.objects.select_for_update().get(pk=commitment_id)
    rows = live_events().filter(commitment=commitment_id).values_list("quantity", "unit")
    done = done_of(commitment, (Quantity(value, unit_named(unit)) for value, unit in rows))
    settle(commitment_id=commitment_id, done=done)
