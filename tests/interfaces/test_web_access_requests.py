"""Asking to come into a pole, and answering those who ask, on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from maillage.domain.actors.models import AccessRequest, Account, Mandate
from maillage.domain.actors.viewer import Role
from maillage.domain.mail.models import Message, Notification
from maillage.interfaces.web.actors.unhurried import TRAP, stamp
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole

pytestmark = pytest.mark.django_db
ASK = "/p/ici/acces/demander/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def team() -> Account:
    pole = make_pole("Pôle d’ici", "ici")
    make_membership(pole, make_organisation("La Fontaine d’osier"))
    return make_account(Role.FACILITATOR, pole)


def said(**changes: Any) -> dict[str, Any]:
    return {
        "given_name": "Inès",
        "family_name": "Fauvel",
        "email": "ines@example.org",
        "organisation_text": "la fontaine d'osier",
        "words": "Nadège m’en a parlé.",
        "heure": stamp(timezone.now() - timedelta(seconds=30)),
        **changes,
    }


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def test_ask__keeps_the_request_and_tells_the_team_and_the_person(client: Client, team: Account) -> None:
    assert client.post(ASK, said()).headers["Location"] == "/p/ici/acces/demander/recue/"
    made = AccessRequest.objects.get()
    assert made.organisation is not None
    assert made.organisation.name == "La Fontaine d’osier"
    assert set(Message.objects.values_list("to", flat=True)) == {team.email, "ines@example.org"}
    assert Notification.objects.get().account == team


def test_ask__keeps_what_is_typed_when_something_lacks(client: Client, team: Account) -> None:
    answer = client.post(ASK, said(email="ines"))
    assert answer.status_code == 422
    assert "Nadège m’en a parlé." in answer.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {TRAP: "http://vente.example"},
        {"heure": ""},
        {"heure": "rien:du:tout"},
        {"seconds": 0},
        {"seconds": 2 * 86_400},
    ],
)
def test_ask__machines_are_stopped_with_a_sentence(
    client: Client, team: Account, changes: dict[str, Any]
) -> None:
    if "seconds" in changes:
        changes = {"heure": stamp(timezone.now() - timedelta(seconds=changes["seconds"]))}
    answer = client.post(ASK, said(**changes))
    assert (answer.status_code, AccessRequest.objects.count()) == (422, 0)
    assert "envoyez encore une fois" in answer.content.decode()


def test_ask__again_and_again_waits(client: Client, team: Account) -> None:
    statuses = [client.post(ASK, said()).status_code for _ in range(7)]
    assert statuses == [302, *[422] * 5, 429]


def test_answer__yes_opens_the_door_by_a_link_that_works(client: Client, team: Account) -> None:
    client.post(ASK, said())
    made = AccessRequest.objects.get()
    path = f"/p/ici/acces/demandes/{made.pk}/"
    inside = signed_in(team)
    assert "Nadège m’en a parlé." in inside.get(path).content.decode()
    inside.post(
        path, {"geste": "accepter", "role": "representative", "organisation": str(made.organisation_id)}
    )
    letter = Message.objects.get(key__startswith="invitation:").letter
    guest = Client()
    shown = guest.post(letter["buttons"][0][1].removeprefix("http://testserver"), follow=True)
    assert "Comment voulez-vous revenir" in shown.content.decode()
    assert guest.get("/p/ici/besoins-et-offres/noter/").status_code == 200


def test_answer__no_is_told_with_its_reason(client: Client, team: Account) -> None:
    client.post(ASK, said())
    path = f"/p/ici/acces/demandes/{AccessRequest.objects.get().pk}/"
    inside = signed_in(team)
    assert inside.post(path, {"geste": "refuser", "reason": ""}).status_code == 422
    inside.post(path, {"geste": "refuser", "reason": "Votre commune est d’un autre pôle."})
    letter = Message.objects.get(key__startswith="access-refused:").letter
    assert "Votre commune est d’un autre pôle." in letter["paragraphs"]


def test_answer__a_facilitator_makes_no_administrator(client: Client, team: Account) -> None:
    client.post(ASK, said())
    path = f"/p/ici/acces/demandes/{AccessRequest.objects.get().pk}/"
    assert signed_in(team).post(path, {"geste": "accepter", "role": "administrator"}).status_code == 422
    assert not Mandate.objects.filter(role="administrator").exists()


def test_answer__of_another_pole_is_out_of_reach(client: Client, team: Account) -> None:
    client.post(ASK, said())
    there = make_account(Role.ADMINISTRATOR, make_pole("Ailleurs", "ailleurs"))
    number = AccessRequest.objects.get().pk
    assert signed_in(there).get(f"/p/ici/acces/demandes/{number}/").status_code == 403
    assert signed_in(there).get(f"/p/ailleurs/acces/demandes/{number}/").status_code == 404


def test_invite__sends_a_letter_with_a_link_that_works_once(team: Account) -> None:
    assert team.person is not None
    pole = team.person.mandates.get().pole
    boss = make_account(Role.ADMINISTRATOR, pole)
    signed_in(boss).post(
        "/p/ici/structures/mandats/",
        {"given_name": "Léa", "email": "lea@example.org", "role": "board", "since": "2026-01-01"},
    )
    path = Message.objects.get(to="lea@example.org").letter["buttons"][0][1].removeprefix("http://testserver")
    assert Client().post(path).status_code == 302
    assert Client().post(path).status_code == 410
