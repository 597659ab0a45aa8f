"""A promise of a signed agreement, as a signed amendment changes it: facts stay on it, and nothing goes under them."""

from dataclasses import replace

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.ledger.drafts import CommitmentDraft, PromiseTerms
from maillage.domain.ledger.enums import CommitmentState, EventSource
from maillage.domain.ledger.facts import done_of, live_events
from maillage.domain.ledger.models import Commitment
from maillage.domain.ledger.operations.commitments import (
    cancel_commitment,
    keep_promise,
    promise_stands,
    read_promise,
    settle,
)

_OTHER_MEASURE = (
    "Des faits sont déjà comptés dans l’autre mesure. Arrêtez cet engagement, et ajoutez-en un nouveau."
)


def read_changed(*, commitment: Commitment, terms: PromiseTerms) -> Commitment:
    """Return the promise as it would be, checked as a new one is and against its facts; nothing is written."""
    if commitment.state == CommitmentState.CANCELLED:
        raise UserMistake(promise_stands(commitment.state))
    asked = read_promise(
        CommitmentDraft(
            pole=commitment.pole,
            agreement=commitment.agreement,
            action=commitment.action_id,
            provider=commitment.provider,
            receiver=commitment.receiver,
            resource=commitment.resource,
            resource_type=commitment.resource_type,
            quantity=terms.quantity,
            unit=terms.unit or commitment.unit,
            starts_at=terms.starts_at,
            ends_at=terms.ends_at,
            due_on=terms.due_on,
            note=terms.note,
        )
    )
    asked.pk, asked.process_id, asked.state = commitment.pk, commitment.process_id, commitment.state
    check_not_under_facts(asked)
    return asked


def terms_of_promise(commitment: Commitment) -> PromiseTerms:
    """Return what an amendment may change of a promise, as it stands."""
    during = commitment.during
    return PromiseTerms(
        quantity=commitment.quantity,
        unit=commitment.unit,
        starts_at=during.lower if during else None,
        ends_at=during.upper if during else None,
        due_on=commitment.due_on,
        note=commitment.note,
    )


def check_not_under_facts(promise: Commitment) -> None:
    """Refuse a promise that would be less than what is done of it already."""
    told = live_events().filter(commitment=promise.pk).values_list("quantity", "unit")
    facts = [Quantity(value, unit_named(unit)) for value, unit in told]
    if not facts or promise.quantity is None:
        return
    wanted = Quantity(promise.quantity, unit_named(promise.unit))
    if any(one.unit.dimension is not wanted.unit.dimension for one in facts):
        raise UserMistake(_OTHER_MEASURE, field="unit")
    done = done_of(promise, facts)
    if done is not None and done.value > wanted.value:
        raise UserMistake(
            f"Déjà fait : {done}. Cet engagement ne peut pas descendre à {wanted}. Gardez au moins ce qui est fait.",
            field="quantity",
        )


def check_can_end(commitment: Commitment) -> None:
    """Refuse to end a promise that does not stand, or of which facts wait to be checked."""
    if commitment.state != CommitmentState.PROMISED:
        raise UserMistake(promise_stands(commitment.state))
    unchecked = live_events().filter(source=EventSource.LABEL, checking__isnull=True)
    waiting = unchecked.filter(commitment=commitment).count()
    if waiting:
        said = plural(waiting, "fait attend d’être vérifié", "faits attendent d’être vérifiés")
        raise UserMistake(
            f"{waiting}{NBSP}{said} sur cet engagement. Vérifiez d’abord ce qui a été noté par son étiquette."
        )


def rewrite_promise(*, commitment: Commitment, terms: PromiseTerms) -> Commitment:
    """Write what the signed amendment says of a promise; what was done of it counts against its new quantity."""
    kept = _locked(commitment)
    if terms_of_promise(kept) == terms:
        return kept
    asked = read_changed(commitment=kept, terms=terms)
    was = kept.quantity, kept.unit
    for name in ("quantity", "unit", "during", "due_on", "note"):
        setattr(kept, name, getattr(asked, name))
    keep_promise(kept)
    if (kept.quantity, kept.unit) != was:
        told = live_events().filter(commitment=kept).values_list("quantity", "unit")
        done = done_of(kept, (Quantity(value, unit_named(unit)) for value, unit in told))
        settle(commitment_id=kept.pk, done=done)
    return kept


def stop_promise(*, commitment: Commitment) -> Commitment:
    """End a promise as the signed amendment says; a booking is freed, what was done stays counted."""
    kept = _locked(commitment)
    check_can_end(kept)
    return cancel_commitment(commitment=kept)


def enter_promise(*, data: CommitmentDraft) -> Commitment:
    """Write a promise that the signed amendment adds; the database finds it there, once."""
    return keep_promise(read_promise(replace(data, process=None)))


def _locked(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        *("pole", "agreement", "action", "provider", "receiver", "resource_type", "resource__owner")
    )
    return rows.get(pk=commitment.pk)
