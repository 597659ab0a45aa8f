"""Each party answers for itself; the last yes makes the interest shared, a no that empties a side refuses."""

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.enums import Answer, AnswerChannel, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyParty
from maillage.domain.synergies.operations import go_on_without
from tests.factories import NOW
from tests.factories.actors import make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.synergies import ADDRESSES, make_synergy, say

pytestmark = pytest.mark.django_db


def answer(synergy: Synergy, intent: Intent, said: str, **fields: str) -> Synergy:
    party = synergy.parties.get(organisation=intent.author)
    return say(party, said, channel=AnswerChannel.SITE, **fields)


@pytest.fixture
def three() -> tuple[Intent, Intent, Intent]:
    pole = make_pole()
    return make_need(pole=pole), make_offer(pole=pole), make_offer(pole=pole)


def test_yes__of_everybody_makes_the_interest_shared(three: tuple[Intent, Intent, Intent]) -> None:
    synergy = make_synergy(*three, state=SynergyState.PROPOSED)
    for intent, state in zip(three, ("proposed", "proposed", "interested"), strict=True):
        assert answer(synergy, intent, Answer.YES).state == state
    assert Introduction.objects.filter(used_at=NOW).count() == 3


def test_no__of_one_among_several_leaves_the_others_their_word(three: tuple[Intent, Intent, Intent]) -> None:
    synergy = make_synergy(*three, state=SynergyState.PROPOSED)
    assert answer(synergy, three[1], Answer.NO, reason="price").state == SynergyState.PROPOSED
    answer(synergy, three[0], Answer.YES)
    answer(synergy, three[2], Answer.YES)
    party = synergy.parties.get(organisation=three[1].author)
    assert go_on_without(party=party, by=None, at=NOW, addresses=ADDRESSES).state == SynergyState.INTERESTED


def test_no__that_empties_a_side_refuses_with_its_reason(three: tuple[Intent, Intent, Intent]) -> None:
    synergy = make_synergy(*three, state=SynergyState.PROPOSED)
    done = answer(synergy, three[0], Answer.NO, reason="other", words="Nous déménageons")
    assert (done.state, done.reason, done.words) == (SynergyState.REFUSED, "other", "Nous déménageons")
    assert not Introduction.objects.filter(used_at=None, revoked_at=None).exists()


def test_no__gives_a_reason() -> None:
    synergy = make_synergy(state=SynergyState.PROPOSED)
    party = synergy.parties.first()
    with pytest.raises(UserMistake, match="pourquoi"):
        say(party, Answer.NO, channel=AnswerChannel.SITE)


def test_answer__is_changed_while_the_others_think() -> None:
    synergy = make_synergy(state=SynergyState.PROPOSED)
    party = synergy.parties.first()
    say(party, Answer.YES, channel=AnswerChannel.SITE)
    done = say(party, Answer.NO, channel=AnswerChannel.TEAM, reason="price")
    assert done.state == SynergyState.REFUSED


def test_answer__comes_too_late_when_all_is_said() -> None:
    synergy = make_synergy(state=SynergyState.TALKS)
    with pytest.raises(UserMistake, match="en discussion"):
        say(synergy.parties.first())


def test_go_on_without__keeps_somebody_on_each_side() -> None:
    synergy = make_synergy(state=SynergyState.PROPOSED)
    with pytest.raises(UserMistake, match="Sans cette structure"):
        go_on_without(party=synergy.parties.first(), by=None, at=NOW, addresses=ADDRESSES)


def test_database__refuses_an_answer_without_its_moment() -> None:
    party = make_synergy().parties.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        SynergyParty.objects.filter(pk=party.pk).update(answer=Answer.YES)
