"""Needs and offers in a real browser: keyboard only, chips, drafts, filters, axe, narrow pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import IntentState, Visibility
from maillage.domain.exchanges.models import Intent
from tests.browser.conftest import axe, no_sideways_scroll
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_need, make_offer, make_support
from tests.factories.places import make_municipality, make_territory

expect.set_options(timeout=20_000)  # the first words read the whole catalogue
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/p/gatinais/besoins-et-offres/"
SignIn = Callable[[Account], None]


@pytest.fixture
def pole() -> Pole:
    towns = [
        make_municipality("Amilly", "45004", has_homonym=True, latitude=47.97, longitude=2.77),
        make_municipality("Montargis", "45208", latitude=48.0, longitude=2.73),
        make_municipality("Lorris", "45187", latitude=47.89, longitude=2.51),
    ]
    pole = make_pole("Gâtinais en essai", "gatinais", territory=make_territory(municipalities=towns))
    author = make_organisation("Groupe scolaire des Tilleuls")
    make_membership(pole, author)
    make_site(author, municipality=towns[0])
    fields = {"pole": pole, "author": author, "municipality": towns[0], "visibility": Visibility.PUBLIC}
    kind = make_resource_type("postes-informatiques", "Ordinateurs", dimension="count", unit="u")
    need = make_need(title="Reprendre 15 ordinateurs", resource_type=kind, reach_km=30, **fields)
    make_evidence(need, said_by="la directrice", people_concerned=40)
    make_support(need, make_organisation("Collège des Bords"))
    offerer = make_organisation("Atelier Rebond")
    make_membership(pole, offerer)
    make_offer(
        title="Reprise d’ordinateurs",
        resource_type=kind,
        **(fields | {"author": offerer, "municipality": towns[1]}),
    )
    return pole


@pytest.fixture
def team(pole: Pole, sign_in: SignIn) -> None:
    sign_in(make_account(Role.FACILITATOR, pole))


def look(page: Page, width: int) -> None:
    axe(page)
    no_sideways_scroll(page, width)


@pytest.mark.parametrize(
    "address", ["", "noter/?sens=besoin", "noter/?sens=offre", "{need}/", "{need}/modifier/"]
)
def test_pages__of_the_room_are_accessible_and_narrow(
    address: str, page: Page, live: str, team: None
) -> None:
    need = Intent.objects.get(kind="need").pk
    page.goto(live + LIST + address.format(need=need))
    for fold in page.locator("main details").all():
        fold.evaluate("fold => { fold.open = true; }")
    page.wait_for_load_state("networkidle")
    look(page, 360)
    page.emulate_media(color_scheme="dark")
    axe(page)


def test_pages__without_account_are_accessible(page: Page, live: str, pole: Pole) -> None:
    for address in ("", "noter/?sens=besoin", f"{Intent.objects.get(kind='need').pk}/", "?texte=rien"):
        page.goto(live + LIST + address)
        look(page, 360)


def test_capture__by_keyboard_only(page: Page, live: str, team: None) -> None:
    page.goto(f"{live}{LIST}noter/?sens=besoin")
    page.locator("#id_words").focus()
    page.keyboard.type("On a une quarantaine d’ordinateurs à reprendre avant le 18 décembre.")
    expect(page.locator("#understood")).to_contain_text("40 ordinateurs")
    expect(page.locator("#alike")).to_contain_text("Reprendre 15 ordinateurs")
    expect(page.locator("#leads")).to_contain_text("Reprise d’ordinateurs")
    page.locator("#id_author_text").focus()
    page.keyboard.type("tilleuls")
    expect(page.locator("#id_author_list [role=option]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#id_author_text")).to_have_value("Groupe scolaire des Tilleuls")
    page.keyboard.press("Tab")
    page.keyboard.type("Amily")
    page.keyboard.press("Tab")
    chip = page.get_by_role("button", name="Amilly (45)")
    expect(chip).to_be_visible()
    look(page, 1440)
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_municipality_text")).to_have_value("Amilly (45)")
    expect(chip).to_have_count(0)
    page.get_by_role("button", name="Enregistrer le besoin").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/besoins-et-offres/*/")
    expect(page.locator("main")).to_contain_text("Le besoin est enregistré.")
    kept = Intent.objects.latest("pk")
    assert (kept.quantity, kept.municipality_id, kept.available_until.day) == (40, "45004", 18)  # type: ignore[union-attr]  # said


def test_chip__unticked_opens_its_field_filled(page: Page, live: str, team: None) -> None:
    page.goto(f"{live}{LIST}noter/")
    page.locator("#id_words").type("12 t d’épluchures par an")
    page.locator("label[for=keep-amount]").click()
    expect(page.locator("#id_quantity")).to_be_focused()
    expect(page.locator("#id_quantity")).to_have_value("12")
    expect(page.locator("#id_period")).to_have_value("year")
    expect(page.locator("#keep-amount")).to_have_count(0)


def test_draft__comes_back_after_leaving(page: Page, live: str, team: None) -> None:
    page.goto(f"{live}{LIST}noter/")
    page.locator("#id_words").type("Un fourgon le mardi")
    expect(page.locator("[data-draft-status]")).to_contain_text("Brouillon gardé sur cet appareil")
    page.goto(live + LIST)
    page.goto(f"{live}{LIST}noter/")
    expect(page.locator("#id_words")).to_have_value("Un fourgon le mardi")
    expect(page.locator("#understood")).to_contain_text("mardi")


def test_join__groups_with_what_was_said(page: Page, live: str, team: None) -> None:
    page.goto(f"{live}{LIST}noter/?sens=offre")
    page.locator("#id_words").type("Reprise d’ordinateurs usagés")
    page.locator("#id_author_text").type("Groupe scolaire des Tilleuls")
    page.get_by_role("button", name="Les regrouper").click()
    expect(page.locator("main")).to_contain_text("C’est regroupé : Groupe scolaire des Tilleuls le soutient.")


def test_list__filters_without_reloading_and_keeps_them_in_the_address(
    page: Page, live: str, team: None
) -> None:
    page.goto(live + LIST)
    page.locator("#texte").type("reprendre")
    page.wait_for_url("**/besoins-et-offres/?texte=reprendre")
    expect(page.locator(".intents li")).to_have_count(1)
    page.get_by_role("link", name="Besoins", exact=False).and_(page.locator(".side-tabs a")).click()
    page.wait_for_url("**sens=besoin**")
    expect(page.locator("#texte")).to_have_value("reprendre")


def test_list__changes_many_lines_and_gives_back(page: Page, live: str, team: None) -> None:
    page.goto(live + LIST)
    page.get_by_role("button", name="Tout cocher").click()
    page.get_by_role("button", name="Retirer les lignes cochées").click()
    expect(page.locator("[data-undo]")).to_contain_text("2 retirés.")
    assert set(Intent.objects.values_list("state", flat=True)) == {IntentState.WITHDRAWN}
    axe(page)
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator("main")).to_contain_text("2 lignes remises en l’état.")
    assert set(Intent.objects.values_list("state", flat=True)) == {IntentState.OPEN}


def test_capture__works_without_script(
    browser: object, live: str, pole: Pole, sign_in: SignIn, page: Page
) -> None:
    sign_in(make_account(Role.FACILITATOR, pole))
    cookies = page.context.cookies()
    context = page.context.browser.new_context(java_script_enabled=False, locale="fr-FR")  # type: ignore[union-attr]  # the page has a browser
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given
    plain = context.new_page()
    plain.goto(f"{live}{LIST}noter/")
    plain.fill("#id_words", "Reprendre 20 ordinateurs")
    plain.get_by_role("button", name="Voir ce qui existe déjà").click()
    expect(plain.locator("#alike")).to_contain_text("Reprendre 15 ordinateurs")
    plain.fill("#id_author_text", "Groupe scolaire des Tilleuls")
    plain.fill("#id_municipality_text", "Amily")
    plain.get_by_role("button", name="Enregistrer le besoin").click()
    plain.get_by_role("button", name="Amilly (45)").click()
    expect(plain.locator("main")).to_contain_text("Le besoin est enregistré.")
    context.close()
