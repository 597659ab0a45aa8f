"""Amendments: what changes, before and after, with its own text and its own yes of every party.

Nothing moves until the last yes; then the agreement takes the new terms and its whole new text is written beside the
earlier ones, which stay.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.agreements.amended import changed_promise, lines_of
from maillage.domain.agreements.document import Block, Document, Grid, Heading, Items, Paragraph, clean
from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.drafting import draft_text, drafting_of, typeset
from maillage.domain.agreements.enums import AmendmentState, PromiseChangeKind
from maillage.domain.agreements.faults import check_price
from maillage.domain.agreements.models import AgreementTerms, Amendment, Consent
from maillage.domain.agreements.operations.applying import apply_promises, check_amended
from maillage.domain.agreements.operations.signing import Signature, record_yes, write_text
from maillage.domain.agreements.operations.telling import tell_in_force
from maillage.domain.agreements.states import AMENDMENT_TRANSITIONS
from maillage.domain.agreements.templates import Template, template_named
from maillage.domain.agreements.values import day, read_values, said
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.agreements import stands_sentence

_NOTHING = "Rien ne change. Modifiez au moins une chose, ou un engagement."
_STANDS = {
    AmendmentState.DRAFT: "Cet avenant est encore un brouillon.",
    AmendmentState.TO_SIGN: "Cet avenant est à la signature. Reprenez-le pour le changer.",
    AmendmentState.IN_FORCE: "Cet avenant est en vigueur. Écrivez-en un autre.",
    AmendmentState.CANCELLED: "Cet avenant est abandonné.",
}


def amendment_stands(state: str) -> str:
    """Say where an amendment stands, for a move that is not possible."""
    return _STANDS[AmendmentState(state)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentDraft:
    """What somebody typed: the terms as they would be after; ``values`` as typed, by field of the template."""

    reason: str
    starts_on: date
    ends_on: date | None
    conditions: str
    values: dict[str, str]


def open_amendment(
    *, agreement: Agreement, data: AmendmentDraft, at: datetime, by: Account | None
) -> Amendment:
    """Open the next amendment of a running agreement; one at a time."""
    with transaction.atomic():
        kept = _running(agreement)
        changes = _changes(kept, data)
        if not changes["rows"]:
            raise UserMistake(_NOTHING)
        return _open(kept, changes, reason=data.reason, starts_on=data.starts_on, at=at, by=by)


def open_for_promises(
    *, agreement: Agreement, starts_on: date, at: datetime, by: Account | None
) -> Amendment:
    """Open an amendment that changes promises only, so far; the caller writes the first one."""
    with transaction.atomic():
        kept = _running(agreement)
        terms = AgreementTerms.objects.filter(agreement=kept).first()
        changes = {
            "rows": [],
            "ends_on": kept.ends_on.isoformat() if kept.ends_on else None,
            "conditions": kept.conditions,
            "values": terms.values if terms else {},
        }
        return _open(kept, changes, reason="", starts_on=starts_on, at=at, by=by)


def _running(agreement: Agreement) -> Agreement:
    kept = Agreement.objects.select_for_update(of=("self",)).select_related("pole").get(pk=agreement.pk)
    if kept.state != AgreementState.ACTIVE:
        raise UserMistake(stands_sentence(kept.state))
    return kept


def _open(
    agreement: Agreement,
    changes: dict[str, Any],
    *,
    reason: str,
    starts_on: date,
    at: datetime,
    by: Account | None,
) -> Amendment:
    last = agreement.amendments.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            return Amendment.objects.create(
                agreement=agreement,
                number=last + 1,
                reason=clean(reason),
                changes=changes,
                starts_on=starts_on,
                opened_at=at,
                opened_by=by,
            )
    except IntegrityError as error:
        if "amendment_one_open" in str(error):
            raise UserMistake("Un avenant est déjà en préparation. Terminez-le, ou abandonnez-le.") from error
        raise


def update_amendment(*, amendment: Amendment, data: AmendmentDraft) -> Amendment:
    """Change an amendment that nobody has to sign yet."""
    with transaction.atomic():
        kept = locked_amendment(amendment)
        if kept.state != AmendmentState.DRAFT:
            raise UserMistake(amendment_stands(kept.state))
        kept.changes = _changes(kept.agreement, data)
        if not kept.changes["rows"] and not kept.promises.exists():
            raise UserMistake(_NOTHING)
        kept.reason, kept.starts_on = clean(data.reason), data.starts_on
        kept.save()
    return kept


def _changes(agreement: Agreement, data: AmendmentDraft) -> dict[str, Any]:
    """Return what differs, in words before and after, and the terms to write."""
    if agreement.starts_on and data.ends_on and data.ends_on < agreement.starts_on:
        raise UserMistake("La fin vient avant le début de l’accord.", field="ends_on")
    terms = AgreementTerms.objects.filter(agreement=agreement).first()
    template = template_named(terms.template) if terms else None
    conditions = clean(data.conditions)
    values = read_values(template, data.values) if template else {}
    if template:
        check_price(template, values)
        _check_required(template, values)
    rows = []
    if data.ends_on != agreement.ends_on:
        rows.append(["Date de fin", _end(agreement.ends_on), _end(data.ends_on)])
    for field in template.fields if template else ():
        before, after = (terms.values if terms else {}).get(field.code, ""), values.get(field.code, "")
        if before != after:
            rows.append([field.label, said(field, before), said(field, after)])
    if conditions != agreement.conditions:
        rows.append(["Conditions particulières", agreement.conditions or "aucune", conditions or "aucune"])
    return {
        "rows": rows,
        "ends_on": data.ends_on.isoformat() if data.ends_on else None,
        "conditions": conditions,
        "values": values,
    }


def _check_required(template: Template, values: dict[str, str]) -> None:
    for field in template.fields:
        if field.required and not values.get(field.code):
            raise UserMistake(f"Remplissez « {field.label} ».", field=field.code)


def _end(on: date | None) -> str:
    return day(on) if on else "sans date de fin"


def amendment_text(amendment: Amendment) -> Document:
    """Write the amendment."""
    agreement = amendment.agreement
    parties = [
        party.organisation for party in agreement.parties.select_related("organisation").order_by("pk")
    ]
    first = agreement.texts.filter(amendment=None).first()
    refers = (
        f"Cet avenant change l’accord « {clean(agreement.title)} », commencé le {day(agreement.starts_on)}"
        + (f", dont le texte a pour empreinte {first.digest}." if first else ".")
    )
    reason: list[Block] = (
        [Heading("Pourquoi"), *(Paragraph(one) for one in amendment.reason.split("\n") if one.strip())]
        if amendment.reason
        else []
    )
    blocks: tuple[Block, ...] = (
        Heading("Entre"),
        Items(tuple(clean(one.name) for one in parties)),
        Heading("L’accord changé"),
        Paragraph(refers),
        *reason,
        Heading("Ce qui change"),
        Paragraph(f"À partir du {day(amendment.starts_on)} :"),
        *_grids(amendment),
        Paragraph("Tout le reste de l’accord continue sans changement."),
    )
    return Document(
        f"Avenant n° {amendment.number}",
        clean(agreement.title),
        tuple(typeset(block) for block in blocks),
    )


def _grids(amendment: Amendment) -> list[Block]:
    """What changes, before and after: the terms, then the promises."""
    terms = tuple(tuple(clean(cell) for cell in row) for row in amendment.changes["rows"])
    lines = [changed_promise(line) for line in lines_of([amendment])]
    promises = tuple(
        (f"{PromiseChangeKind(one.kind).label} : {one.label}", one.before, one.after) for one in lines
    )
    grids: list[Block] = []
    if terms:
        grids.append(Grid("Modalités, avant et après", ("Quoi", "Avant", "Après"), terms))
    if promises:
        grids.append(Grid("Engagements, avant et après", ("Engagement", "Avant", "Après"), promises))
    return grids


def propose_amendment(*, amendment: Amendment, at: datetime, by: Account | None) -> Amendment:
    """Freeze the amendment's text and send it to be signed."""
    with transaction.atomic():
        kept = _moved(amendment, "propose")
        if kept.agreement.state != AgreementState.ACTIVE:
            raise UserMistake(stands_sentence(kept.agreement.state))
        check_amended(kept)
        kept.save()
        write_text(agreement=kept.agreement, amendment=kept, document=amendment_text(kept), at=at, by=by)
    return kept


