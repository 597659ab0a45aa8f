"""The sessions of an account: listed, closed one by one or all at once."""

import pytest
from django.test import Client

from maillage.domain.actors.models import Account
from maillage.interfaces.web.accounts.sessions import device
from tests.factories.actors import make_account

pytestmark = pytest.mark.django_db
PASSWORD = "une phrase que je retiens"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def account() -> Account:
    return make_account(email="lea@example.org", password=PASSWORD)


def _signed_in(agent: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/compte/login/", {"login": "lea@example.org", "password": PASSWORD})
    return client


def test_sessions__say_where_the_account_is_open(account: Account) -> None:
    here = _signed_in(FIREFOX)
    _signed_in("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1")
    page = here.get("/compte/sessions/").content.decode()
    assert "Firefox sous Linux" in page
    assert "Safari sous iOS" in page


def test_sessions__are_closed_one_by_one(account: Account) -> None:
    here, there = _signed_in(FIREFOX), _signed_in("autre")
    other = next(one for one in here.get("/compte/sessions/").context["sessions"] if not one.is_current)
    here.post("/compte/sessions/", {"numero": str(other.pk)})
    assert there.get("/compte/").status_code == 302
    assert here.get("/compte/").status_code == 200


def test_sessions__all_the_others_at_once(account: Account) -> None:
    here, others = _signed_in(FIREFOX), [_signed_in("autre") for _ in range(2)]
    here.post("/compte/sessions/", {"geste": "autres"})
    assert [one.get("/compte/").status_code for one in others] == [302, 302]
    assert here.get("/compte/").status_code == 200


def test_sessions__of_somebody_else_are_out_of_reach(account: Account) -> None:
    here, stranger = _signed_in(FIREFOX), Client()
    make_account(email="autre@example.org", password=PASSWORD)
    stranger.post("/compte/login/", {"login": "autre@example.org", "password": PASSWORD})
    mine = here.get("/compte/sessions/").context["sessions"][0]
    assert stranger.post("/compte/sessions/", {"numero": str(mine.pk)}).status_code == 404
    assert here.get("/compte/").status_code == 200


def test_sessions__are_all_closed_by_another_password(account: Account) -> None:
    here, there = _signed_in(FIREFOX), _signed_in("autre")
    new = "une tout autre phrase"
    here.post("/compte/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert there.get("/compte/").status_code == 302


@pytest.mark.parametrize("agent", ["", "curl/8", "\u0000", "é" * 300])
def test_device__of_an_unknown_browser_is_said_unknown(agent: str) -> None:
    assert device(agent) == "Appareil inconnu"
