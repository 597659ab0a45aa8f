"""Agreements in a real browser: each page without fault at both widths; read and signed by a member."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.agreements.models import Amendment
from tests.browser.conftest import NARROW, axe, no_sideways_scroll
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.amendments import sign_for_all
from tests.interfaces.agreements_world import agreement_tokens, make_agreement_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Account], None]


@pytest.fixture
def rows(transactional_db: None) -> tuple[Pole, Organisation, dict[str, int]]:
    pole, own, other = (
        make_pole("Pôle d’ici", "ici"),
        make_organisation("La Nôtre"),
        make_organisation("L’Autre"),
    )
    for one in (own, other):
        make_membership(pole, one)
    return pole, own, make_agreement_rows(pole, own, other)


def _kept(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for them."""
    folder = os.environ.get("MAILLAGE_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_pages__have_no_fault_wide_and_narrow(page: Page, live: str, sign_in: SignIn, rows: tuple) -> None:  # type: ignore[type-arg]  # the fixture above says it
    pole, _, keys = rows
    sign_in(make_account(Role.FACILITATOR, pole))
    pages = {
        "liste": "",
        "rien": "?texte=introuvable",
        "nouveau": "nouveau/",
        "brouillon": f"{keys['agreements']}/",
        "modalites": f"{keys['agreements']}/modifier/",
        "engagement": f"{keys['agreements']}/engagements/",
        "a-signer": f"{keys['agreements:text']}/",
        "texte": f"{keys['agreements:text']}/texte/",
        "refuse": f"{keys['agreements:refused']}/",
        "par-le-lien": f"lire/{agreement_tokens(keys)['agreements:link']}/",
        "en-cours": f"{keys['agreements:amendment_text']}/",
        "avenant": f"{keys['agreements:amendment']}/avenants/1/",
        "avenant-en-ecriture": f"{keys['agreements:amend_leave']}/",
        "engagement-change": f"{keys['agreements:amend_promise']}/avenants/engagements/"
        f"{keys['agreements:amend_promise:line']}/",
        "engagement-ajoute": f"{keys['agreements:amend_add']}/avenants/engagements/",
        "refus-note": f"{keys['agreements:take_back_no']}/",
    }
    for name, path in pages.items():
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{live}/p/ici/accords/{path}")
        axe(page)
        _kept(page, f"{name}-large")
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
        page.evaluate("document.documentElement.dataset.bsTheme = 'dark'")
        axe(page)
        no_sideways_scroll(page)
        _kept(page, f"{name}-etroit")


def test_member__reads_then_says_yes(page: Page, live: str, sign_in: SignIn, rows: tuple) -> None:  # type: ignore[type-arg]  # the fixture above says it
    pole, own, keys = rows
    sign_in(make_account(Role.MEMBER, pole, own))
    page.goto(f"{live}/p/ici/accords/{keys['agreements:text']}/")
    page.get_by_role("link", name="Lire et signer").click()
    page.get_by_label("Prénom et nom").fill("Léa Exemple")
    page.get_by_role("button", name="Dire oui à ce texte").click()
    expect(page.get_by_text("Cochez la case quand vous avez lu le texte.").first).to_be_visible()
    expect(page.get_by_label("Prénom et nom")).to_have_value("Léa Exemple")
    page.get_by_label("En qualité de").fill("présidente")
    page.get_by_label("J’ai lu le texte").check()
    page.get_by_role("button", name="Dire oui à ce texte").click()
    expect(page.get_by_text("C’est noté. Merci.")).to_be_visible()
    expect(page.get_by_text("Attend 1 signature")).to_be_visible()


def test_member__says_why_it_does_not_sign(page: Page, live: str, sign_in: SignIn, rows: tuple) -> None:  # type: ignore[type-arg]  # the fixture above says it
    pole, own, keys = rows
    sign_in(make_account(Role.MEMBER, pole, own))
    page.goto(f"{live}/p/ici/accords/{keys['agreements:text']}/texte/")
    page.get_by_text("Ne pas signer ce texte").click()
    page.get_by_label("Ce qu’il faudrait changer").fill("Cent euros au plus")
    page.get_by_role("button", name="Répondre que nous ne signons pas").click()
    expect(page.get_by_text("Dites pourquoi : choisissez une raison.").first).to_be_visible()
    expect(page.get_by_label("Ce qu’il faudrait changer")).to_have_value("Cent euros au plus")
    page.get_by_text("Le prix ne convient pas").click()
    page.get_by_role("button", name="Répondre que nous ne signons pas").click()
    expect(page.get_by_text("La Nôtre ne signe pas : le prix ne convient pas.")).to_be_visible()
    axe(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    no_sideways_scroll(page)


def test_team__changes_a_promise_by_an_amendment_that_says_before_and_after(
    page: Page,
    live: str,
    sign_in: SignIn,
    rows: tuple,  # type: ignore[type-arg]  # the fixture above says it
) -> None:
    pole, _, keys = rows
    sign_in(make_account(Role.FACILITATOR, pole))
    page.goto(f"{live}/p/ici/accords/{keys['agreements:amend']}/")
    page.get_by_role("link", name="Changer").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Combien").fill("beaucoup")
    page.get_by_role("button", name="Mettre dans l’avenant").click()
    expect(page.get_by_text("Écrivez un nombre, par exemple 12,5.").first).to_be_visible()
    wide = "(one, what) => one.closest(what).getBoundingClientRect().width"
    sentence = page.locator(".field-row .invalid-feedback")
    assert sentence.evaluate(wide, ".field") == sentence.evaluate(wide, ".field-row")
    _kept(page, "engagement-refuse-large")
    page.get_by_label("Combien").fill("8")
    page.get_by_role("button", name="Mettre dans l’avenant").click()
    expect(page.get_by_text("L’avenant n° 1 le dit.")).to_be_visible()
    expect(page.get_by_role("cell", name="8 t, pendant l’accord")).to_be_visible()
    page.get_by_role("button", name="Envoyer à la signature").click()
    page.get_by_role("link", name="Lire l’avenant n° 1").first.click()
    expect(page.get_by_role("cell", name="12 t, pendant l’accord")).to_be_visible()
    axe(page)
    _kept(page, "texte-avenant-large")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    no_sideways_scroll(page)
    _kept(page, "texte-avenant-etroit")
    sign_for_all(Amendment.objects.get(agreement=keys["agreements:amend"]))
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live}/p/ici/accords/{keys['agreements:amend']}/")
    page.get_by_role("link", name="Donner ou vendre").first.click()
    expect(page.get_by_role("heading", name="Texte après texte")).to_be_visible()
    expect(page.get_by_role("cell", name="12 t, pendant l’accord")).to_be_visible()
    expect(page.get_by_text("0 t sur 8 t")).to_be_visible()
    axe(page)
    _kept(page, "engagement-versions-large")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    no_sideways_scroll(page)
    _kept(page, "engagement-versions-etroit")


def test_team__notes_a_refusal_heard_by_phone_and_takes_it_back(
    page: Page,
    live: str,
    sign_in: SignIn,
    rows: tuple,  # type: ignore[type-arg]  # the fixture above says it
) -> None:
    pole, _, keys = rows
    sign_in(make_account(Role.FACILITATOR, pole))
    page.goto(f"{live}/p/ici/accords/{keys['agreements:text']}/texte/")
    page.get_by_text("Noter qu’une partie ne signe pas").click()
    page.get_by_label("Au nom de").last.select_option(label="L’Autre")
    page.get_by_label("Qui l’a dit").fill("Ana Exemple")
    page.get_by_role("button", name="Noter ce refus").click()
    expect(page.get_by_text("Dites comment : de vive voix ou par écrit.").first).to_be_visible()
    expect(page.get_by_label("Qui l’a dit")).to_have_value("Ana Exemple")
    axe(page)
    _kept(page, "refus-dit-large")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    no_sideways_scroll(page)
    _kept(page, "refus-dit-etroit")
    page.get_by_text("De vive voix", exact=True).click()
    page.get_by_text("Les dates ne conviennent pas").click()
    page.get_by_role("button", name="Noter ce refus").click()
    expect(page.get_by_text("L’Autre ne signe pas : les dates ne conviennent pas.")).to_be_visible()
    page.get_by_role("button", name="Noté par erreur").click()
    expect(page.get_by_text("est de nouveau attendue")).to_be_visible()
