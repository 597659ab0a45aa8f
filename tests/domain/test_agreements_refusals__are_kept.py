"""A party does not sign: its reason stays with the text it read, the team is told, another text starts afresh."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.models import AgreementText, Consent, ConsentInvitation, ConsentRefusal
from maillage.domain.agreements.operations import (
    Signature,
    decline,
    decline_by_link,
    invite_to_sign,
    open_amendment,
    propose,
    propose_amendment,
    revise,
    sign,
    sign_by_link,
)
from maillage.domain.agreements.queries import agreement_of, parties_of
from maillage.domain.agreements.queries.trail import trail_of
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message, Notification
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_viewer
from tests.factories.agreements import DOORS, make_ready, no_of
from tests.interfaces.agreements_world import CHANGE, make_running


def to_sign() -> tuple[Agreement, list[Organisation], AgreementText]:
    agreement = make_ready()
    text = propose(agreement=agreement, at=NOW, by=None)
    return agreement, [party.organisation for party in agreement.parties.order_by("pk")], text


def say_no(agreement: Agreement, party: Organisation, text: AgreementText, **fields: Any) -> ConsentRefusal:
    amendment = fields.pop("amendment", None)
    return decline(
        agreement=agreement,
        amendment=amendment,
        answer=no_of(party, text, **fields),
        at=NOW,
        on=TODAY,
        doors=DOORS,
    )


def say_yes(agreement: Agreement, party: Organisation, text: AgreementText) -> Consent:
    signature = Signature(
        organisation=party, digest=text.digest, signer="Léa", capacity="gérante", way=ConsentWay.ACCOUNT
    )
    return sign(agreement=agreement, signature=signature, at=NOW, on=TODAY)


@pytest.mark.django_db
def test_decline__is_kept_and_told_to_the_team_once() -> None:
    agreement, (one, _), text = to_sign()
    account = make_account(Role.FACILITATOR, agreement.pole)
    refusal = say_no(agreement, one, text)
    assert str(refusal) == "La Donneuse ne signe pas : Le prix ne convient pas"
    told = Notification.objects.get(account=account)
    assert told.text == "La Donneuse ne signe pas « Prêter le fourgon » : le prix ne convient pas."
    letter = Message.objects.get(to=account.email)
    assert "« Cent euros au plus »" in letter.letter["paragraphs"]
    assert letter.letter["buttons"] == [["Voir l’accord", "https://exemple.fr/p/ici/accords/1/"]]
    assert Agreement.objects.get(pk=agreement.pk).state == "to_sign"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "choisissez une raison"),
        ({"reason": "other", "words": " "}, "quelle est cette autre raison"),
        ({"words": "a" * 1001}, "1000 caractères"),
        ({"said_by": ""}, "Dites qui répond"),
        ({"digest": "0" * 64}, "Le texte a changé"),
    ],
)
def test_decline__says_what_is_missing(fields: dict[str, str], sentence: str) -> None:
    agreement, (one, _), text = to_sign()
    with pytest.raises(UserMistake, match=sentence):
        say_no(agreement, one, text, **fields)


@pytest.mark.django_db
def test_answer__is_one_for_a_text() -> None:
    agreement, (one, two), text = to_sign()
    say_yes(agreement, one, text)
    with pytest.raises(UserMistake, match="a déjà dit oui"):
        say_no(agreement, one, text)
    say_no(agreement, two, text)
    with pytest.raises(UserMistake, match="ne pas signer ce texte"):
        say_yes(agreement, two, text)
    with pytest.raises(UserMistake, match="ne pas signer ce texte"):
        say_no(agreement, two, text)


@pytest.mark.django_db
def test_revise__another_text_asks_afresh_and_the_refusal_stays() -> None:
    agreement, (one, two), text = to_sign()
    say_no(agreement, one, text)
    revise(agreement=agreement)
    again = propose(agreement=agreement, at=NOW, by=None)
    for party in (one, two):
        say_yes(agreement, party, again)
    assert Agreement.objects.get(pk=agreement.pk).state == "active"
    viewer = make_viewer(Role.FACILITATOR, agreement.pole)
    found = agreement_of(viewer=viewer, pole=agreement.pole, pk=agreement.pk)
    assert found is not None
    trail = trail_of(viewer=viewer, agreement=found, parties=parties_of(found))
    assert [[no.reason for no in one.answers.no] for one in trail.texts] == [[], ["le prix ne convient pas"]]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "words"), [("refuses", "Cent euros au plus"), ("other", "")])
def test_words__are_for_the_team_and_for_who_wrote_them(who: str, words: str) -> None:
    agreement, (one, two), text = to_sign()
    say_no(agreement, one, text)
    viewer = make_viewer(Role.MEMBER, agreement.pole, one if who == "refuses" else two)
    found = agreement_of(viewer=viewer, pole=agreement.pole, pk=agreement.pk)
    assert found is not None
    trail = trail_of(viewer=viewer, agreement=found, parties=parties_of(found))
    assert [(no.reason, no.words) for no in trail.answers.no] == [("le prix ne convient pas", words)]


@pytest.mark.django_db
def test_amendment__is_refused_too_and_the_agreement_goes_on() -> None:
    agreement, (one, two), _ = to_sign()
    agreement = make_running(one, two, pole=agreement.pole, title="Composter")
    draft = open_amendment(agreement=agreement, data=CHANGE, at=NOW, by=None)
    amendment = propose_amendment(amendment=draft, at=NOW, by=None)
    text = amendment.texts.get()
    refusal = decline(
        agreement=agreement,
        amendment=amendment,
        answer=no_of(one, text),
        at=NOW,
        on=TODAY,
        doors=DOORS,
    )
    assert refusal.amendment == amendment
    assert Agreement.objects.get(pk=agreement.pk).state == "active"


@pytest.mark.django_db
def test_link__that_refused_has_served_once() -> None:
    agreement, (one, _), text = to_sign()
    link = invite_to_sign(
        agreement=agreement, organisation=one, email="lea@exemple.fr", base_url="x", at=NOW, by=None
    )
    words = {"digest": text.digest, "reason": "price", "words": "", "said_by": "Léa"}
    with pytest.raises(UserMistake, match="choisissez une raison"):
        decline_by_link(invitation=link, at=NOW, on=TODAY, doors=DOORS, **(words | {"reason": ""}))
    assert ConsentInvitation.objects.get(pk=link.pk).used_at is None
    assert decline_by_link(invitation=link, at=NOW, on=TODAY, doors=DOORS, **words).way == "link"
    with pytest.raises(UserMistake, match="a déjà servi"):
        sign_by_link(invitation=link, digest=text.digest, signer="Léa", capacity="gérante", at=NOW, on=TODAY)


@pytest.mark.django_db
def test_database__takes_one_answer_and_keeps_it() -> None:
    agreement, (one, two), text = to_sign()
    given: dict[str, Any] = {"agreement": agreement, "text": text, "at": NOW, "way": "account"}
    no = {"reason": "price", "said_by": "Ana"}
    say_yes(agreement, one, text)
    with pytest.raises(IntegrityError, match="said yes"), transaction.atomic():
        ConsentRefusal.objects.create(organisation=one, **given, **no)
    kept = ConsentRefusal.objects.create(organisation=two, **given, **no)
    with pytest.raises(IntegrityError, match="refused this text"), transaction.atomic():
        Consent.objects.create(organisation=two, digest=text.digest, signer="Ana", capacity="maire", **given)
    with pytest.raises(IntegrityError, match="refusal_once"), transaction.atomic():
        ConsentRefusal.objects.create(organisation=two, **given, **no)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        ConsentRefusal.objects.filter(pk=kept.pk).update(reason="dates")


@pytest.mark.django_db
def test_database__takes_a_refusal_of_the_latest_text_only() -> None:
    agreement, (one, _), text = to_sign()
    given: dict[str, Any] = {"agreement": agreement, "text": text, "organisation": one, "at": NOW}
    revise(agreement=agreement)
    with pytest.raises(IntegrityError, match="to be signed"), transaction.atomic():
        ConsentRefusal.objects.create(reason="price", said_by="Ana", way="link", **given)


@pytest.mark.django_db(transaction=True)
def test_yes_and_no__of_one_party_at_the_same_second_give_one_answer() -> None:
    agreement, (one, _), text = to_sign()
    refused: list[Exception] = []

    def answer(act: Any) -> None:
        try:
            act(agreement, one, text)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(act,)) for act in (say_yes, say_no)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(one) for one in refused] == [UserMistake]
    assert Consent.objects.count() + ConsentRefusal.objects.count() == 1
