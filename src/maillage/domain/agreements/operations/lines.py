"""The promises of a draft: added, taken out, put back. One writes both ways, or one way with nothing in return."""

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.agreements.drafting import drafting_of
from maillage.domain.agreements.faults import check_line
from maillage.domain.ledger.drafts import CommitmentDraft
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.operations import cancel_commitment, commit, restore_commitment
from maillage.domain.ledger.operations.agreements import stands_sentence


def add_line(*, agreement: Agreement, data: CommitmentDraft) -> Commitment:
    """Add a promise to a draft, in the order of its rules; everybody says yes again."""
    with transaction.atomic():
        kept = _draft(agreement)
        drafting = drafting_of(kept)
        check_line(
            drafting.template, drafting, action=data.action, quantity=data.quantity, unit=data.unit or "eur"
        )
        made = commit(data=data)
        kept.parties.update(consented_on=None)
    return made


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
