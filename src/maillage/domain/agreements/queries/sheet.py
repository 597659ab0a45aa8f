"""One agreement as a page: its sheet of the ledger, its terms, what is missing before signing."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.agreements.drafting import drafting_of
from maillage.domain.agreements.faults import Missing, missing_of
from maillage.domain.agreements.models import AgreementTerms, Annex
from maillage.domain.agreements.templates import Template, read_templates
from maillage.domain.agreements.values import said
from maillage.domain.ledger.enums import AgreementState, CommitmentState
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.policies import user_can_see_agreement
from maillage.domain.ledger.queries import NAMED_PARTIES, AgreementSheet, sheet_of, unnamed_parties
from maillage.domain.ledger.queries.progress import Progress, joined_commitments


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """An agreement whole; without terms (noted before templates were) it has no text to sign."""

    sheet: AgreementSheet
    template: Template | None
    giver_id: int | None
    filled: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]
    lines: tuple[Progress, ...]
    taken_out: tuple[Progress, ...]
    has_unnamed: bool
    parties: tuple[Organisation, ...]
    annexes: tuple[Annex, ...]


def agreement_of(*, viewer: Viewer, pole: Pole, pk: int) -> Agreement | None:
    """Return an agreement of the pole that the viewer sees, with its pole and what it came from."""
    found = Agreement.objects.select_related("pole", "need", "offer").filter(pk=pk, pole=pole).first()
    return found if found is not None and user_can_see_agreement(viewer, found) else None


def terms_of(agreement: Agreement) -> AgreementTerms | None:
    """Return the terms of an agreement, if it was made from a template."""
    return AgreementTerms.objects.select_related("giver").filter(agreement=agreement).first()


def parties_of(agreement: Agreement) -> list[Organisation]:
    """Return the parties, in their order; the agreement keeps them."""
    prefetch_related_objects([agreement], NAMED_PARTIES)
    return [party.organisation for party in agreement.parties.all()]


def is_written(*, agreement: Agreement) -> bool:
    """Whether an agreement was made from a template, and so has a text."""
    return AgreementTerms.objects.filter(agreement=agreement).exists()


def names_everybody(*, viewer: Viewer, agreement: Agreement) -> bool:
    """Whether no party stays unnamed to this viewer."""
    hidden = unnamed_parties(agreement, viewer)
    silent = agreement.parties.filter(organisation_id__in=hidden, consented_on=None)
    return not (hidden and silent.exists())


def line_of(*, agreement: Agreement, pk: int) -> Commitment | None:
    """Return a promise of an agreement."""
    rows = Commitment.objects.select_related(
        *("agreement", "pole", "action", "provider", "receiver", "resource_type", "resource")
    )
    return rows.filter(agreement=agreement, pk=pk).first()


def paper_sheet(*, viewer: Viewer, agreement: Agreement) -> PaperSheet:
    """Return the whole sheet of an agreement that the viewer sees."""
    terms, parties = terms_of(agreement), parties_of(agreement)
    rows = list(joined_commitments().filter(agreement=agreement))
    sheet = sheet_of(viewer=viewer, agreement=agreement, commitments=rows)
    template = read_templates().get(terms.template) if terms else None
    values = terms.values if terms else {}
    drafting = None
    if template is not None and agreement.state == AgreementState.DRAFT:
        drafting = drafting_of(agreement, terms=terms, parties=parties, commitments=rows)
    return PaperSheet(
        sheet=sheet,
        template=template,
        giver_id=terms.giver_id if terms else None,
        filled=tuple(
            (field.label, said(field, values[field.code]))
            for field in (template.fields if template else ())
            if values.get(field.code)
        ),
        missing=missing_of(drafting) if drafting else (),
        lines=tuple(one for one in sheet.commitments if one.state != CommitmentState.CANCELLED),
        taken_out=tuple(one for one in sheet.commitments if one.state == CommitmentState.CANCELLED),
        has_unnamed=any(party.organisation_id is None for party in sheet.parties),
        parties=tuple(parties),
        annexes=drafting.annexes if drafting else tuple(agreement.annexes.select_related("file")),
    )
