"""Coming in by an identity provider, the whole round against a real HTTP server; and each way it may lie."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.utils import timezone

from maillage.domain.actors.models import AccessRequest, Account
from maillage.domain.actors.operations import accept_access
from maillage.interfaces.web.actors.unhurried import stamp
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.interfaces.identity_provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db
GO = "/compte/identite/proconnect/"
PERSON = {
    "sub": "personne-42",
    "given_name": "Hélène",
    "usual_name": "Vaudrey",
    "email": "helene@example.org",
    "siret": "35600000000048",
}


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with running(Provider(person=dict(PERSON))) as found:
        settings.SOCIALACCOUNT_PROVIDERS = settings.SOCIALACCOUNT_PROVIDERS | {
            "openid_connect": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
            | {
                "APPS": [
                    {
                        "provider_id": "proconnect",
                        "name": "ProConnect",
                        "client_id": CLIENT,
                        "secret": SECRET,
                        "settings": {
                            "server_url": found.address,
                            "oauth_pkce_enabled": True,
                            "scope": ["openid", "given_name", "usual_name", "email", "siret"],
                            "acr_values": ["eidas1"],
                            "signed_userinfo": True,
                            "checks_email": True,
                        },
                    }
                ]
            }
        }
        yield found


def _go(client: Client, query: str = "") -> str:
    """Go to the provider and come back; return the address of return, as the browser would follow it."""
    there = client.post(GO + query).headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def _round(client: Client, query: str = "") -> Any:
    return client.get(_go(client, query))


def _refused(answer: Any, words: str) -> None:
    assert answer.status_code == 403
    assert words in unescape(answer.content.decode()).replace("\u00a0", " ")


def test_identity__of_a_known_address_comes_in(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    assert _round(client, "?next=/compte/sessions/").headers["Location"] == "/compte/sessions/"
    assert client.get("/compte/").status_code == 200
    assert (provider.asked["acr_values"], provider.asked["code_challenge_method"]) == ("eidas1", "S256")


def test_identity__joined_once_stays_joined_when_the_address_changes(
    client: Client, provider: Provider
) -> None:
    account = make_account(email="helene@example.org")
    _round(client)
    provider.person["email"] = "autre@example.org"
    again = Client()
    _round(again)
    assert again.get("/compte/").context["account"] == account


def test_identity__of_somebody_unknown_becomes_a_request_with_the_structure_of_its_siret(
    client: Client, provider: Provider
) -> None:
    pole, organisation = make_pole("Pôle d’ici", "ici"), make_organisation("Entre Yèvre")
    make_site(organisation, siret=PERSON["siret"])
    make_membership(pole, organisation)
    assert _round(client).headers["Location"] == "/compte/demander/"
    assert Account.objects.count() == 0
    form = client.get("/p/ici/acces/demander/").content.decode()
    assert 'value="Entre Yèvre"' in form
    assert 'value="helene@example.org"' in form
    said = {"given_name": "Hélène", "family_name": "Vaudrey", "email": "h.vaudrey@example.org"}
    hour = stamp(timezone.now() - timedelta(seconds=9))
    client.post("/p/ici/acces/demander/", said | {"organisation": str(organisation.pk), "heure": hour})
    made = AccessRequest.objects.get()
    assert (made.proven_by, made.proven_siret, made.organisation) == (
        "proconnect",
        PERSON["siret"],
        organisation,
    )
    by = make_account()
    invited = accept_access(request=made, role="network", organisation=None, by=by, at=NOW, on=TODAY)
    _round(client)
    assert client.get("/compte/").context["account"] == invited.account


def test_identity__unchecked_address_opens_no_account(
    client: Client, provider: Provider, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["checks_email"] = False
    make_account(email="helene@example.org")
    assert _round(client).headers["Location"] == "/compte/demander/"
    assert client.get("/compte/").status_code == 302


def test_identity__of_a_closed_account_does_not_come_in(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org", is_active=False)
    _round(client)
    assert client.get("/compte/").status_code == 302


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        ({"nonce": "un-autre"}, "n’est pas celle de votre demande"),
        ({"aud": "quelqu-un-d-autre"}, "La signature"),
        ({"iss": "https://ailleurs.example"}, "La signature"),
        ({"exp": 1}, "La signature"),
        ({"acr": "eidas0"}, "assez fortement"),
        ({"sub": "quelqu-un-d-autre"}, "deux personnes"),
    ],
)
def test_identity__that_lies_is_refused_with_a_sentence(
    client: Client, provider: Provider, lies: dict[str, Any], words: str
) -> None:
    make_account(email="helene@example.org")
    provider.lies = lies
    _refused(_round(client), words)
    assert client.get("/compte/").status_code == 302


def test_identity__signed_by_another_key_is_refused(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    provider.signing_key = Provider(person={}).key
    _refused(_round(client), "La signature")


def test_identity__unsigned_words_about_the_person_are_refused(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    provider.signs_userinfo = False
    _refused(_round(client), "n’a pas signé")


def test_identity__words_signed_for_another_site_are_refused(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    provider.userinfo_lies = {"aud": "un-autre-site"}
    _refused(_round(client), "La signature")


def test_identity__the_answer_of_another_visit_is_refused(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    stolen = _go(Client())
    _refused(client.get(stolen), "Recommencez")
    assert client.get("/compte/").status_code == 302


def test_identity__an_answer_serves_once(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    back = _go(client)
    client.get(back)
    _refused(client.get(back), "Recommencez")


def test_identity__address_changes_neither_scope_nor_level(client: Client, provider: Provider) -> None:
    _go(client, "?auth_params=acr_values%3Deidas0%26nonce%3Dx&scope=tout&process=connect")
    assert provider.asked["acr_values"] == "eidas1"
    assert provider.asked["nonce"] != "x"
    assert "tout" not in provider.asked["scope"]


def test_sign_out__goes_to_the_provider_too(client: Client, provider: Provider) -> None:
    make_account(email="helene@example.org")
    _round(client)
    there = urlsplit(client.post("/compte/logout/").headers["Location"])
    asked = parse_qs(there.query)
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{provider.address}/sortir"
    assert asked["post_logout_redirect_uri"] == ["http://testserver/"]
    assert asked["id_token_hint"]
    assert client.get("/compte/").status_code == 302


def test_identity__of_a_service_that_is_not_set_does_not_exist(client: Client) -> None:
    assert client.get("/compte/identite/inconnu/").status_code == 404
    assert client.get("/compte/identite/inconnu/retour/").status_code == 404
