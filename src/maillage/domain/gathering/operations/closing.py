"""Close a workshop: every card becomes a draft, those who left an e-mail receive what was found."""

from datetime import datetime

from django.db import transaction

from maillage.domain.actors.models import Account
from maillage.domain.exchanges.enums import EvidenceChannel
from maillage.domain.exchanges.queries import choices
from maillage.domain.gathering.models import Card, Draft, Seat, Workshop
from maillage.domain.gathering.operations.workshops import step
from maillage.domain.gathering.queries.workshops import Finding, findings_of
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.operations import queue_letter

MOST_LINES = 40


def close_workshop(*, workshop: Workshop, by: Account | None, at: datetime, address: str = "") -> list[Draft]:
    """Close the room for good: a draft for each card still on the wall, a letter to each phone that left an e-mail.

    ``address`` is the page of the room, where everybody finds the list again.
    """
    with transaction.atomic():
        closed = step(workshop=workshop, verb="close", at=at)
        findings = findings_of(closed)
        drafts = [_draft(closed, finding) for finding in findings]
        _write_to(closed, findings, at=at, address=address)
    return drafts


def _write_to(workshop: Workshop, findings: list[Finding], *, at: datetime, address: str) -> None:
    """Write to each address once, whatever the number of phones that gave it."""
    seats = Seat.objects.filter(workshop=workshop, consented_at__isnull=False).exclude(email="")
    by_email: dict[str, list[Seat]] = {}
    for seat in seats.order_by("pk"):
        by_email.setdefault(seat.email.lower(), []).append(seat)
    for email, phones in by_email.items():
        queue_letter(
            key=f"workshop-{workshop.pk}-closed-{email}",
            kind=MessageKind.WORKSHOP,
            to=email,
            letter=_letter(workshop, findings, {one.pk for one in phones}, address),
            at=at,
            pole=workshop.pole,
        )


def _letter(workshop: Workshop, findings: list[Finding], phones: set[int], address: str) -> Letter:
    mine = [one for one in findings if one.card.seat_id in phones]
    others = [one for one in findings if one.answers and one.card.kind == "need" and one not in mine]
    paragraphs = [
        f"Merci d’être venu à l’atelier « {workshop.title} ». Voici ce qui s’y répond. "
        "Rien n’est promis : l’animation du pôle vous met en relation si vous le souhaitez."
    ]
    if mine:
        paragraphs += ["Vos cartes :", *(_line(one) for one in mine[:MOST_LINES])]
    if others:
        paragraphs += ["Dans la salle aussi :", *(_line(one) for one in others[:MOST_LINES])]
    if not mine and not others:
        paragraphs.append(
            "Aucune carte n’en appelle encore une autre. L’animation du pôle cherche plus loin."
        )
    return Letter(
        subject=f"{workshop.title} : ce qui se répond",
        greeting="Bonjour,",
        paragraphs=tuple(paragraphs),
        buttons=(Button("Revoir la liste", address),) if address else (),
    )


def _line(finding: Finding) -> str:
    card = finding.card
    side = "Besoin" if card.kind == "need" else "Offre"
    answers = [link.offer if card.kind == "need" else link.need for link in finding.answers]
    said = (
        " ; ".join(f"« {one.title} »{_table(one)}" for one in answers)
        or "rien n’y répond encore dans la salle"
    )
    return f"{side} « {card.title} » : {said}."


def _table(card: Card) -> str:
    number = card.seat.table_number if card.seat is not None else None
    return f" (table {number})" if number else ""


def _draft(workshop: Workshop, finding: Finding) -> Draft:
    card, seat = finding.card, finding.card.seat
    said = seat.organisation if seat is not None else ""
    return Draft.objects.create(
        pole_id=workshop.pole_id,
        kind=card.kind,
        title=card.title,
        organisation=choices.organisation_named(pole=workshop.pole, name=said) if said else None,
        organisation_name=said,
        said_by=_said_by(seat),
        email=seat.email if seat is not None else "",
        municipality=workshop.municipality,
        resource_type=card.resource_type,
        people_concerned=card.people_concerned,
        votes=finding.votes,
        channel=EvidenceChannel.MEETING,
        place=f"Atelier « {workshop.title} »"[:200],
        said_on=workshop.held_on,
        card=card,
    )


def _said_by(seat: Seat | None) -> str:
    if seat is None:
        return ""
    if seat.name:
        return seat.name
    return f"Table {seat.table_number}" if seat.table_number else ""
