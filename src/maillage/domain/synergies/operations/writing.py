"""Write to the parties and to the team: every letter has a key, so that what is done twice writes once."""

from datetime import date, datetime, timedelta

from django.db.models import prefetch_related_objects

from maillage.domain.actors.viewer import Viewer
from maillage.domain.mail.enums import MessageKind, MessageState
from maillage.domain.mail.links import sign
from maillage.domain.mail.models import Message
from maillage.domain.mail.operations import notify, queue_letter
from maillage.domain.mail.recipients import Recipient, recipients_of
from maillage.domain.synergies import letters
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.enums import Answer
from maillage.domain.synergies.models import Introduction, Synergy, SynergyParty
from maillage.domain.synergies.people import (
    reader_for,
    speakers_of,
    team_of,
)
from maillage.domain.synergies.rhythm import day_of
from maillage.domain.synergies.view import SynergyView, brought_along, synergy_view

ANSWER_LINK = "synergy-answer"
TIME_TO_UNDO = timedelta(minutes=15)
_LEFT = (MessageState.HANDED, MessageState.SENT, MessageState.UNSURE, MessageState.GATHERED)


def tell_team(*, synergy: Synergy, key: str, text: str, at: datetime, addresses: Addresses) -> None:
    """Tell who follows the synergy, or else everybody who runs the pole."""
    for account in team_of(synergy=synergy, on=day_of(at)):
        notify(
            key=key,
            account=account,
            pole=synergy.pole,
            text=text,
            url=addresses.sheet(synergy.pole.slug, synergy.pk),
            at=at,
        )


def view_for(synergy: Synergy, viewer: Viewer) -> SynergyView:
    """Return the synergy as a reader of a letter may see it, read anew."""
    found = Synergy.objects.select_related("pole", "owner__person", "agreement").get(pk=synergy.pk)
    prefetch_related_objects([found], *brought_along())
    return synergy_view(found, viewer)


def write_introduction(*, introduction: Introduction, turn: int, at: datetime, addresses: Addresses) -> int:
    """Write the letter of a turn to everybody who speaks for the party; return how many were written to."""
    party = introduction.party
    synergy, on = party.synergy, day_of(at)
    readers = recipients_of(organisation=party.organisation, pole_id=synergy.pole_id, on=on)
    if not readers:
        return 0
    structure = reader_for(organisation=party.organisation, pole=synergy.pole, on=on)
    view = view_for(synergy, structure)
    reasons = letters.reasons_for(synergy=synergy, organisation=party.organisation, view=view)
    own = [
        line.intent
        for line in synergy.lines.filter(intent__author=party.organisation).select_related("intent")
    ]
    for reader in readers:
        token = sign(
            ANSWER_LINK,
            {"introduction": introduction.pk, "person": reader.person.pk if reader.person else 0},
        )
        queue_letter(
            key=f"introduction:{introduction.pk}:{turn}:{reader.email}",
            kind=MessageKind.INTRODUCTION,
            to=reader.email,
            letter=letters.introduction(
                synergy=synergy,
                view=view,
                organisation=party.organisation,
                own=own,
                person=reader.person,
                reasons=reasons,
                url=addresses.answer(synergy.pole.slug, token),
                until=introduction.expires_at,
                turn=turn,
            ),
            at=at,
            pole=synergy.pole,
            person=reader.person,
        )
    return len(readers)


def _readers(party: SynergyParty, on: date) -> list[Recipient]:
    return recipients_of(organisation=party.organisation, pole_id=party.synergy.pole_id, on=on)


def _view_of(party: SynergyParty, on: date) -> SynergyView:
    structure = reader_for(organisation=party.organisation, pole=party.synergy.pole, on=on)
    return view_for(party.synergy, structure)


def write_shared_interest(*, synergy: Synergy, at: datetime) -> None:
    """Give each party the contacts of the others; the disclosures were written before."""
    on = day_of(at)
    parties = list(synergy.parties.filter(is_needed=True).select_related("organisation", "synergy__pole"))
    for party in parties:
        contacts = [
            letters.Contact(
                other.organisation,
                tuple(speakers_of(organisation=other.organisation, pole=synergy.pole, on=on)),
            )
            for other in parties
            if other.pk != party.pk
        ]
        view = _view_of(party, on)
        for reader in _readers(party, on):
            queue_letter(
                key=f"synergy-yes:{synergy.pk}:{at.isoformat()}:{reader.email}",
                kind=MessageKind.INTRODUCTION,
                to=reader.email,
                letter=letters.shared_interest(
                    synergy=synergy, view=view, person=reader.person, contacts=contacts
                ),
                at=at,
                pole=synergy.pole,
                person=reader.person,
            )


def write_stopped(*, synergy: Synergy, at: datetime) -> None:
    """Tell those who had said yes that it stops there."""
    on = day_of(at)
    said_yes = synergy.parties.filter(is_needed=True, answer=Answer.YES)
    for party in said_yes.select_related("organisation", "synergy__pole"):
        view = _view_of(party, on)
        for reader in _readers(party, on):
            queue_letter(
                key=f"{_stop_key(synergy, at)}{reader.email}",
                kind=MessageKind.ANSWER,
                to=reader.email,
                letter=letters.stopped(synergy=synergy, view=view, person=reader.person),
                at=at + TIME_TO_UNDO,
                pole=synergy.pole,
                person=reader.person,
            )


def _stop_key(synergy: Synergy, at: datetime) -> str:
    return f"synergy-stop:{synergy.pk}:{at.isoformat()}:"


def stopped_was_sent(*, synergy: Synergy, at: datetime) -> bool:
    """Whether somebody read already that a synergy stopped at that moment."""
    return Message.objects.filter(key__startswith=_stop_key(synergy, at), state__in=_LEFT).exists()


def take_back_stopped(*, synergy: Synergy, at: datetime) -> None:
    """Take back the letters that wait to say that a synergy stopped at that moment."""
    Message.objects.filter(key__startswith=_stop_key(synergy, at)).exclude(state__in=_LEFT).delete()
