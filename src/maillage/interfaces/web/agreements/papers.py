"""The papers of an agreement as files: its text with who said yes, and the other papers of its template."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify

from maillage.core.french import NBSP
from maillage.domain.agreements.document import Block, Document, Grid, Heading, Paragraph
from maillage.domain.agreements.queries.signing import YesLine
from maillage.domain.ledger.models import Agreement
from maillage.interfaces.documents.pdf import as_pdf
from maillage.interfaces.documents.word import as_docx

ENDINGS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file ready to go."""

    name: str
    content_type: str
    content: bytes


def made_paper(
    *,
    agreement: Agreement,
    document: Document,
    digest: str,
    consents: tuple[YesLine, ...],
    is_draft: bool,
    what: str,
    ending: str,
    at: datetime,
) -> Paper:
    """Return a paper as a PDF or a DOCX; what follows the text is not part of what is signed."""
    after = _signatures(consents)
    notes = [f"Empreinte du texte (SHA-256) : {digest}"] if digest else []
    if is_draft:
        notes.append(f"Brouillon du {moment(at)} : rien n’est promis.")
    author = agreement.pole.name
    if ending == "pdf":
        content = as_pdf(document, author=author, after=after, notes=notes)
    else:
        content = as_docx(document, author=author, at=at, after=after, notes=notes)
    stem = slugify(agreement.title)[:60] or "accord"
    return Paper(f"{what}-{agreement.pk}-{stem}.{ending}", ENDINGS[ending], content)


def _signatures(consents: tuple[YesLine, ...]) -> list[Block]:
    if not consents:
        return []
    rows = tuple(
        (one.organisation, f"{one.signer}, {one.capacity}", moment(one.at), one.way_text) for one in consents
    )
    return [
        Heading("Consentements recueillis"),
        Grid("Qui a dit oui à ce texte", ("Structure", "Qui", "Quand", "Comment"), rows),
        Paragraph("Chaque personne a dit oui au texte dont l’empreinte est écrite ci-dessous."),
    ]


def moment(at: datetime) -> str:
    """Write a day and an hour."""
    here = timezone.localtime(at)
    return f"{date_format(here, 'j F Y')} à {here.hour}{NBSP}h{NBSP}{here.minute:02}"
