"""Writes the text of an agreement from its template, its parties, its promises and what was filled in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from maillage.core.french import NBSP, listed, typography
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.document import Block, Document, Grid, Heading, Items, Paragraph, clean
from maillage.domain.agreements.models import AgreementTerms, Annex
from maillage.domain.agreements.templates import PLACE, Clause, Extra, Template, template_named
from maillage.domain.agreements.values import BLANK, day, said
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.models import Agreement, Commitment

_ENDING = re.compile(r"[.!?…]$")


@dataclass(frozen=True, slots=True)
class Drafting:
    """Everything a text says, read once."""

    agreement: Agreement
    terms: AgreementTerms
    template: Template
    parties: tuple[Organisation, ...]
    commitments: tuple[Commitment, ...]
    annexes: tuple[Annex, ...]

    @property
    def giver(self) -> Organisation | None:
        """The party that gives: the one chosen, else the first."""
        chosen = next((one for one in self.parties if one.pk == self.terms.giver_id), None)
        return chosen or (self.parties[0] if self.parties else None)

    def holding(self, commitments: Sequence[Commitment]) -> "Drafting":
        """Return the same with other promises."""
        return replace(self, commitments=tuple(commitments))


def drafting_of(
    agreement: Agreement,
    *,
    terms: AgreementTerms | None = None,
    parties: Sequence[Organisation] | None = None,
    commitments: Sequence[Commitment] | None = None,
) -> Drafting:
    """Read what the text of an agreement needs, but what one read already: one to four questions."""
    terms = terms or AgreementTerms.objects.get(agreement=agreement)
    if parties is None:
        rows = agreement.parties.select_related("organisation").order_by("pk")
        parties = [party.organisation for party in rows]
    if commitments is None:
        lines = agreement.commitments.select_related(
            "action", "provider", "receiver", "resource_type", "resource"
        )
        commitments = list(lines.exclude(state=CommitmentState.CANCELLED))
    standing = (one for one in commitments if one.state != CommitmentState.CANCELLED)
    return Drafting(
        agreement=agreement,
        terms=terms,
        template=template_named(terms.template),
        parties=tuple(parties),
        commitments=tuple(sorted(standing, key=lambda one: one.pk)),
        annexes=tuple(agreement.annexes.select_related("file")),
    )


def draft_text(drafting: Drafting) -> Document:
    """Write the agreement."""
    template, agreement = drafting.template, drafting.agreement
    blocks: list[Block] = [Heading("Entre"), *_parties(drafting)]
    blocks += [Heading("Durée"), Paragraph(_duration(agreement))]
    blocks += [Heading("Ce que nous nous promettons"), *_promises(drafting)]
    blocks += _clauses(drafting, template.clauses)
    if agreement.conditions:
        blocks += [Heading("Conditions particulières"), *_paragraphs(agreement.conditions)]
    if drafting.annexes:
        lines = tuple(
            f"{clean(one.title)} ({clean(one.file.name)}, empreinte {one.file.sha256})"
            for one in drafting.annexes
        )
        blocks += [Heading("Annexes"), Items(lines)]
    blocks += [Heading("Textes de référence"), Items(tuple(_source_lines(template)))]
    return Document(template.document, clean(agreement.title), tuple(typeset(block) for block in blocks))


def draft_extra(drafting: Drafting, extra: Extra) -> Document:
    """Write one of the other papers, with the place to sign by hand."""
    words = _words(drafting)
    blocks: list[Block] = _clauses(drafting, extra.clauses)
    rows = tuple((_filled(signer, words), "", "") for signer in extra.signers)
    blocks += [
        Heading("Date et signature"),
        Grid("À signer par chaque personne nommée", ("Qui", "Date", "Signature"), rows),
        Heading("Textes de référence"),
        Items(tuple(_source_lines(drafting.template))),
    ]
    return Document(
        extra.document, clean(drafting.agreement.title), tuple(typeset(block) for block in blocks)
    )


def typeset(block: Block) -> Block:
    """Give every text its French spaces, so that the page, the files and the digest say the same."""
    if isinstance(block, Heading):
        return Heading(typography(block.text), block.level)
    if isinstance(block, Paragraph):
        return Paragraph(typography(block.text))
    if isinstance(block, Items):
        return Items(tuple(typography(line) for line in block.lines))
    rows = tuple(tuple(typography(cell) for cell in row) for row in block.rows)
    return Grid(typography(block.caption), tuple(typography(head) for head in block.heads), rows)


def _parties(drafting: Drafting) -> Sequence[Block]:
    lines = []
    for party in drafting.parties:
        role = ""
        if drafting.template.has_roles:
            is_giver = drafting.giver is not None and party.pk == drafting.giver.pk
            role = drafting.template.giver if is_giver else drafting.template.receiver
        number = f", SIREN {party.siren}" if party.siren else ""
        lines.append(f"{clean(party.name)}{number}{', ' + _lower(role) if role else ''}")
    return [Items(tuple(lines)) if lines else Paragraph(BLANK)]


def _lower(role: str) -> str:
    return role[:1].lower() + role[1:]


def _duration(agreement: Agreement) -> str:
    if agreement.starts_on is None:
        start = "L’accord commence quand toutes les parties ont dit oui"
    else:
        start = f"L’accord commence le {day(agreement.starts_on)}"
    if agreement.ends_on is None:
        return start + ". Il dure tant que personne ne l’arrête."
    return f"{start} et se termine le {day(agreement.ends_on)}."


def _promises(drafting: Drafting) -> list[Block]:
    if not drafting.commitments:
        return [Paragraph("Aucune promesse chiffrée.")]
    rows = tuple(
        (clean(one.provider.name), clean(one.receiver.name), what(one), how_much(one), when(one))
        for one in drafting.commitments
    )
    blocks: list[Block] = [
        Grid("Qui promet quoi à qui", ("Qui donne", "Qui reçoit", "Quoi", "Combien", "Quand"), rows)
    ]
    givers = {one.provider_id for one in drafting.commitments}
    idle = [clean(party.name) for party in drafting.parties if party.pk not in givers]
    if idle:
        blocks.append(Paragraph(f"Rien n’est demandé en retour à {' ni à '.join(idle)}."))
    return blocks


def what(commitment: Commitment) -> str:
    """Say what is promised."""
    thing = commitment.resource.name if commitment.resource else commitment.resource_type.label
    note = f" ({clean(commitment.note)})" if commitment.note else ""
    return f"{commitment.action.label} : {clean(thing)}{note}"


def how_much(commitment: Commitment) -> str:
    """Say how much is promised, or nothing."""
    if commitment.quantity is None:
        return "–"
    return str(Quantity(commitment.quantity, unit_named(commitment.unit)))


def when(commitment: Commitment) -> str:
    """Say when it is promised."""
    if commitment.during is not None:
        return f"du {_moment(commitment.during.lower)} au {_moment(commitment.during.upper)}"
    return f"avant le {day(commitment.due_on)}" if commitment.due_on else "pendant l’accord"


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    hour = f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02}" if local.minute else "")
    return f"{date_format(local, 'j F Y')} {hour}"


def _clauses(drafting: Drafting, clauses: Sequence[Clause]) -> list[Block]:
    words = _words(drafting)
    blocks: list[Block] = []
    for clause in clauses:
        if clause.when and not drafting.terms.values.get(clause.when):
            continue
        blocks += [Heading(clause.title), *_paragraphs(_filled(clause.text, words))]
    return blocks


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.split("\n") if line.strip()]


def _words(drafting: Drafting) -> dict[str, str]:
    """Return what each ``{word}`` becomes."""
    giver = drafting.giver
    others = [clean(one.name) for one in drafting.parties if giver is None or one.pk != giver.pk]
    agreement, values = drafting.agreement, drafting.terms.values
    words = {
        "giver": clean(giver.name) if giver else BLANK,
        "receiver": listed(others) or BLANK,
        "parties": listed([clean(one.name) for one in drafting.parties]) or BLANK,
        "starts_on": day(agreement.starts_on) if agreement.starts_on else "jour où tous ont dit oui",
        "ends_on": day(agreement.ends_on),
        "title": clean(agreement.title),
        "pole": agreement.pole.name,
    }
    for field in drafting.template.fields:
        text = said(field, values.get(field.code, ""))
        is_long = field.kind == "lines" and not _ENDING.search(text)
        words[field.code] = text + ("." if is_long else "")
    return words


def _filled(text: str, words: Mapping[str, str]) -> str:
    """Put the words in their places, once: what somebody typed is never read as a place again."""
    return PLACE.sub(lambda found: words[found.group(1)], text)


def _source_lines(template: Template) -> list[str]:
    checked = {"read": "relu le", "known": "à relire avant de s’y appuyer, noté le"}
    return [
        f"{source.text} ({checked[source.checked_how]} {day(source.checked_on)})"
        for source in template.sources
    ]
