"""The second proof: codes of an application, codes of rescue, keys, and proving who one is before a change."""

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.test import Client

from maillage.domain.actors.models import Account
from maillage.domain.mail.models import Message
from tests.factories.actors import make_account

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase que je retiens"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def account() -> Account:
    return make_account(email="lea@example.org", password=PASSWORD)


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def _enter(client: Client) -> Any:
    return client.post("/compte/login/", {"login": "lea@example.org", "password": PASSWORD})


def _prove(client: Client) -> None:
    client.post("/compte/confirmer/", {"password": PASSWORD})


def test_application__is_added_after_the_password_then_asked_at_each_sign_in(
    client: Client, account: Account
) -> None:
    _enter(client)
    assert (
        client.get("/compte/double/application/ajouter/").headers["Location"].startswith("/compte/confirmer/")
    )
    _prove(client)
    page = client.get("/compte/double/application/ajouter/")
    secret = page.context["form"].secret
    added = client.post("/compte/double/application/ajouter/", {"code": _code(secret)})
    assert added.headers["Location"] == "/compte/double/codes/"
    assert _enter(Client()).headers["Location"] == "/compte/double/verifier/"


def test_application__wrong_code_lets_nobody_in(client: Client, account: Account) -> None:
    TOTP.activate(account, generate_totp_secret())
    _enter(client)
    answer = client.post("/compte/double/verifier/", {"code": "000000"})
    assert answer.status_code == 200
    assert client.get("/compte/").status_code == 302


def test_application__right_code_comes_in(client: Client, account: Account) -> None:
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    _enter(client)
    client.post("/compte/double/verifier/", {"code": _code(secret)})
    assert client.get("/compte/").status_code == 200


def test_rescue_code__comes_in_once(client: Client, account: Account) -> None:
    TOTP.activate(account, generate_totp_secret())
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    _enter(client)
    client.post("/compte/double/verifier/", {"code": code})
    assert client.get("/compte/").status_code == 200
    other = Client()
    _enter(other)
    other.post("/compte/double/verifier/", {"code": code})
    assert other.get("/compte/").status_code == 302


def test_secrets__are_sealed_in_the_database(account: Account) -> None:
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    assert secret not in str(Authenticator.objects.get().data)


def test_change__is_told_by_a_letter(
    client: Client, account: Account, django_capture_on_commit_callbacks: Any
) -> None:
    _enter(client)
    _prove(client)
    secret = client.get("/compte/double/application/ajouter/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/compte/double/application/ajouter/", {"code": _code(secret)})
    told = [letter["paragraphs"][0] for letter in Message.objects.values_list("letter", flat=True)]
    assert "Une application de codes garde maintenant votre compte." in told


def test_change__of_who_comes_by_link_only_asks_for_a_link(client: Client) -> None:
    client.force_login(make_account(), backend=BACKEND)
    for path in (
        "/compte/double/application/ajouter/",
        "/compte/double/cles/ajouter/",
        "/compte/password/set/",
    ):
        assert client.get(path).headers["Location"].startswith("/compte/lien/?next="), path


def test_key__page_gives_the_browser_what_it_needs_and_no_inline_script(
    client: Client, account: Account
) -> None:
    _enter(client)
    _prove(client)
    page = client.get("/compte/double/cles/ajouter/").content.decode()
    assert '"creation_options"' in page
    assert "<script>" not in page


def test_key__unknown_is_refused(client: Client, account: Account) -> None:
    asked = client.get("/compte/double/cles/entrer/", headers={"Accept": "application/json"})
    assert "challenge" in asked.json()["request_options"]["publicKey"]
    client.post("/compte/double/cles/entrer/", {"credential": '{"id": "x"}'})
    assert client.get("/compte/").status_code == 302


def test_throttle__too_many_wrong_passwords_make_wait(client: Client, account: Account) -> None:
    for _ in range(5):
        client.post("/compte/login/", {"login": "lea@example.org", "password": "non"})
    assert "tentatives" in _enter(client).content.decode()
    assert client.get("/compte/").status_code == 302


def test_throttle__is_counted_in_the_cache_that_workers_share() -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")


def test_support__comes_in_by_the_same_door(client: Client) -> None:
    assert client.get("/admin/login/").headers["Location"].startswith("/compte/login/")
