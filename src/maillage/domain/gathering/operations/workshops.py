"""Prepare a workshop, change it, lead it from writing to votes."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Account, Pole
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.live import turn_page
from maillage.domain.gathering.models import Workshop
from maillage.domain.gathering.models.workshop import MOST_VOTES
from maillage.domain.gathering.states import WORKSHOP_MOVES
from maillage.domain.places.models import Municipality

CONSENT = (
    "J’accepte que l’animation du pôle garde mon nom et mon courriel pour me recontacter au sujet de ce qui est dit "
    "dans cet atelier. Je peux demander à tout moment qu’ils soient effacés."
)
_ALREADY = {
    WorkshopState.PREPARED: "L’atelier n’est pas encore ouvert.",
    WorkshopState.GATHERING: "On écrit déjà.",
    WorkshopState.VOTING: "On vote déjà.",
    WorkshopState.CLOSED: "L’atelier est clos.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkshopFields:
    """What one writes to prepare a workshop."""

    title: str
    held_on: date
    question: str = ""
    place: str = ""
    municipality: Municipality | None = None
    votes_each: int = 3
    consent_text: str = CONSENT


def check_workshop(fields: WorkshopFields) -> None:
    """Raise ``UserMistakes`` with every mistake, by field."""
    found: dict[str, str] = {}
    if not fields.title.strip():
        found["title"] = "Donnez un titre à l’atelier."
    for name, text, most in (("title", fields.title, 120), ("question", fields.question, 300)):
        if len(text) > most:
            found[name] = f"Ce texte est trop long : {most} caractères au plus."
    if len(fields.place) > 200:
        found["place"] = "Ce lieu est trop long : 200 caractères au plus."
    if not 1 <= fields.votes_each <= MOST_VOTES:
        found["votes_each"] = f"Donnez de 1 à {MOST_VOTES} votes par téléphone."
    if not fields.consent_text.strip():
        found["consent_text"] = "Dites à quoi serviront les noms et les courriels."
    if found:
        raise UserMistakes(found)


def prepare_workshop(*, pole: Pole, fields: WorkshopFields, by: Account | None, on: date) -> Workshop:
    """Keep a workshop to come; its consent text is dated of today."""
    check_workshop(fields)
    return Workshop.objects.create(
        pole=pole, key=secrets.token_urlsafe(16), consent_on=on, created_by=by, **_columns(fields)
    )


def update_workshop(*, workshop: Workshop, fields: WorkshopFields, on: date) -> Workshop:
    """Change a workshop that is not closed; a new consent text takes the day's date."""
    check_workshop(fields)
    with transaction.atomic():
        kept = Workshop.objects.select_for_update().get(pk=workshop.pk)
        if kept.state == WorkshopState.CLOSED:
            raise UserMistake("L’atelier est clos : il ne change plus.")
        columns = _columns(fields)
        if columns["consent_text"] != kept.consent_text:
            kept.consent_on = on
        for name, value in columns.items():
            setattr(kept, name, value)
        kept.save(update_fields=[*columns, "consent_on"])
        turn_page(kept.pk)
    return kept


def move_workshop(*, workshop: Workshop, verb: str, at: datetime) -> Workshop:
    """Lead a workshop one step: ``open`` the writing, ``vote``. Closing has its own operation."""
    with transaction.atomic():
        return step(workshop=workshop, verb=verb, at=at)


def step(*, workshop: Workshop, verb: str, at: datetime) -> Workshop:
    """Move a workshop inside a transaction; the screens are told."""
    move = WORKSHOP_MOVES[verb]
    kept = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if kept.state not in move.starts:
        raise UserMistake(_ALREADY[WorkshopState(kept.state)])
    kept.state = move.ends
    kept.closed_at = at if move.ends == WorkshopState.CLOSED else None
    kept.save(update_fields=["state", "closed_at"])
    turn_page(kept.pk)
    return kept


def _columns(fields: WorkshopFields) -> dict[str, object]:
    return {
        "title": " ".join(fields.title.split()),
        "question": fields.question.strip(),
        "held_on": fields.held_on,
        "place": fields.place.strip(),
        "municipality": fields.municipality,
        "votes_each": fields.votes_each,
        "consent_text": fields.consent_text.strip(),
    }
