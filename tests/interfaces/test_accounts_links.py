"""Coming in by a link sent by e-mail."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from maillage.domain.actors.enums import LinkPurpose
from maillage.domain.actors.models import Account, SignInLink
from maillage.domain.actors.operations import make_link
from maillage.domain.mail.models import Message
from tests.factories.actors import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    return make_account(email="lea@example.org")


def _sent() -> str:
    """The path in the last letter."""
    letter = Message.objects.latest("pk").letter
    found = re.search(r"testserver(/compte/lien/\S+)", letter["buttons"][0][1])
    assert found
    return found.group(1)


def test_link__opens_the_account_once(client: Client, account: Account) -> None:
    client.post("/compte/lien/", {"email": "LEA@example.org", "next": "/compte/sessions/"})
    path = _sent()
    assert client.get(path).status_code == 200
    assert client.post(path).headers["Location"] == "/compte/sessions/"
    assert client.get("/compte/").status_code == 200
    again = Client().post(path)
    assert again.status_code == 410
    assert "déjà servi" in again.content.decode()


def test_link__is_not_spent_by_whoever_only_looks(client: Client, account: Account) -> None:
    client.post("/compte/lien/", {"email": account.email})
    for _ in range(3):
        Client().get(_sent())
    assert client.post(_sent()).status_code == 302


def test_link__too_old_is_refused_with_a_sentence(client: Client, account: Account) -> None:
    made = make_link(account=account, at=timezone.now() - timedelta(minutes=21))
    assert "trop ancien" in client.post(f"/compte/lien/{made.secret}/").content.decode()


def test_link__asked_again_replaces_the_former(client: Client, account: Account) -> None:
    first = make_link(account=account, at=timezone.now())
    make_link(account=account, at=timezone.now())
    assert client.post(f"/compte/lien/{first.secret}/").status_code == 410


def test_link__of_a_closed_account_opens_nothing(client: Client, account: Account) -> None:
    made = make_link(account=account, at=timezone.now())
    Account.objects.update(is_active=False)
    assert "fermé" in client.post(f"/compte/lien/{made.secret}/").content.decode()


def test_link__keeps_no_secret_in_its_row(account: Account) -> None:
    made = make_link(account=account, at=timezone.now())
    assert made.secret not in str(SignInLink.objects.values().get())


def test_link__does_not_say_who_has_an_account(client: Client, account: Account) -> None:
    known = client.post("/compte/lien/", {"email": account.email})
    unknown = client.post("/compte/lien/", {"email": "personne@example.org"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Message.objects.count() == 1


def test_link__of_an_account_with_a_second_proof_asks_for_it(client: Client, account: Account) -> None:
    TOTP.activate(account, generate_totp_secret())
    made = make_link(account=account, at=timezone.now())
    assert client.post(f"/compte/lien/{made.secret}/").headers["Location"] == "/compte/double/verifier/"
    assert client.get("/compte/").status_code == 302


def test_link__is_throttled(client: Client, account: Account) -> None:
    answers = [client.post("/compte/lien/", {"email": account.email}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]


def test_invitation__lasts_two_weeks_and_leads_to_the_welcome(client: Client, account: Account) -> None:
    made = make_link(
        account=account,
        purpose=LinkPurpose.INVITATION,
        at=timezone.now() - timedelta(days=13),
        next_page="/compte/bienvenue/",
    )
    assert (
        "Comment voulez-vous revenir"
        in client.post(f"/compte/lien/{made.secret}/", follow=True).content.decode()
    )
