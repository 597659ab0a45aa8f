"""Coming in, in a real browser: a request and its answer by keyboard, a key added and used, every page clean."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import Role
from maillage.domain.mail.models import Message
from tests.browser.conftest import WIDE, axe, no_sideways_scroll
from tests.factories.actors import make_account, make_mandate, make_membership, make_organisation, make_pole

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "une phrase que je retiens"


@pytest.fixture
def site(live: str, settings: object) -> str:
    """The site under a name: a key belongs to a name, never to a number."""
    address = live.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address  # type: ignore[attr-defined]  # pytest-django's own
    return address


@pytest.fixture
def team() -> Account:
    pole = make_pole("Berry & Gâtinais en commun", "berry")
    make_membership(pole, make_organisation("La Fontaine d’osier"))
    account = make_account(Role.ADMINISTRATOR, pole, email="josiane@example.org", password=PASSWORD)
    make_mandate(account.person, make_pole("Pôle du Loir", "loir"), role="network")
    return account


def _looked_at(page: Page, name: str) -> None:
    """Clean for axe, wide and narrow; a picture is kept when ``MAILLAGE_SHOTS`` names a folder."""
    folder = os.environ.get("MAILLAGE_SHOTS")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary
    axe(page)
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}-large.png"), full_page=True)
    no_sideways_scroll(page)
    axe(page)
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}-etroit.png"), full_page=True)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary


def _come_in(page: Page, site: str) -> None:
    page.goto(f"{site}/compte/login/")
    page.get_by_label("Courriel").fill("josiane@example.org")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Où allez-vous ?")).to_be_visible()


def _letter(start: str) -> str:
    """The first address of the last letter of this kind."""
    return str(Message.objects.filter(key__startswith=start).latest("pk").letter["buttons"][0][1])


def test_request__is_asked_and_answered_by_keyboard_and_opens_the_door(
    page: Page, site: str, team: Account
) -> None:
    page.goto(f"{site}/p/berry/acces/demander/")
    _looked_at(page, "demander")
    page.get_by_label("Prénom").focus()
    for words in ("Inès", "Fauvel", "ines@example.org", "La Fontaine d’osier"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.type("Nadège m’a parlé du pôle.")
    page.wait_for_timeout(3100)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Votre demande est arrivée")).to_be_visible()
    _come_in(page, site)
    page.goto(f"{site}/p/berry/acces/demandes/")
    _looked_at(page, "demandes")
    page.get_by_role("link", name="Inès Fauvel").press("Enter")
    _looked_at(page, "demande")
    page.get_by_role("button", name="Ouvrir l’accès").press("Enter")
    expect(page.get_by_text("reçoit à")).to_be_visible()
    page.context.clear_cookies()
    page.goto(_letter("invitation:"))
    _looked_at(page, "entrer")
    page.get_by_role("button", name="Entrer").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Bienvenue"))).to_be_visible()
    _looked_at(page, "bienvenue")


def test_key__is_added_then_opens_the_account_alone(page: Page, site: str, team: Account) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _come_in(page, site)
    page.goto(f"{site}/compte/double/cles/ajouter/")
    _looked_at(page, "confirmer")
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ajouter une clé d’accès")).to_be_visible()
    _looked_at(page, "cle")
    page.get_by_label("Nom de la clé").fill("Téléphone")
    page.get_by_label("Elle suffit pour me connecter").check()
    page.get_by_role("button", name="Ajouter").press("Enter")
    expect(page.get_by_role("heading", name="Codes de secours")).to_be_visible()
    _looked_at(page, "codes")
    page.goto(f"{site}/compte/double/")
    _looked_at(page, "double")
    page.goto(f"{site}/compte/double/cles/")
    expect(page.get_by_role("link", name="Renommer Téléphone")).to_be_visible()
    _looked_at(page, "cles")
    page.context.clear_cookies()
    page.goto(f"{site}/compte/login/")
    _looked_at(page, "connexion")
    page.get_by_role("button", name="Utiliser une clé d’accès").press("Enter")
    expect(page.get_by_role("heading", name="Où allez-vous ?")).to_be_visible()


def test_account__pages_are_clean(page: Page, site: str, team: Account) -> None:
    _come_in(page, site)
    _looked_at(page, "changer")
    for name in ("", "sessions/", "lien/", "demander/", "password/change/"):
        page.goto(f"{site}/compte/{name}")
        _looked_at(page, name.strip("/").replace("/", "-") or "compte")
    page.goto(f"{site}/poles/")
    _looked_at(page, "poles")
