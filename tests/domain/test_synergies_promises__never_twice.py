"""Two people accept the same single offer at the same second: one gets it, the other reads why, nothing is lost."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.enums import Answer, AnswerChannel, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import move
from tests.domain.at_once import at_once
from tests.factories import NOW
from tests.factories.actors import make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.synergies import make_synergy, say, say_yes

ROUNDS = 6


def single_offer(pole: Pole, **fields: object) -> Intent:
    given = {"quantity": Decimal(1), "minimum": Decimal(1), "unit": "u", "period": "once"} | fields
    return make_offer(pole=pole, title="Un camion", **given)


def last_yes(synergy: Synergy) -> Callable[[], Synergy]:
    """Have everybody but one say yes; return the call that says the last."""
    parties = list(synergy.parties.order_by("pk"))
    for party in parties[1:]:
        say(party, Answer.YES, channel=AnswerChannel.TEAM)
    return lambda: say(parties[0], Answer.YES, channel=AnswerChannel.LINK)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_last_yes__of_two_at_the_same_second_promises_the_offer_once(turn: int) -> None:
    pole = make_pole()
    offer = single_offer(pole)
    both = [make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED) for _ in range(2)]
    said = at_once(*(last_yes(one) for one in both))
    assert all(isinstance(one, Synergy) for one in said), said
    states = sorted(Synergy.objects.filter(pole=pole).values_list("state", flat=True))
    assert states == [SynergyState.INTERESTED, SynergyState.PROPOSED]
    waiting = Synergy.objects.get(pole=pole, state=SynergyState.PROPOSED)
    assert {party.answer for party in waiting.parties.all()} == {Answer.YES}


@pytest.mark.django_db(transaction=True)
def test_both_parties__of_one_synergy_answer_at_the_same_second() -> None:
    synergy = make_synergy(state=SynergyState.PROPOSED)
    calls = [
        (lambda one=one: say(one, Answer.YES, channel=AnswerChannel.LINK)) for one in synergy.parties.all()
    ]
    at_once(*calls)
    assert Synergy.objects.get(pk=synergy.pk).state == SynergyState.INTERESTED
    assert synergy.changes.filter(verb="interest").count() == 1


@pytest.mark.django_db(transaction=True)
def test_undo__and_last_yes_at_the_same_second_promise_the_offer_once() -> None:
    pole = make_pole()
    offer = single_offer(pole)
    first = make_synergy(make_need(pole=pole), offer, state=SynergyState.TALKS)
    move(synergy=first, verb="abandon", by=None, at=NOW, reason="timing")
    second = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED)

    def take_back() -> None:
        with transaction.atomic():
            Synergy.objects.filter(pk=first.pk).update(state=SynergyState.TALKS, reason="", words="")

    at_once(take_back, last_yes(second))
    held = Synergy.objects.filter(pole=pole, state__in=[SynergyState.TALKS, SynergyState.INTERESTED])
    assert held.count() == 1


@pytest.mark.django_db
def test_database__refuses_a_second_promise_by_itself() -> None:
    pole = make_pole()
    offer = single_offer(pole)
    make_synergy(make_need(pole=pole), offer, state=SynergyState.AGREED)
    second = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED)
    say_yes(second)
    with pytest.raises(IntegrityError, match="beyond its quantity"), transaction.atomic():
        Synergy.objects.filter(pk=second.pk).update(state=SynergyState.INTERESTED)


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "state"), [(3, "interested"), (4, "proposed")])
def test_divisible_offer__is_shared_up_to_its_quantity(asked: int, state: str) -> None:
    pole = make_pole()
    offer = make_offer(pole=pole, quantity=Decimal(8), unit="t", period="year")
    make_synergy(make_need(pole=pole), offer, state=SynergyState.RUNNING, quantity=5)
    second = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED, quantity=asked)
    assert say_yes(second).state == state


@pytest.mark.django_db
@pytest.mark.parametrize(("period", "state"), [("once", "proposed"), ("year", "interested")])
def test_ended__frees_what_comes_back_and_keeps_what_was_given_for_good(period: str, state: str) -> None:
    pole = make_pole()
    offer = single_offer(pole, period=period)
    make_synergy(make_need(pole=pole), offer, state=SynergyState.ENDED)
    second = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED)
    assert say_yes(second).state == state


@pytest.mark.django_db
def test_line__grows_in_a_promised_synergy_up_to_what_is_left() -> None:
    pole = make_pole()
    offer = make_offer(pole=pole, quantity=Decimal(8), unit="t", period="year")
    synergy = make_synergy(make_need(pole=pole), offer, state=SynergyState.TALKS, quantity=5)
    line = synergy.lines.get(intent=offer)
    line.quantity = Decimal(9)
    with pytest.raises(IntegrityError, match="beyond its quantity"), transaction.atomic():
        line.save()
    line.quantity = Decimal(8)
    line.save()


@pytest.mark.django_db
def test_uncounted_offer__serves_several() -> None:
    pole = make_pole()
    offer = make_offer(pole=pole)
    for _ in range(2):
        assert make_synergy(make_need(pole=pole), offer, state=SynergyState.TALKS).state == SynergyState.TALKS


@pytest.mark.django_db
def test_undo__says_which_offer_was_taken_meanwhile() -> None:
    pole = make_pole()
    offer = single_offer(pole)
    first = make_synergy(make_need(pole=pole), offer, state=SynergyState.TALKS)
    move(synergy=first, verb="abandon", by=None, at=NOW, reason="timing")
    make_synergy(make_need(pole=pole), offer, state=SynergyState.TALKS)
    second = make_synergy(make_need(pole=pole), offer, state=SynergyState.PROPOSED)
    say_yes(second)
    with pytest.raises(UserMistake):
        move(synergy=second, verb="talk", by=None, at=NOW)
