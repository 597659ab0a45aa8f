"""Synergies for the tests, moved by the real operations."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from maillage.domain.actors.models import Account, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.drafts import LineDraft, SynergyDraft
from maillage.domain.synergies.enums import Answer, AnswerChannel, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import move, note_synergy, propose, record_answer
from tests.factories import NOW
from tests.factories.actors import make_membership, make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer

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
    synergy = propose(synergy=synergy, by=by, at=at)
    if state == SynergyState.PROPOSED:
        return synergy
    if state in {SynergyState.REFUSED, SynergyState.ABANDONED}:
        verb = "refuse" if state == SynergyState.REFUSED else "abandon"
        return move(synergy=synergy, verb=verb, by=by, at=at, reason="price")
    say_yes(synergy, at=at)
    for verb in PATH[SynergyState(state)]:
        synergy = move(synergy=synergy, verb=verb, by=by, at=at)
    return Synergy.objects.get(pk=synergy.pk)


def say_yes(synergy: Synergy, *, at: datetime = NOW) -> Synergy:
    """Have every party say yes."""
    for party in synergy.parties.filter(is_needed=True, answer=Answer.WAITING):
        record_answer(party=party, answer=Answer.YES, channel=AnswerChannel.TEAM, at=at)
    return Synergy.objects.get(pk=synergy.pk)
