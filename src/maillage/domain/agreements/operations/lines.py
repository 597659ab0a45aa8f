"""The promises of a draft: added, taken out, put back. One writes both ways, or one way with nothing in return."""

from dataclasses import replace

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.agreements.drafting import drafting_of
from maillage.domain.agreements.faults import check_line
from maillage.domain.ledger.drafts import CommitmentDraft
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement, Commitment, Resource
from maillage.domain.ledger.operations import cancel_commitment, commit, restore_commitment
from maillage.domain.ledger.operations.agreements import stands_sentence
from maillage.domain.ledger.operations.resources import create_resource

_ONE_OR_OTHER = "Choisissez une chose de la liste, ou nommez-en une nouvelle. Pas les deux."
_OF_WHAT_KIND = "Dites aussi quel genre de chose c’est : salle, camion, outil."


def add_line(*, agreement: Agreement, data: CommitmentDraft, thing: str = "") -> Commitment:
    """Add a promise to a draft, in the order of its rules; everybody says yes again.

    ``thing`` names a concrete thing of the provider that nobody had named yet: it is kept, and can be booked.
    """
    with transaction.atomic():
        kept = _draft(agreement)
        drafting = drafting_of(kept)
        check_line(
            drafting.template, drafting, action=data.action, quantity=data.quantity, unit=data.unit or "eur"
        )
        made = commit(data=naming(data, thing.strip()) if thing.strip() else data)
        kept.parties.update(consented_on=None)
    return made


def naming(data: CommitmentDraft, thing: str) -> CommitmentDraft:
    """Return the promise about the thing of that name, the provider's; a name already known is that thing."""
    if data.resource is not None:
        raise UserMistake(_ONE_OR_OTHER, field="thing")
    known = Resource.objects.filter(owner=data.provider, name__iexact=thing).select_related("owner").first()
    if known is not None:
        return replace(data, resource=known, resource_type=None)
    if data.resource_type is None:
        raise UserMistake(_OF_WHAT_KIND, field="resource_type")
    try:
        made = create_resource(
            name=thing,
            owner=data.provider,
            resource_type=data.resource_type,
            unit=data.resource_type.unit,
            bookable=True,
        )
    except UserMistake as mistake:
        raise UserMistake(mistake.message, field="thing") from mistake
    return replace(data, resource=made, resource_type=None)


def take_line_out(*, commitment: Commitment) -> Commitment:
    """Take a promise out of a draft; it can be put back."""
    if commitment.agreement is None:
        raise UserMistake("Cet engagement n’est pas dans un accord.")
    with transaction.atomic():
        _draft(commitment.agreement)
        return cancel_commitment(commitment=commitment)


def put_line_back(*, commitment: Commitment) -> Commitment:
    """Put back a promise that was taken out, if the rules still allow it."""
    if commitment.agreement is None:
        raise UserMistake("Cet engagement n’est pas dans un accord.")
    with transaction.atomic():
        drafting = drafting_of(_draft(commitment.agreement))
        check_line(
            drafting.template,
            drafting,
            action=commitment.action_id,
            quantity=commitment.quantity,
            unit=commitment.unit,
        )
        return restore_commitment(commitment=commitment)


def _draft(agreement: Agreement) -> Agreement:
    kept = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if kept.state != AgreementState.DRAFT:
        raise UserMistake(stands_sentence(kept.state))
    return kept
