"""A refusal told to the team is noted for the party, with its day; noted by mistake, it is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.enums import RefusalWay
from maillage.domain.agreements.models import Consent, ConsentRefusal
from maillage.domain.agreements.operations import propose, propose_amendment, revise, take_refusal_back
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message, Notification
from tests.domain.test_agreements_refusals__are_kept import say_no, say_yes, to_sign
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account
from tests.factories.agreements import DOORS, make_ready, no_of
from tests.factories.amendments import make_change, make_signed

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {"way": RefusalWay.PHONE, "told_on": TODAY}


def take_back(refusal: ConsentRefusal) -> None:
    take_refusal_back(refusal=refusal, by=None, at=NOW, on=TODAY, doors=DOORS)


def test_told__keeps_who_said_it_and_when_and_tells_the_others_of_the_team() -> None:
    agreement, (one, _), text = to_sign()
    noting, other = (make_account(Role.FACILITATOR, agreement.pole) for _ in range(2))
    refusal = say_no(agreement, one, text, account=noting, **TOLD)
    assert (refusal.said_by, refusal.told_on, refusal.account) == ("Ana Exemple", TODAY, noting)
    assert [told.account for told in Notification.objects.all()] == [other]
    assert "de vive voix, noté par l’équipe." in Message.objects.get(to=other.email).letter["paragraphs"][1]


@pytest.mark.parametrize(
    ("told_on", "sentence"),
    [
        (None, "quel jour"),
        (TODAY + timedelta(days=1), "dans l’avenir"),
        (TODAY - timedelta(days=9), "Ce texte a été envoyé le"),
    ],
)
def test_told__has_a_day_after_the_text_was_sent(told_on: Any, sentence: str) -> None:
    agreement, (one, _), text = to_sign()
    with pytest.raises(UserMistake, match=sentence):
        say_no(agreement, one, text, **TOLD | {"told_on": told_on})


def test_taken_back__the_party_answers_and_history_remembers() -> None:
    agreement, (one, _), text = to_sign()
    refusal = say_no(agreement, one, text, **TOLD)
    number = refusal.pk
    take_back(refusal)
    say_yes(agreement, one, text)
    assert Consent.objects.get().organisation == one
    past = apps.get_model("agreements", "ConsentRefusalEvent").objects.filter(id=number)
    assert sorted(past.values_list("pgh_label", flat=True)) == ["delete", "insert"]
    with pytest.raises(UserMistake, match="déjà retiré"):
        take_back(ConsentRefusal(pk=number, agreement=agreement, text=text, organisation=one))


def test_taken_back__is_told_to_the_team() -> None:
    agreement, (one, _), text = to_sign()
    make_account(Role.FACILITATOR, agreement.pole)
    take_back(say_no(agreement, one, text, **TOLD))
    assert "noté par erreur, est retiré" in Notification.objects.latest("pk").text


def test_what_the_party_said_itself__is_not_taken_back() -> None:
    agreement, (one, _), text = to_sign()
    refusal = say_no(agreement, one, text)
    with pytest.raises(UserMistake, match="a répondu elle-même"):
        take_back(refusal)


def test_refusal_of_an_earlier_text__stays() -> None:
    agreement, (one, _), text = to_sign()
    refusal = say_no(agreement, one, text, **TOLD)
    revise(agreement=agreement)
    with pytest.raises(UserMistake, match="repris"):
        take_back(refusal)
    propose(agreement=Agreement.objects.get(pk=agreement.pk), at=NOW, by=None)
    with pytest.raises(UserMistake, match="texte d’avant"):
        take_back(refusal)


def test_amendment__refused_by_phone_is_taken_back_too() -> None:
    agreement = make_signed(make_ready())
    draft = make_change(agreement.commitments.get())
    amendment = propose_amendment(amendment=draft, at=NOW, by=None)
    party = agreement.parties.order_by("pk")[0].organisation
    refusal = say_no(agreement, party, amendment.texts.get(), amendment=amendment, **TOLD)
    take_back(refusal)
    assert not ConsentRefusal.objects.exists()


def test_database__keeps_what_a_party_answered_and_days_what_was_told() -> None:
    agreement, (one, two), text = to_sign()
    online = say_no(agreement, one, text)
    with pytest.raises(IntegrityError, match="what a party answered stays"), transaction.atomic():
        online.delete()
    given = {
        "agreement": agreement,
        "text": text,
        "organisation": two,
        "at": NOW,
        "reason": "price",
        "said_by": "A",
    }
    with pytest.raises(IntegrityError, match="refusal_told_has_its_day"), transaction.atomic():
        ConsentRefusal.objects.create(way="phone", **given)
    with pytest.raises(IntegrityError, match="refusal_told_has_its_day"), transaction.atomic():
        ConsentRefusal.objects.create(way="link", told_on=TODAY, **given)
    assert no_of(two, text).way == "account"
