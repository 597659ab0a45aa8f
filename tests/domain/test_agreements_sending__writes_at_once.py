"""Sending a text to be signed writes at once to everybody the pole knows, never twice to one address for one text."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.models import ConsentInvitation
from maillage.domain.agreements.operations import (
    Sending,
    invite_to_sign,
    open_amendment,
    revise,
    send_amendment_to_sign,
    send_to_sign,
)
from maillage.domain.agreements.readers import readers_of
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.models import Message, Notification
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_mandate, make_person
from tests.factories.agreements import DOORS, make_ready
from tests.interfaces.agreements_world import CHANGE, make_running

pytestmark = pytest.mark.django_db


def send(agreement: Agreement) -> Sending:
    return send_to_sign(agreement=agreement, doors=DOORS, at=NOW, on=TODAY, by=None)


def parties(agreement: Agreement) -> list[Organisation]:
    return [party.organisation for party in agreement.parties.order_by("pk")]


def known(agreement: Agreement, party: Organisation, email: str) -> None:
    person = make_person("Léa", email=email)
    make_mandate(person, agreement.pole, role=MandateRole.REPRESENTATIVE, organisation=party)


def again(agreement: Agreement, party: Organisation, email: str, *, minutes: int) -> ConsentInvitation:
    return invite_to_sign(
        agreement=agreement,
        organisation=party,
        email=email,
        base_url=DOORS.reading,
        at=NOW + timedelta(minutes=minutes),
        by=None,
    )


def test_send__writes_to_who_speaks_and_names_who_is_unknown() -> None:
    agreement = make_ready()
    one, two = parties(agreement)
    for email in ("lea@exemple.fr", "ana@exemple.fr"):
        known(agreement, one, email)
    sending = send(agreement)
    assert [invited.email for invited in sending.invited] == ["lea@exemple.fr", "ana@exemple.fr"]
    assert sending.unreached == (two,)
    letter = Message.objects.get(to="lea@exemple.fr")
    assert letter.letter["buttons"][0][1].startswith("https://exemple.fr/lire/")


def test_send__writes_to_the_address_of_a_structure_without_representative() -> None:
    agreement = make_ready()
    _, two = parties(agreement)
    Organisation.objects.filter(pk=two.pk).update(email="bonjour@exemple.fr")
    assert [invited.email for invited in send(agreement).invited] == ["bonjour@exemple.fr"]


def test_send__leaves_out_what_is_no_address() -> None:
    agreement = make_ready()
    one, two = parties(agreement)
    Organisation.objects.filter(pk=one.pk).update(email="à demander")
    assert send(agreement).unreached == (one, two)
    assert Agreement.objects.get(pk=agreement.pk).state == "to_sign"
    assert not ConsentInvitation.objects.exists()


def test_send__tells_the_accounts_of_the_parties_on_the_site() -> None:
    agreement = make_ready()
    account = make_account(Role.MEMBER, agreement.pole, parties(agreement)[0])
    send(agreement)
    assert Notification.objects.get(account=account).text == "« Prêter le fourgon » est à lire et à signer."


def test_send__another_text_writes_again_to_the_address_that_was_typed() -> None:
    agreement = make_ready()
    one, two = parties(agreement)
    known(agreement, one, "lea@exemple.fr")
    send(agreement)
    again(agreement, two, "bob@exemple.fr", minutes=1)
    revise(agreement=agreement)
    sending = send(agreement)
    assert ([invited.email for invited in sending.invited], sending.unreached) == (
        ["lea@exemple.fr", "bob@exemple.fr"],
        (),
    )
    assert Message.objects.filter(kind="signature").count() == 4


def test_invite__the_same_address_gets_the_same_link_again_but_not_at_once() -> None:
    agreement = make_ready()
    one, _ = parties(agreement)
    known(agreement, one, "lea@exemple.fr")
    (first,) = send(agreement).invited
    with pytest.raises(UserMistake, match="vient de partir à lea@exemple.fr"):
        again(agreement, one, "LEA@exemple.fr", minutes=1)
    assert again(agreement, one, "LEA@exemple.fr", minutes=60) == first
    assert Message.objects.filter(to="lea@exemple.fr").count() == 2


def test_database__keeps_one_invitation_for_a_text_and_an_address() -> None:
    agreement = make_ready()
    known(agreement, parties(agreement)[0], "lea@exemple.fr")
    (first,) = send(agreement).invited
    with pytest.raises(IntegrityError, match="consent_invitation_once"), transaction.atomic():
        ConsentInvitation.objects.create(
            agreement=agreement,
            text=first.text,
            organisation=first.organisation,
            email="Lea@exemple.fr",
            sent_at=NOW,
        )


def test_amendment__is_sent_the_same_way() -> None:
    one, two = parties(make_ready())
    pole = make_ready().pole
    running = make_running(one, two, pole=pole, title="Composter")
    known(running, two, "bob@exemple.fr")
    amendment = open_amendment(agreement=running, data=CHANGE, at=NOW, by=None)
    sending = send_amendment_to_sign(amendment=amendment, doors=DOORS, at=NOW, on=TODAY, by=None)
    assert [(made.email, made.amendment) for made in sending.invited] == [("bob@exemple.fr", amendment)]
    assert sending.unreached == (one,)


def test_readers__are_asked_in_one_question_for_all(django_assert_num_queries: object) -> None:
    agreement = make_ready()
    one, two = parties(agreement)
    known(agreement, one, "lea@exemple.fr")
    known(agreement, two, "bob@exemple.fr")
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture of pytest-django
        found = readers_of(agreement=agreement, parties=[one, two], on=TODAY)
    assert [one.emails for one in found] == [("lea@exemple.fr",), ("bob@exemple.fr",)]
