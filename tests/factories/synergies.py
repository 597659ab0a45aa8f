"""Synergies for the tests, moved by the real operations."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from maillage.domain.actors.models import Account, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.links import sign
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.drafts import LineDraft, SynergyDraft
from maillage.domain.synergies.enums import Answer, AnswerChannel, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyParty
from maillage.domain.synergies.operations import move, note_synergy, propose, record_answer
from maillage.domain.synergies.operations.writing import ANSWER_LINK
from tests.factories import NOW
from tests.factories.actors import make_mandate, make_membership, make_organisation, make_person, make_pole
from tests.factories.exchanges import make_need, make_offer

ADDRESSES = Addresses(
    answer=lambda pole, token: f"https://pole.exemple/p/{pole}/synergies/repondre/{token}/",
    sheet=lambda pole, pk: f"/p/{pole}/synergies/{pk}/",
    site="https://pole.exemple",
)
PATH = {
    SynergyState.INTERESTED: (),
    SynergyState.TALKS: ("talk",),
    SynergyState.AGREED: ("talk", "agree"),
    SynergyState.RUNNING: ("talk", "agree", "run"),
    SynergyState.ENDED: ("talk", "agree", "run", "end"),
}


def make_pair(pole: Pole | None = None, **fields: Any) -> tuple[Intent, Intent]:
    """Make a need and an offer of two members."""
    pole = pole or make_pole()
    one, other = make_organisation(), make_organisation()
    for member in (one, other):
        make_membership(pole, member)
    return make_need(pole=pole, author=one, **fields), make_offer(pole=pole, author=other, **fields)


def make_synergy(
    *intents: Intent,
    state: str = SynergyState.DETECTED,
    pole: Pole | None = None,
    by: Account | None = None,
    at: datetime = NOW,
    quantity: Decimal | int | None = None,
    **fields: Any,
) -> Synergy:
    """Make a synergy over intents (a new pair when none are given) and bring it to a state."""
    intents = intents or make_pair(pole)
    pole = pole or intents[0].pole
    amount = None if quantity is None else Decimal(quantity)
    lines = tuple(LineDraft(one, amount if one.kind == "offer" else None) for one in intents)
    synergy = note_synergy(pole=pole, draft=SynergyDraft(lines=lines, **fields), by=by, at=at)
    return bring(synergy, state, by=by, at=at)


def bring(synergy: Synergy, state: str, *, by: Account | None = None, at: datetime = NOW) -> Synergy:
    """Bring a synergy that was detected to a state, everybody saying yes on the way."""
    if state == SynergyState.DETECTED:
        return synergy
    synergy = propose(synergy=synergy, by=by, at=at, addresses=ADDRESSES)
    if state == SynergyState.PROPOSED:
        return synergy
    if state in {SynergyState.REFUSED, SynergyState.ABANDONED}:
        verb = "refuse" if state == SynergyState.REFUSED else "abandon"
        return move(synergy=synergy, verb=verb, by=by, at=at, reason="price")
    say_yes(synergy, at=at)
    for verb in PATH[SynergyState(state)]:
        synergy = move(synergy=synergy, verb=verb, by=by, at=at)
    return Synergy.objects.get(pk=synergy.pk)


def say(
    party: SynergyParty, answer: str = Answer.YES, *, channel: str = AnswerChannel.SITE, **fields: Any
) -> Synergy:
    """Have one party answer, now unless said otherwise."""
    return record_answer(
        party=party, answer=answer, channel=channel, addresses=ADDRESSES, **({"at": NOW} | fields)
    )


def make_speaking_pair(pole: Pole | None = None, **fields: Any) -> tuple[Intent, Intent]:
    """Make a need and an offer of two members, each with a representative who has an address."""
    need, offer = make_pair(pole, **fields)
    for intent, email in ((need, "ana@besoin.fr"), (offer, "bob@offre.fr")):
        person = make_person(email.split("@")[0].capitalize(), email=email, phone="02 00 00 00 00")
        make_mandate(person, intent.pole, organisation=intent.author)
    return need, offer


def say_yes(synergy: Synergy, *, at: datetime = NOW) -> Synergy:
    """Have every party say yes."""
    for party in synergy.parties.filter(is_needed=True, answer=Answer.WAITING):
        say(party, channel=AnswerChannel.TEAM, at=at)
    return Synergy.objects.get(pk=synergy.pk)


def answer_token(party: SynergyParty | None = None) -> str:
    """Return the token of an open invitation: that of a party, or else of the first party asked."""
    waiting = Introduction.objects.filter(used_at=None, revoked_at=None)
    found = (waiting.filter(party=party) if party else waiting).order_by("pk")[0]
    return sign(ANSWER_LINK, {"introduction": found.pk, "person": 0})