def revise_amendment(*, amendment: Amendment) -> Amendment:
    """Take the amendment back to change it."""
    with transaction.atomic():
        kept = _moved(amendment, "revise")
        kept.save()
    return kept


def cancel_amendment(*, amendment: Amendment) -> Amendment:
    """Give the amendment up; the agreement stays as it was."""
    with transaction.atomic():
        kept = _moved(amendment, "cancel")
        kept.save()
    return kept


def sign_amendment(
    *, amendment: Amendment, signature: Signature, at: datetime, on: date, doors: Doors | None = None
) -> Consent:
    """Record a yes to the amendment; the last one puts it in force and writes the new whole text; told as ``sign``."""
    with transaction.atomic():
        kept = locked_amendment(amendment)
        check_amendment_to_sign(kept)
        consent = record_yes(agreement=kept.agreement, amendment=kept, signature=signature, at=at)
        parties = set(kept.agreement.parties.values_list("organisation_id", flat=True))
        said_yes = set(Consent.objects.filter(text=consent.text).values_list("organisation_id", flat=True))
        if parties <= said_yes:
            _apply(kept, at=at)
            if doors is not None:
                tell_in_force(last=consent, doors=doors, at=at, on=on)
    return consent


def check_amendment_to_sign(amendment: Amendment) -> None:
    """Refuse an answer to an amendment that is not to be signed; the caller holds the lock."""
    if amendment.state != AmendmentState.TO_SIGN:
        raise UserMistake(amendment_stands(amendment.state))


def _apply(amendment: Amendment, *, at: datetime) -> None:
    agreement, changes = amendment.agreement, amendment.changes
    amendment.state = AMENDMENT_TRANSITIONS["apply"].ends
    amendment.save(update_fields=["state"])
    agreement.ends_on = date.fromisoformat(changes["ends_on"]) if changes["ends_on"] else None
    agreement.conditions = changes["conditions"]
    agreement.save(update_fields=["ends_on", "conditions"])
    apply_promises(amendment)
    terms = AgreementTerms.objects.filter(agreement=agreement).first()
    if terms is not None:
        template = template_named(terms.template)
        terms.values = changes["values"]
        terms.price, terms.ceiling = check_price(template, terms.values)
        terms.save()
        document = draft_text(drafting_of(agreement))
        write_text(agreement=agreement, amendment=None, document=document, at=at, by=None)


def locked_amendment(amendment: Amendment) -> Amendment:
    """Return the amendment, its agreement locked first, then itself."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("pole")
    agreement = rows.get(pk=amendment.agreement_id)
    kept = Amendment.objects.select_for_update().get(pk=amendment.pk)
    kept.agreement = agreement
    return kept


def _moved(amendment: Amendment, verb: str) -> Amendment:
    kept, move = locked_amendment(amendment), AMENDMENT_TRANSITIONS[verb]
    if kept.state not in move.starts:
        raise UserMistake(amendment_stands(kept.state))
    kept.state = move.ends
    return kept
