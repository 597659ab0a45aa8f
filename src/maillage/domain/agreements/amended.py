"""What an amendment says of promises: each before and after, in words, and the agreement as it would be after."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from maillage.domain.agreements.document import clean
from maillage.domain.agreements.drafting import Drafting, drafting_of, how_much, what, when
from maillage.domain.agreements.enums import PromiseChangeKind
from maillage.domain.agreements.models import AgreementTerms, Amendment, PromiseChange
from maillage.domain.ledger.drafts import CommitmentDraft, PromiseTerms
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.models import Commitment

ENDS = "arrêté ; ce qui est fait reste compté"
_MEASURES = ("quantity", "unit", "during", "due_on", "note")


@dataclass(frozen=True, slots=True)
class ChangedPromise:
    """A line of an amendment, in words; ``promise_id`` is the promise, once there is one."""

    pk: int
    kind: str
    promise_id: int | None
    label: str
    before: str
    after: str


def lines_of(amendments: Sequence[Amendment]) -> QuerySet[PromiseChange]:
    """Return what these amendments do to promises, in the order it was written."""
    rows = PromiseChange.objects.filter(amendment__in=amendments).select_related(
        *("action", "provider", "receiver", "resource_type", "resource__owner")
    )
    return rows.order_by("amendment", "pk")


def changed_promise(line: PromiseChange) -> ChangedPromise:
    """Say a line."""
    kind, stays = line.kind, promised_by(line)
    before = "–" if kind == PromiseChangeKind.ADD else terms_said(promised_before(line))
    after = ENDS if kind == PromiseChangeKind.END else terms_said(stays)
    bare = copy(stays)
    bare.note = ""
    label = f"{clean(line.provider.name)} → {clean(line.receiver.name)}, {what(bare)}"
    return ChangedPromise(line.pk, kind, line.commitment_id, label, before, after)


def terms_said(promise: Commitment) -> str:
    """Say how much, when and on what condition."""
    said = when(promise) if promise.quantity is None else f"{how_much(promise)}, {when(promise)}"
    return f"{said} ({clean(promise.note)})" if promise.note else said


def promised_by(line: PromiseChange) -> Commitment:
    """Return the promise as the line makes it; nothing is written."""
    return _promise(line, {name: getattr(line, name) for name in _MEASURES})


def promised_before(line: PromiseChange) -> Commitment:
    """Return the promise as it was before the line."""
    return _promise(line, {name: getattr(line, f"was_{name}") for name in _MEASURES})


def _promise(line: PromiseChange, measures: dict[str, Any]) -> Commitment:
    return Commitment(
        pk=line.commitment_id,
        action=line.action,
        provider=line.provider,
        receiver=line.receiver,
        resource_type=line.resource_type,
        resource=line.resource,
        **measures,
    )


def terms_asked(line: PromiseChange) -> PromiseTerms:
    """Return what the line makes of the terms of its promise."""
    return PromiseTerms(
        quantity=line.quantity,
        unit=line.unit,
        starts_at=line.during.lower if line.during else None,
        ends_at=line.during.upper if line.during else None,
        due_on=line.due_on,
        note=line.note,
    )


def draft_asked(line: PromiseChange, amendment: Amendment) -> CommitmentDraft:
    """Return the promise that the line adds, as a draft for the ledger."""
    terms = terms_asked(line)
    return CommitmentDraft(
        pole=amendment.agreement.pole,
        agreement=amendment.agreement,
        action=line.action_id,
        provider=line.provider,
        receiver=line.receiver,
        resource=line.resource,
        resource_type=line.resource_type,
        quantity=terms.quantity,
        unit=terms.unit,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        due_on=terms.due_on,
        note=terms.note,
    )


def drafting_after(amendment: Amendment, lines: Sequence[PromiseChange]) -> Drafting | None:
    """Return everything the text would say once the amendment is in force; None when the agreement has no template."""
    terms = AgreementTerms.objects.filter(agreement=amendment.agreement_id).first()
    if terms is None:
        return None
    agreement, changes = copy(amendment.agreement), amendment.changes
    agreement.ends_on = date.fromisoformat(changes["ends_on"]) if changes["ends_on"] else None
    agreement.conditions, terms.values = changes["conditions"], changes["values"]
    named = Commitment.objects.select_related("action", "provider", "receiver", "resource_type", "resource")
    standing = named.filter(agreement=amendment.agreement_id).exclude(state=CommitmentState.CANCELLED)
    touched = {line.commitment_id: line for line in lines if line.commitment_id is not None}
    kept = [
        promised_by(touched[one.pk]) if one.pk in touched else one
        for one in standing.order_by("pk")
        if one.pk not in touched or touched[one.pk].kind != PromiseChangeKind.END
    ]
    added = [promised_by(line) for line in lines if line.kind == PromiseChangeKind.ADD]
    now = drafting_of(agreement, terms=terms, commitments=())
    return Drafting(
        agreement=agreement,
        terms=terms,
        template=now.template,
        parties=now.parties,
        commitments=(*kept, *added),
        annexes=now.annexes,
    )
