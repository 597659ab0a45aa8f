"""Close a workshop: every card becomes a draft, those who left an e-mail receive what was found."""

from datetime import datetime

from django.db import transaction

from maillage.domain.actors.models import Account
from maillage.domain.exchanges.enums import EvidenceChannel
from maillage.domain.exchanges.queries import choices
from maillage.domain.gathering.models import Draft, Seat, Workshop
from maillage.domain.gathering.operations.workshops import step
from maillage.domain.gathering.queries.workshops import Finding, findings_of


def close_workshop(*, workshop: Workshop, by: Account | None, at: datetime) -> list[Draft]:
    """Close the room for good and write a draft for each card still on the wall."""
    with transaction.atomic():
        closed = step(workshop=workshop, verb="close", at=at)
        return [_draft(closed, finding) for finding in findings_of(closed)]


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
