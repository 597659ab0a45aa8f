"""What synergies hold of an offer stays: the database refuses less, another measure and a withdrawal, by every door."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.drafts import IntentDraft
from maillage.domain.exchanges.models import Intent, IntentMerge
from maillage.domain.exchanges.operations import (
    merge_intents,
    restore,
    standing_of,
    update_intent,
    withdraw,
    withdraw_many,
)
from maillage.domain.synergies.enums import AnswerChannel, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import move, say_how_much
from tests.domain.at_once import at_once
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.exchanges import make_draft, make_need, make_offer
from tests.factories.synergies import make_synergy, say, say_yes

ROUNDS = 6
PLAIN_SPACE = {0xA0: " ", 0x202F: " "}


def offer_of_12_t(**fields: object) -> Intent:
    return make_offer(
        **({"pole": make_pole(), "quantity": Decimal(12), "unit": "t", "period": "year"} | fields)
    )


def held(
    offer: Intent, quantity: int | None = 8, *, state: str = SynergyState.TALKS, title: str = "Compost"
) -> Synergy:
    return make_synergy(make_need(pole=offer.pole), offer, state=state, quantity=quantity, title=title)


def draft_of(offer: Intent, **fields: object) -> IntentDraft:
    told = make_draft(
        "offer",
        pole=offer.pole,
        author=offer.author,
        title=offer.title,
        quantity=offer.quantity,
        unit=offer.unit,
        period=offer.period,
    )
    return replace(told, **fields)  # type: ignore[arg-type]  # what a form may give


def refusal(offer: Intent, **fields: object) -> tuple[str | None, str]:
    with pytest.raises(UserMistake) as refused:
        update_intent(intent=offer, data=draft_of(offer, **fields), by=None, on=TODAY)
    return refused.value.field, refused.value.message.translate(PLAIN_SPACE)


@pytest.mark.django_db
def test_database__refuses_less_than_what_is_held_and_says_how_much() -> None:
    offer = offer_of_12_t()
    held(offer)
    with pytest.raises(IntegrityError, match="keeps its promises") as refused, transaction.atomic():
        Intent.objects.filter(pk=offer.pk).update(quantity=Decimal(7))
    diagnosis = refused.value.__cause__.diag  # type: ignore[union-attr]  # psycopg's
    assert diagnosis.constraint_name == "intent_keeps_its_promises"
    told = json.loads(diagnosis.message_detail)
    assert (told["held"], told["unit"], told["titles"]) == (8, "t", ["Compost"])


@pytest.mark.django_db
def test_edit__says_how_much_is_held_and_by_which_synergy() -> None:
    offer = offer_of_12_t()
    held(offer)
    said = "8 t en sont déjà promises. Gardez au moins 8 t, ou libérez la synergie « Compost »."
    assert refusal(offer, quantity=Decimal(5)) == ("quantity", said)
    update_intent(intent=offer, data=draft_of(offer, quantity=Decimal(8)), by=None, on=TODAY)
    assert Intent.objects.get(pk=offer.pk).quantity == 8


@pytest.mark.django_db
def test_edit__adds_up_what_several_synergies_hold() -> None:
    offer = offer_of_12_t()
    held(offer, 5, title="Compost")
    held(offer, 3, state=SynergyState.RUNNING, title="Paillage")
    held(offer, 4, state=SynergyState.PROPOSED, title="Une autre")
    _, said = refusal(offer, quantity=Decimal(6))
    assert said.endswith("Gardez au moins 8 t, ou libérez les synergies « Compost » et « Paillage ».")


@pytest.mark.django_db
def test_edit__cannot_empty_the_quantity_nor_shrink_what_is_promised_whole() -> None:
    offer = offer_of_12_t()
    held(offer, None)
    assert refusal(offer, quantity=None, unit="t")[1].startswith("12 t en sont déjà promises.")
    assert refusal(offer, quantity=Decimal(11))[0] == "quantity"


@pytest.mark.django_db
def test_edit__may_always_raise_and_change_all_else() -> None:
    offer = offer_of_12_t()
    held(offer, 12)
    update_intent(intent=offer, data=draft_of(offer, quantity=Decimal(20), title="Autre"), by=None, on=TODAY)
    assert Intent.objects.get(pk=offer.pk).title == "Autre"


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"unit": "kg", "quantity": Decimal(12000)}, {"period": "once"}])
def test_edit__keeps_the_measure_of_what_is_held(change: dict[str, object]) -> None:
    offer = offer_of_12_t()
    held(offer)
    field, said = refusal(offer, **change)
    assert field == "unit"
    assert "Gardez la même unité et la même fréquence" in said


@pytest.mark.django_db
def test_edit__may_mend_the_unit_of_what_is_promised_whole() -> None:
    offer = offer_of_12_t(unit="kg")
    synergy = held(offer)
    say_how_much(synergy=synergy, intent_id=offer.pk, quantity=None)
    update_intent(intent=offer, data=draft_of(offer, unit="t"), by=None, on=TODAY)
    assert Intent.objects.get(pk=offer.pk).unit == "t"


@pytest.mark.django_db
def test_edit__of_an_uncounted_offer_promised_twice_cannot_say_how_much() -> None:
    offer = offer_of_12_t(quantity=None, unit="")
    held(offer, None, title="Une")
    update_intent(intent=offer, data=draft_of(offer, quantity=None, unit=""), by=None, on=TODAY)
    held(offer, None, title="Deux")
    field, said = refusal(offer, quantity=Decimal(5), unit="t")
    assert (field, "« Une » et « Deux »" in said) == ("quantity", True)


@pytest.mark.django_db
def test_released__leaves_the_offer_free_again() -> None:
    offer = offer_of_12_t()
    synergy = held(offer)
    move(synergy=synergy, verb="abandon", by=None, at=NOW, reason="timing")
    update_intent(intent=offer, data=draft_of(offer, quantity=Decimal(1), unit="kg"), by=None, on=TODAY)
    withdraw(intent=offer, by=None, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(("period", "is_kept"), [("once", True), ("year", False)])
def test_ended__keeps_only_what_was_given_once_for_all(period: str, is_kept: bool) -> None:
    offer = offer_of_12_t(period=period)
    held(offer, state=SynergyState.ENDED)
    if is_kept:
        assert refusal(offer, quantity=Decimal(7))[0] == "quantity"
    else:
        update_intent(intent=offer, data=draft_of(offer, quantity=Decimal(7)), by=None, on=TODAY)
    withdraw(intent=offer, by=None, at=NOW)


@pytest.mark.django_db
def test_ended__of_a_yearly_offer_takes_nothing_when_it_becomes_a_single_gift() -> None:
    offer = offer_of_12_t()
    held(offer, 12, state=SynergyState.ENDED)
    update_intent(intent=offer, data=draft_of(offer, period="once"), by=None, on=TODAY)
    second = make_synergy(make_need(pole=offer.pole), offer, state=SynergyState.PROPOSED, quantity=12)
    assert say_yes(second).state == SynergyState.INTERESTED


@pytest.mark.django_db
def test_withdraw__is_refused_while_the_offer_is_promised() -> None:
    offer = offer_of_12_t()
    held(offer)
    with pytest.raises(UserMistake, match="Libérez d’abord la synergie « Compost », puis retirez-la"):
        withdraw(intent=offer, by=None, at=NOW)
    assert list(offer.state_changes.values_list("ends", flat=True)) == ["open"]
    assert "Libérez" in withdraw_many(intents=[offer], by=None, at=NOW).left[0][1]


@pytest.mark.django_db
def test_return__to_withdrawn_leaves_a_promised_offer_with_its_reason() -> None:
    offer = offer_of_12_t()
    withdraw(intent=offer, by=None, at=NOW)
    before = standing_of(Intent.objects.filter(pk=offer.pk))
    Intent.objects.filter(pk=offer.pk).update(state="open")
    offer = Intent.objects.get(pk=offer.pk)
    held(offer)
    left = restore(pole=offer.pole, before=before, after=standing_of([offer]), by=None, at=NOW).left
    assert "Libérez" in left[0][1]


@pytest.mark.django_db
def test_need__is_withdrawn_and_shrinks_freely() -> None:
    offer = offer_of_12_t()
    need = held(offer).lines.get(intent__kind="need").intent
    Intent.objects.filter(pk=need.pk).update(quantity=Decimal(1), unit="kg")
    withdraw(intent=need, by=None, at=NOW)


@pytest.mark.django_db
def test_merge__takes_the_promises_along_or_refuses() -> None:
    offer = offer_of_12_t()
    same = offer_of_12_t(pole=offer.pole)
    held(offer, 8)
    held(same, 8, title="Paillage")
    with pytest.raises(UserMistake, match="Paillage"):
        merge_intents(kept=offer, absorbed=same, by=None, on=TODAY, at=NOW)
    assert not IntentMerge.objects.exists()
    Intent.objects.filter(pk=offer.pk).update(quantity=Decimal(16))
    merge_intents(kept=offer, absorbed=same, by=None, on=TODAY, at=NOW)
    assert refusal(Intent.objects.get(pk=offer.pk), quantity=Decimal(15))[0] == "quantity"


@pytest.mark.django_db
def test_author__who_was_no_party_learns_no_title() -> None:
    offer = offer_of_12_t()
    held(offer)
    Intent.objects.filter(pk=offer.pk).update(author=make_organisation())
    offer = Intent.objects.get(pk=offer.pk)
    assert refusal(offer, quantity=Decimal(5))[1].endswith("ou libérez la synergie qui la tient.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_last_yes__and_a_smaller_quantity_at_the_same_second_never_both_pass(turn: int) -> None:
    offer = offer_of_12_t()
    synergy = held(offer, 8, state=SynergyState.PROPOSED)
    first, last = synergy.parties.order_by("pk")
    say(first, channel=AnswerChannel.TEAM)
    at_once(
        lambda: say(last, channel=AnswerChannel.LINK),
        lambda: update_intent(intent=offer, data=draft_of(offer, quantity=Decimal(5)), by=None, on=TODAY),
    )
    quantity = Intent.objects.get(pk=offer.pk).quantity
    state = Synergy.objects.get(pk=synergy.pk).state
    assert (state, quantity) in {(SynergyState.INTERESTED, 12), (SynergyState.PROPOSED, 5)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(ROUNDS))
def test_database__behind_no_lock_refuses_one_of_two_at_the_same_second(turn: int) -> None:
    offer = offer_of_12_t()
    synergy = held(offer, 8, state=SynergyState.PROPOSED)
    for party in synergy.parties.all()[:1]:
        say(party, channel=AnswerChannel.TEAM)

    def promise() -> None:
        with transaction.atomic():
            Synergy.objects.filter(pk=synergy.pk).update(state=SynergyState.INTERESTED)

    def shrink() -> None:
        with transaction.atomic():
            Intent.objects.filter(pk=offer.pk).update(quantity=Decimal(5))

    at_once(promise, shrink)
    quantity = Intent.objects.get(pk=offer.pk).quantity
    is_promised = Synergy.objects.get(pk=synergy.pk).state == SynergyState.INTERESTED
    assert (is_promised, quantity) in {(True, 12), (False, 5)}
