"""The promises of an amendment that is being written: one more, one that changes, one that ends, one left as it was.

The first one opens the amendment. Nothing moves in the agreement until every party signed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.agreements.amended import drafting_after, lines_of, terms_asked
from maillage.domain.agreements.document import clean
from maillage.domain.agreements.enums import OPEN_AMENDMENT, AmendmentState, PromiseChangeKind
from maillage.domain.agreements.faults import check_line
from maillage.domain.agreements.models import AgreementTerms, Amendment, PromiseChange
from maillage.domain.agreements.operations.amending import (
    amendment_stands,
    locked_amendment,
    open_for_promises,
)
from maillage.domain.agreements.operations.lines import naming
from maillage.domain.ledger.drafts import CommitmentDraft, PromiseTerms
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.operations.amended import check_can_end, read_changed, terms_of_promise
from maillage.domain.ledger.operations.commitments import check_free, read_promise

_SAME = "Rien ne change dans cet engagement. Modifiez au moins une chose."
_MEASURES = ("quantity", "unit", "during", "due_on", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Who writes an amendment, and when; ``on`` is when it applies unless another day is chosen."""

    at: datetime
    on: date
    by: Account | None


def change_promise(*, commitment: Commitment, terms: PromiseTerms, writing: Writing) -> Amendment:
    """Write in the amendment that a promise changes; said as it stands, it is left out of the amendment again."""
    with transaction.atomic():
        amendment = _draft_of(_agreement(commitment), writing)
        kept = _promise(commitment)
        asked = read_changed(commitment=kept, terms=terms)
        lines = list(lines_of([amendment]))
        before = next((one for one in lines if one.commitment_id == kept.pk), None)
        if {name: getattr(asked, name) for name in _MEASURES} == {
            name: getattr(kept, name) for name in _MEASURES
        }:
            if before is None:
                raise UserMistake(_SAME)
            before.delete()
            return amendment
        check_free(asked, given_back=_leaving(lines))
        _check_rules(amendment, [one for one in lines if one != before], asked)
        _write(amendment, PromiseChangeKind.CHANGE, kept, asked, before)
    return amendment


def end_promise(*, commitment: Commitment, writing: Writing) -> Amendment:
    """Write in the amendment that a promise ends; what was done of it stays."""
    with transaction.atomic():
        amendment = _draft_of(_agreement(commitment), writing)
        kept = _promise(commitment)
        check_can_end(kept)
        before = lines_of([amendment]).filter(commitment=kept).first()
        _write(amendment, PromiseChangeKind.END, kept, kept, before)
    return amendment


def add_promise(
    *, agreement: Agreement, data: CommitmentDraft, thing: str = "", writing: Writing
) -> Amendment:
    """Write in the amendment one more promise; it holds when the amendment is signed."""
    with transaction.atomic():
        amendment = _draft_of(agreement, writing)
        asked = read_promise(naming(data, thing.strip()) if thing.strip() else data)
        lines = list(lines_of([amendment]))
        check_free(asked, given_back=_leaving(lines))
        _check_rules(amendment, lines, asked)
        PromiseChange.objects.create(
            amendment=amendment, kind=PromiseChangeKind.ADD, **_who_and_what(asked), **_measures(asked)
        )
    return amendment


def leave_promise(*, change: PromiseChange) -> None:
    """Take a line out of an amendment that is being written: the promise stays as it is."""
    with transaction.atomic():
        amendment = locked_amendment(change.amendment)
        if amendment.state != AmendmentState.DRAFT:
            raise UserMistake(amendment_stands(amendment.state))
        PromiseChange.objects.filter(pk=change.pk).delete()


def _draft_of(agreement: Agreement, writing: Writing) -> Amendment:
    """Return the amendment being written, locked with its agreement; a first one is opened."""
    kept = Agreement.objects.select_for_update(of=("self",)).select_related("pole").get(pk=agreement.pk)
    found = kept.amendments.filter(state__in=OPEN_AMENDMENT).first()
    if not AgreementTerms.objects.filter(agreement=kept).exists():
        raise UserMistake("Cet accord a été noté sans modèle : il n’a pas de texte à signer.")
    if found is None:
        return open_for_promises(agreement=kept, starts_on=writing.on, at=writing.at, by=writing.by)
    if found.state != AmendmentState.DRAFT:
        raise UserMistake(amendment_stands(found.state))
    found.agreement = kept
    return found


def _agreement(commitment: Commitment) -> Agreement:
    if commitment.agreement is None:
        raise UserMistake("Cet engagement n’est pas dans un accord.")
    return commitment.agreement


def _promise(commitment: Commitment) -> Commitment:
    rows = Commitment.objects.select_related(
        *("pole", "agreement", "action", "provider", "receiver", "resource_type", "resource__owner")
    )
    return rows.get(pk=commitment.pk)


def _leaving(lines: Sequence[PromiseChange]) -> list[int]:
    """The promises whose times this amendment gives back or moves."""
    return [line.commitment_id for line in lines if line.commitment_id is not None]


def _check_rules(amendment: Amendment, others: Sequence[PromiseChange], asked: Commitment) -> None:
    """Refuse at once what the template forbids: money, a price above cost."""
    after = drafting_after(amendment, others)
    if after is None:
        return
    after_others = tuple(one for one in after.commitments if asked.pk is None or one.pk != asked.pk)
    check_line(
        after.template,
        after.holding(after_others),
        action=asked.action_id,
        quantity=asked.quantity,
        unit=asked.unit,
    )


def _write(
    amendment: Amendment, kind: str, kept: Commitment, asked: Commitment, before: PromiseChange | None
) -> None:
    line = before or PromiseChange(amendment=amendment, commitment=kept)
    line.kind = kind
    was = {f"was_{name}": getattr(kept, name) for name in _MEASURES}
    for name, value in (_who_and_what(kept) | _measures(asked) | was).items():
        setattr(line, name, value)
    line.save()


def _who_and_what(promise: Commitment) -> dict[str, Any]:
    names = ("action", "provider", "receiver", "resource_type", "resource")
    return {name: getattr(promise, name) for name in names}


def _measures(promise: Commitment) -> dict[str, Any]:
    return {name: getattr(promise, name) for name in _MEASURES} | {"note": clean(promise.note)}


def proposed_terms(*, amendment: Amendment | None, commitment: Commitment) -> PromiseTerms:
    """Return the terms to start a form from: those of the amendment being written, else those that stand."""
    line = (
        amendment
        and lines_of([amendment]).filter(commitment=commitment, kind=PromiseChangeKind.CHANGE).first()
    )
    return terms_asked(line) if line else terms_of_promise(commitment)
