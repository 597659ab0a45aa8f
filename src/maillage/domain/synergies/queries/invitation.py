"""What the page of a letter's link says: what the letter said, and nothing more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from maillage.domain.synergies.enums import Answer, SynergyState
from maillage.domain.synergies.letters import proposal_words
from maillage.domain.synergies.models import Introduction
from maillage.domain.synergies.operations.writing import view_for
from maillage.domain.synergies.people import reader_for
from maillage.domain.synergies.rhythm import day_of


@dataclass(frozen=True, slots=True)
class Invitation:
    """The proposal as its structure may read it, and where it stands."""

    organisation: str
    words: tuple[str, ...]
    last_day: date
    answer: str
    answered_at: datetime | None
    is_shared: bool
    waits_for_offer: bool
    email: str
    phone: str


def invitation_of(*, introduction: Introduction, on: date) -> Invitation:
    """Return what the page shows to who holds the link."""
    party = introduction.party
    synergy, organisation = party.synergy, party.organisation
    view = view_for(synergy, reader_for(organisation=organisation, pole=synergy.pole, on=on))
    own = synergy.lines.filter(intent__author=organisation).values_list("intent_id", flat=True)
    party.refresh_from_db(fields=["answer", "answered_at"])
    return Invitation(
        organisation=organisation.name,
        words=tuple(
            proposal_words(synergy=synergy, view=view, organisation=organisation, own=frozenset(own))
        ),
        last_day=day_of(introduction.expires_at) - timedelta(days=1),
        answer=party.answer,
        answered_at=party.answered_at,
        is_shared=party.answer == Answer.YES
        and view.state
        in {SynergyState.INTERESTED, SynergyState.TALKS, SynergyState.AGREED, SynergyState.RUNNING},
        waits_for_offer=view.waits_for_offer,
        email=synergy.pole.contact_email,
        phone=synergy.pole.contact_phone,
    )
