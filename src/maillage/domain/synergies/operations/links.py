"""The link of a letter: opened as often as one wants, it answers once, by the page that confirms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Person
from maillage.domain.mail.links import read
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.enums import AnswerChannel, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy
from maillage.domain.synergies.operations.answers import record_answer
from maillage.domain.synergies.operations.locking import locked
from maillage.domain.synergies.operations.writing import ANSWER_LINK


class LinkState(StrEnum):
    """What a link may still do."""

    OPEN = "open"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


SENTENCES = {
    LinkState.ANSWERED: "Votre structure a déjà répondu.",
    LinkState.EXPIRED: "Ce lien n’est plus valable.",
    LinkState.WITHDRAWN: "Cette proposition n’est plus d’actualité.",
}


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """A link that we wrote: whose it is, for which invitation, what it may still do."""

    introduction: Introduction
    person: Person | None
    state: LinkState


def read_link(*, token: str, at: datetime) -> AnswerLink | None:
    """Return what a link says; None when we did not write it."""
    said = read(ANSWER_LINK, token)
    if said is None:
        return None
    found = (
        Introduction.objects.filter(pk=said.get("introduction", 0))
        .select_related("party__synergy__pole", "party__organisation")
        .first()
    )
    if found is None:
        return None
    person = Person.objects.filter(pk=said.get("person", 0)).first()
    return AnswerLink(found, person, _state(found, at))


def _state(introduction: Introduction, at: datetime) -> LinkState:
    if introduction.used_at is not None:
        return LinkState.ANSWERED
    if introduction.revoked_at is not None or introduction.party.synergy.state != SynergyState.PROPOSED:
        return LinkState.WITHDRAWN
    return LinkState.EXPIRED if at >= introduction.expires_at else LinkState.OPEN


def answer_by_link(
    *, link: AnswerLink, answer: str, reason: str, words: str, at: datetime, addresses: Addresses
) -> Synergy:
    """Keep an answer without account; the row of the invitation makes the link serve once."""
    with transaction.atomic():
        locked(link.introduction.party.synergy)
        kept = Introduction.objects.select_for_update(of=("self",)).get(pk=link.introduction.pk)
        state = _state(kept, at)
        if state is not LinkState.OPEN:
            raise UserMistake(SENTENCES[state])
        return record_answer(
            party=kept.party,
            answer=answer,
            channel=AnswerChannel.LINK,
            at=at,
            addresses=addresses,
            person=link.person,
            reason=reason,
            words=words,
        )
