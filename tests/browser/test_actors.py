"""The directory in a real browser: keyboard, narrow pages, dark, no accessibility fault."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import Role
from tests.browser.conftest import axe, no_sideways_scroll
from tests.factories.exchanges import make_need, make_offer
from tests.interfaces.actors_world import Town, make_town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Account], None]


@pytest.fixture
def town(sign_in: SignIn) -> Town:
    made = make_town()
    make_need(pole=made.pole, author=made.rebond)
    make_offer(pole=made.pole, author=made.rebond)
    sign_in(made.accounts[Role.ADMINISTRATOR])
    return made


PAGES = [
    "",
    "?vue=tableau",
    "?texte=rien-de-tel",
    "nouvelle/",
    "doublons/",
    "composition/",
    "mandats/",
    "{pk}/",
    "{pk}/modifier/",
    "{pk}/site/",
    "{pk}/adhesion/",
    "{pk}/lignes/",
    "doublons/comparer/?une={pk}",
    "doublons/comparer/?une={pk}&autre={other}",
]


@pytest.mark.parametrize("rest", PAGES)
def test_page__has_no_fault_and_no_sideways_scroll(page: Page, live: str, town: Town, rest: str) -> None:
    page.goto(live + town.url(rest.format(pk=town.rebond.pk, other=town.ciel.pk)))
    axe(page)
    no_sideways_scroll(page)
    page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
    axe(page)


def test_search__changes_the_list_and_the_address_without_reloading(
    page: Page, live: str, town: Town
) -> None:
    page.goto(live + town.url())
    page.get_by_label("Chercher un nom, un sigle, un SIREN").press_sequentially("ci&el")
    expect(page.locator("#liste")).to_contain_text("1 structure")
    assert "texte=ci%26el" in page.url
    page.get_by_role("link", name="Enlever le filtre « ci&el »").click()
    expect(page.locator("#liste")).to_contain_text("3 structures")


def test_map__opens_a_structure_by_keyboard(page: Page, live: str, town: Town) -> None:
    page.goto(live + town.url("?texte=moulin"))
    pin = page.locator("#carte .leaflet-marker-icon")
    pin.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup a", has_text="Moulin à l’ancienne").press("Enter")
    expect(page.locator("h1")).to_have_text("Moulin à l’ancienne")


def test_new__by_keyboard_with_the_commune_completed(page: Page, live: str, town: Town) -> None:
    page.goto(live + town.url("nouvelle/"))
    page.get_by_label("Nom de la structure").fill("Jardin des Essais")
    page.get_by_label("Habitants").check()
    page.locator("#id_municipality_text").press_sequentially("bourg")
    page.locator(".combobox [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ajouter la structure").click()
    expect(page.locator("h1")).to_have_text("Jardin des Essais")
    expect(page.locator(".facts")).to_contain_text("Bourges-d’Essai")


def test_mistake__keeps_everything_and_leads_to_its_field(page: Page, live: str, town: Town) -> None:
    page.goto(live + town.url("nouvelle/"))
    page.get_by_label("Nom de la structure").fill("Jardin gardé")
    page.get_by_label("SIRET").fill("123")
    page.get_by_role("button", name="Ajouter la structure").click()
    expect(page.locator(".errors-summary")).to_be_focused()
    expect(page.get_by_label("Nom de la structure")).to_have_value("Jardin gardé")
    page.locator(".errors-summary a", has_text="SIRET").click()
    expect(page.get_by_label("SIRET").first).to_be_focused()
    axe(page)


def test_merge__asks_then_reunites(page: Page, live: str, town: Town) -> None:
    page.goto(live + town.url(f"{town.rebond.pk}/"))
    page.get_by_role("link", name="Réunir avec une autre fiche").click()
    page.get_by_label("L’autre fiche").first.press_sequentially("ci&el")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Comparer").click()
    page.get_by_role("button", name="Réunir en gardant").click()
    expect(page.locator(".messages")).to_contain_text("n’en font plus qu’une")
