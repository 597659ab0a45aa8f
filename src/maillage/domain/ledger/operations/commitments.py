"""Promises between two named parties."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from maillage.core.errors import UserMistake
from maillage.core.quantities import Quantity
from maillage.domain.ledger.checks import (
    check_amount,
    check_note,
    check_parties,
    check_unit,
    kept_quantity,
    known_action,
    type_of,
)
from maillage.domain.ledger.drafts import CommitmentDraft
from maillage.domain.ledger.enums import AgreementState, CommitmentState
from maillage.domain.ledger.free_time import DAYS_AHEAD, Span, is_free, next_free, say_span
from maillage.domain.ledger.models import Action, Agreement, Commitment, Resource
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.ledger.states import COMMITMENT_TRANSITIONS

_SIGNED = "L’accord est déjà signé. Pour promettre autre chose, écrivez un avenant."
_STANDS = {
    CommitmentState.PROMISED: "Cet engagement est promis.",
    CommitmentState.FULFILLED: "Cet engagement est déjà fait.",
    CommitmentState.CANCELLED: "Cet engagement est annulé. Notez-en un autre.",
}


def promise_stands(state: str) -> str:
    """Say where a commitment stands, for a move that is not possible."""
    return _STANDS[CommitmentState(state)]


def commit(*, data: CommitmentDraft) -> Commitment:
    """Keep a promise; an agreement takes some while it is a draft.

    Two uses of one resource at one time are refused, with the next free time.
    """
    promise = read_promise(data)
    if data.agreement is not None and data.agreement.state == AgreementState.ACTIVE:
        raise UserMistake(_SIGNED, field="agreement")
    if data.agreement is not None and data.agreement.state != AgreementState.DRAFT:
        raise UserMistake(stands_sentence(data.agreement.state), field="agreement")
    return keep_promise(promise)


def read_promise(data: CommitmentDraft) -> Commitment:
    """Return the promise as it would be kept, checked but for the state of its agreement; nothing is written."""
    action = known_action(data.action)
    check_parties(action, data.provider, data.receiver)
    _check_frame(data)
    resource_type = type_of(data.resource, data.resource_type)
    columns: dict[str, Any] = {"quantity": None, "unit": "", "during": _during(data, action)}
    if data.quantity is not None:
        quantity = check_amount(data.quantity, data.unit)
        check_unit(quantity.unit, action, resource_type)
        kept = kept_quantity(quantity, quantity.unit)
        columns |= {"quantity": kept.value, "unit": kept.unit.code}
    elif columns["during"] is None:
        raise UserMistake("Dites combien, ou de quand à quand.", field="quantity")
    return Commitment(
        pole=data.pole,
        agreement=data.agreement,
        process=data.process,
        action=action,
        provider=data.provider,
        receiver=data.receiver,
        resource_type=resource_type,
        resource=data.resource,
        due_on=data.due_on,
        note=check_note(data.note),
        **columns,
    )


def keep_promise(promise: Commitment) -> Commitment:
    """Write a promise that was read, or written anew; a thing that is taken is refused, with its next free time."""
    try:
        with transaction.atomic():
            promise.save()
    except IntegrityError as error:
        if "commitment_no_double_booking" in str(error) and promise.resource is not None:
            raise UserMistake(_taken(promise.resource, promise.during), field="during") from error
        raise
    return promise


def check_free(promise: Commitment, *, given_back: Collection[int] = ()) -> None:
    """Refuse a time when the thing is taken, as the database will; ``given_back`` are promises that leave theirs."""
    if promise.resource is None or promise.during is None or promise.action_id != "use":
        return
    others = Commitment.objects.filter(
        resource=promise.resource, action="use", during__overlap=promise.during
    )
    others = others.exclude(state=CommitmentState.CANCELLED).exclude(pk__in=given_back)
    if others.exclude(pk=promise.pk).exists():
        raise UserMistake(_taken(promise.resource, promise.during), field="during")


def _check_frame(data: CommitmentDraft) -> None:
    """Check the agreement, the project and the owner that a promise names."""
    agreement = data.agreement
    if agreement is not None:
        _check_agreement(agreement, data)
    if data.process is not None and data.process.pole_id != data.pole.pk:
        raise UserMistake("Ce projet est celui d’un autre pôle.", field="process")
    resource = data.resource
    if resource is not None and data.action == "use" and resource.owner_id != data.provider.pk:
        raise UserMistake(
            f"« {resource.name} » est à {resource.owner.name} : à {resource.owner.name} de la prêter.",
            field="provider",
        )


def _check_agreement(agreement: Agreement, data: CommitmentDraft) -> None:
    if agreement.pole_id != data.pole.pk:
        raise UserMistake("Cet accord est celui d’un autre pôle.", field="agreement")
    parties = set(agreement.parties.values_list("organisation_id", flat=True))
    for field, party in (("provider", data.provider), ("receiver", data.receiver)):
        if party.pk not in parties:
            raise UserMistake(f"{party.name} n’est pas dans l’accord. Ajoutez-la d’abord.", field=field)


def _during(data: CommitmentDraft, action: Action) -> DateTimeTZRange | None:
    if data.starts_at is None and data.ends_at is None:
        return None
    if data.starts_at is None or data.ends_at is None:
        raise UserMistake("Dites quand cela commence et quand cela finit.", field="during")
    if timezone.is_naive(data.starts_at) or timezone.is_naive(data.ends_at):
        raise ValueError("a commitment's times know their zone")
    if data.ends_at <= data.starts_at:
        raise UserMistake("La fin vient avant le début. Échangez les deux heures.", field="during")
    if action.is_use and data.resource is not None and not data.resource.bookable:
        raise UserMistake(f"« {data.resource.name} » ne se réserve pas.", field="resource")
    return DateTimeTZRange(data.starts_at, data.ends_at)


def _taken(resource: Resource, asked: DateTimeTZRange) -> str:
    """Name the booking in the way, and the next free time of the same length."""
    zone = timezone.get_current_timezone()
    start, end = _span(asked)
    near = DateTimeTZRange(start - timedelta(days=1), end + timedelta(days=DAYS_AHEAD + 1))
    bookings = [
        (_span(one.during), one.receiver.name)
        for one in Commitment.objects.filter(resource=resource, action="use", during__overlap=near)
        .exclude(state=CommitmentState.CANCELLED)
        .select_related("receiver")
        .order_by("during")
    ]
    first, name = next(one for one in bookings if not is_free((start, end), [one[0]]))
    said = f"« {resource.name} » n’est pas libre : {name} l’utilise {say_span(first, zone)}."
    free = next_free(start=start, end=end, busy=[span for span, _ in bookings], zone=zone)
    if free is None:
        return said + " Choisissez une autre date."
    return f"{said} Libre {say_span(free, zone, same_day=start.astimezone(zone).date())}."


def _span(during: DateTimeTZRange) -> Span:
    return during.lower, during.upper


def fulfil_commitment(*, commitment: Commitment) -> Commitment:
    """Say that a promise is kept, whatever the quantities say."""
    return _move(commitment, "fulfil")


def cancel_commitment(*, commitment: Commitment) -> Commitment:
    """Cancel a promise; a booking is freed, what was already done stays."""
    return _move(commitment, "cancel")


def _move(commitment: Commitment, verb: str) -> Commitment:
    move = COMMITMENT_TRANSITIONS[verb]
    with transaction.atomic():
        kept = Commitment.objects.select_for_update().get(pk=commitment.pk)
        if kept.state not in move.starts:
            raise UserMistake(promise_stands(kept.state))
        kept.state = move.ends
        kept.save(update_fields=["state"])
    return kept


def restore_commitment(*, commitment: Commitment) -> Commitment:
    """Put back a line taken out of a draft; a resource booked meanwhile is refused, with its next free time."""
    kept = Commitment.objects.select_related("agreement", "resource", "resource__owner").get(pk=commitment.pk)
    if kept.agreement is None or kept.agreement.state != AgreementState.DRAFT:
        raise UserMistake("Cette ligne n’est plus dans un brouillon. Notez-en une autre.")
    try:
        return _move(kept, "restore")
    except IntegrityError as error:
        if "commitment_no_double_booking" in str(error) and kept.resource is not None:
            raise UserMistake(_taken(kept.resource, kept.during), field="during") from error
        raise


def settle(*, commitment_id: int, done: Quantity | None) -> None:
    """Set the state that the facts give: done when the promised quantity is reached, promised again when not."""
    kept = Commitment.objects.select_for_update().get(pk=commitment_id)
    if kept.state == CommitmentState.CANCELLED:
        return
    enough = done is not None and (kept.quantity is None or done.value >= kept.quantity)
    verb = "fulfil" if enough else "resume"
    move = COMMITMENT_TRANSITIONS[verb]
    if kept.state in move.starts:
        kept.state = move.ends
        kept.save(update_fields=["state"])
