"""Signing in and out."""

import pytest
from django.test import Client

from maillage.domain.actors.models import Account
from maillage.domain.mail.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase que je retiens"


@pytest.fixture
def account() -> Account:
    return Account.objects.create_user("lea@example.org", PASSWORD)


def test_sign_in__with_the_right_password_opens_the_account(client: Client, account: Account) -> None:
    answer = client.post("/compte/login/", {"login": "LEA@example.org", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/compte/").status_code == 200


def test_sign_in__with_a_wrong_password_keeps_the_address_typed(client: Client, account: Account) -> None:
    answer = client.post("/compte/login/", {"login": "lea@example.org", "password": "non"})
    assert answer.status_code == 200
    assert "lea@example.org" in answer.content.decode()


def test_own_page__sends_a_visitor_to_sign_in(client: Client) -> None:
    assert client.get("/compte/").headers["Location"] == "/compte/login/"


def test_sign_up__is_closed(client: Client) -> None:
    assert "sur invitation" in client.get("/compte/signup/").content.decode()


def test_forgotten_password__sends_a_link_that_works(client: Client, account: Account) -> None:
    client.post("/compte/password/reset/", {"email": "lea@example.org"})
    (_, link), *_ = Message.objects.get().letter["buttons"]
    shown = client.get(link.removeprefix("http://testserver"), follow=True)
    assert "Choisir un mot de passe" in shown.content.decode()


def test_forgotten_password__does_not_say_who_has_an_account(client: Client) -> None:
    answer = client.post("/compte/password/reset/", {"email": "personne@example.org"}, follow=True)
    assert "Regardez votre courrier" in answer.content.decode()
    assert not Message.objects.exists()


def test_sign_out__asks_then_closes(client: Client, account: Account) -> None:
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/compte/logout/").status_code == 200
    client.post("/compte/logout/")
    assert client.get("/compte/").status_code == 302
