"""Workshops, campaigns, interviews and drafts for the tests."""

from itertools import count
from typing import Any

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Answer, Campaign, Card, Draft, Interview, Seat, Workshop
from tests.factories import NOW, TODAY
from tests.factories.actors import make_pole

_NUMBERS = count(1)


def make_workshop(
    pole: Pole | None = None, *, state: str = WorkshopState.GATHERING, **fields: Any
) -> Workshop:
    given = {
        "title": "Ce qui manque au quartier",
        "held_on": TODAY,
        "consent_text": "Pour vous recontacter.",
        "consent_on": TODAY,
        "key": f"cle-d-atelier-{next(_NUMBERS)}",
        "closed_at": NOW if state == WorkshopState.CLOSED else None,
    } | fields
    return Workshop.objects.create(pole=pole or make_pole(), state=state, **given)


def make_seat(workshop: Workshop, **fields: Any) -> Seat:
    given = {"key": f"telephone-{next(_NUMBERS)}", "joined_at": NOW} | fields
    return Seat.objects.create(workshop=workshop, **given)


def make_card(workshop: Workshop, kind: str = IntentKind.NEED, **fields: Any) -> Card:
    given = {"title": f"Une salle n° {next(_NUMBERS)}", "version": 1, "at": NOW} | fields
    return Card.objects.create(workshop=workshop, kind=kind, **given)


def make_interview(pole: Pole | None = None, **fields: Any) -> Interview:
    given = {"subject": "La gardienne de l’école", "held_on": TODAY, "notes": "Il manque une salle le mardi."}
    return Interview.objects.create(pole=pole or make_pole(), **(given | fields))


def make_campaign(pole: Pole | None = None, **fields: Any) -> Campaign:
    given = {
        "slug": f"campagne-{next(_NUMBERS)}",
        "title": "Que vous manque-t-il ?",
        "consent_text": "Vos réponses servent au pôle.",
        "consent_on": TODAY,
        "opens_on": TODAY,
    } | fields
    return Campaign.objects.create(pole=pole or make_pole(), **given)


def make_draft(pole: Pole | None = None, **fields: Any) -> Draft:
    pole = pole or make_pole()
    given = {
        "kind": IntentKind.NEED,
        "title": "Une salle le mardi",
        "channel": EvidenceChannel.INTERVIEW,
        "said_on": TODAY,
    } | fields
    if not {"card", "answer", "mail", "interview"} & set(fields):
        given["interview"] = make_interview(pole)
    return Draft.objects.create(pole=pole, **given)


def make_answer(campaign: Campaign | None = None, **fields: Any) -> Answer:
    given = {"key": f"reponse-{next(_NUMBERS)}", "started_at": NOW, "saved_at": NOW} | fields
    return Answer.objects.create(campaign=campaign or make_campaign(), **given)
