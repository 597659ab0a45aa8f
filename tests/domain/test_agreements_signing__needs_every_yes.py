"""A text is frozen, each party says yes to that very text, the last yes starts the agreement."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.models import AgreementText, Consent, ConsentInvitation
from maillage.domain.agreements.operations import (
    Signature,
    invite_to_sign,
    propose,
    revise,
    sign,
    sign_by_link,
)
from maillage.domain.agreements.operations.inviting import LASTS_DAYS
from maillage.domain.exchanges.models import Disclosure
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.agreements import fill, make_open, make_ready, promise
from tests.factories.exchanges import make_offer


def yes(organisation: Organisation, digest: str, **fields: object) -> Signature:
    given = {"signer": "Léa Exemple", "capacity": "présidente", "way": ConsentWay.ACCOUNT} | fields
    return Signature(organisation=organisation, digest=digest, **given)  # type: ignore[arg-type]  # words of a test


def to_sign() -> tuple[Agreement, list[Organisation], AgreementText]:
    agreement = make_ready()
    text = propose(agreement=agreement, at=NOW, by=None)
    return agreement, [party.organisation for party in agreement.parties.order_by("pk")], text


@pytest.mark.django_db
def test_sign__the_last_yes_starts_it() -> None:
    agreement, (one, two), text = to_sign()
    sign(agreement=agreement, signature=yes(one, text.digest), at=NOW, on=TODAY)
    assert Agreement.objects.get(pk=agreement.pk).state == "to_sign"
    sign(agreement=agreement, signature=yes(two, text.digest), at=NOW, on=TODAY)
    assert Agreement.objects.get(pk=agreement.pk).state == "active"


@pytest.mark.django_db
def test_sign__a_text_that_changed_asks_to_be_read_again() -> None:
    agreement, (one, _), text = to_sign()
    revise(agreement=agreement)
    with pytest.raises(UserMistake, match="repris pour être changé"):
        sign(agreement=agreement, signature=yes(one, text.digest), at=NOW, on=TODAY)
    fill(agreement, {"purpose": "Tout autre chose"})
    propose(agreement=agreement, at=NOW, by=None)
    with pytest.raises(UserMistake, match="Le texte a changé"):
        sign(agreement=agreement, signature=yes(one, text.digest), at=NOW, on=TODAY)


@pytest.mark.django_db
def test_revise__what_was_said_no_longer_counts_and_stays() -> None:
    agreement, (one, _), text = to_sign()
    sign(agreement=agreement, signature=yes(one, text.digest), at=NOW, on=TODAY)
    revise(agreement=agreement)
    assert not agreement.parties.filter(consented_on__isnull=False).exists()
    assert Consent.objects.filter(text=text).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"signer": " "}, "qui signe"),
        ({"capacity": ""}, "quelle qualité"),
        ({"signer": "a" * 121}, "trop long"),
    ],
)
def test_sign__says_who_and_as_what(fields: dict[str, str], sentence: str) -> None:
    agreement, (one, _), text = to_sign()
    with pytest.raises(UserMistake, match=sentence):
        sign(agreement=agreement, signature=yes(one, text.digest, **fields), at=NOW, on=TODAY)


@pytest.mark.django_db
def test_propose__waits_for_what_is_missing() -> None:
    with pytest.raises(UserMistake, match="Remplissez « Pourquoi cet accord »"):
        propose(agreement=make_open(), at=NOW, by=None)


@pytest.mark.django_db
def test_propose__names_nobody_who_asked_not_to_be() -> None:
    pole, hidden, other = make_pole(), make_organisation("La Discrète"), make_organisation()
    offer = make_offer(pole=pole, author=hidden, visibility="anonymous")
    agreement = make_open("echange-simple", hidden, other, pole=pole, offer=offer)
    fill(agreement, {"purpose": "Chacun y gagne"})
    promise(agreement)
    with pytest.raises(UserMistake, match="La Discrète a demandé"):
        propose(agreement=agreement, at=NOW, by=None)
    Disclosure.objects.create(intent=offer, organisation=other, at=NOW)
    assert propose(agreement=agreement, at=NOW, by=None).number == 1


@pytest.mark.django_db
def test_database__runs_no_agreement_without_every_yes() -> None:
    agreement, (one, _), text = to_sign()
    sign(agreement=agreement, signature=yes(one, text.digest), at=NOW, on=TODAY)
    with pytest.raises(IntegrityError, match="every party"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(state="active")


@pytest.mark.django_db
def test_database__takes_no_yes_to_another_text() -> None:
    agreement, (one, _), text = to_sign()
    given = {"agreement": agreement, "text": text, "organisation": one, "signer": "L", "capacity": "p"}
    with pytest.raises(IntegrityError, match="the text one read"), transaction.atomic():
        Consent.objects.create(**given, digest="0" * 64, way="account", at=NOW)
    revise(agreement=agreement)
    with pytest.raises(IntegrityError, match="to be signed"), transaction.atomic():
        Consent.objects.create(**given, digest=text.digest, way="account", at=NOW)


@pytest.mark.django_db
def test_database__keeps_the_words_that_were_signed() -> None:
    _, _, text = to_sign()
    with pytest.raises(Exception, match="keeps_its_words|Cannot update"), transaction.atomic():
        AgreementText.objects.filter(pk=text.pk).update(body="autre chose")
    with pytest.raises(IntegrityError, match="digest of a text"), transaction.atomic():
        AgreementText.objects.create(
            agreement=text.agreement, number=9, body="autre", blocks={}, digest="0" * 64, written_at=NOW
        )


def invited(agreement: Agreement, party: Organisation) -> ConsentInvitation:
    return invite_to_sign(
        agreement=agreement,
        organisation=party,
        email="lea@exemple.fr",
        base_url="https://exemple.fr/lire/",
        at=NOW,
        by=None,
    )


@pytest.mark.django_db
def test_link__serves_once_and_for_a_time() -> None:
    agreement, (one, two), text = to_sign()
    first, second = invited(agreement, one), invited(agreement, two)
    assert Message.objects.get(key=f"agreement-signature:{first.pk}").to == "lea@exemple.fr"
    words = {"digest": text.digest, "signer": "Léa", "capacity": "gérante"}
    sign_by_link(invitation=first, at=NOW, on=TODAY, **words)
    with pytest.raises(UserMistake, match="a déjà servi"):
        sign_by_link(invitation=first, at=NOW, on=TODAY, **words)
    with pytest.raises(UserMistake, match="n’est plus valable"):
        sign_by_link(invitation=second, at=NOW + timedelta(days=LASTS_DAYS, seconds=1), on=TODAY, **words)


@pytest.mark.django_db(transaction=True)
def test_sign__two_at_the_same_second_start_it_once() -> None:
    agreement, parties, text = to_sign()
    mistakes: list[Exception] = []

    def say(party: Organisation) -> None:
        try:
            sign(agreement=agreement, signature=yes(party, text.digest), at=NOW, on=TODAY)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            mistakes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=(party,)) for party in parties]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mistakes == []
    assert Agreement.objects.get(pk=agreement.pk).state == "active"
    assert Consent.objects.filter(agreement=agreement).count() == 2
