"""A workshop in real browsers: a screen, a phone, a card that travels between them; the questionnaire; by keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Answer, Draft, Vote, Workshop
from maillage.interfaces.web.gathering import senders
from maillage.interfaces.web.gathering.addresses import workshop_token
from tests.browser.conftest import NARROW, axe, french, no_sideways_scroll
from tests.factories import TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole, make_site
from tests.factories.gathering import make_campaign, make_card, make_interview, make_workshop
from tests.factories.places import make_municipality
from tests.interfaces.served import serving

expect.set_options(timeout=20_000)
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Account], None]


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’essai", "essai")


@pytest.fixture
def workshop(pole: Pole) -> Workshop:
    return make_workshop(pole, question="Que nous manque-t-il ici ?")


def phone_of(workshop: Workshop) -> str:
    return f"/p/essai/ecoute/a/{workshop_token(workshop.key)}/"


def write(phone: Page, words: str, kind: str = "Un besoin") -> None:
    phone.get_by_label(kind).check()
    phone.get_by_label("En une phrase").fill(words)
    phone.get_by_role("button", name="Mettre à l’écran").click()
    expect(phone.get_by_text("Votre carte est à l’écran.")).to_be_visible()


def test_card__written_on_a_phone_appears_on_the_screen_by_the_stream(
    page: Page, browser: Browser, pole: Pole, workshop: Workshop
) -> None:
    team = make_account(Role.FACILITATOR, pole)
    client = Client()
    client.force_login(team, backend="django.contrib.auth.backends.ModelBackend")
    with serving("maillage.config.settings") as (port, _):
        live = f"http://127.0.0.1:{port}"
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}]
        )
        page.goto(f"{live}/p/essai/ecoute/ateliers/{workshop.pk}/ecran/")
        expect(page.locator("[data-live]")).to_have_attribute("data-by", "flux")
        context = french(browser, NARROW)
        phone = context.new_page()
        phone.goto(live + phone_of(workshop))
        write(phone, "Transporter des zigouflettes")
        expect(page.get_by_text("Transporter des zigouflettes")).to_be_visible(timeout=5_000)
        write(phone, "Nos zigouflettes à transporter", "Une offre")
        expect(page.get_by_text("mots communs")).to_be_visible(timeout=5_000)
        context.close()


def test_phone__without_stream_asks_again_and_votes(
    page: Page, browser: Browser, live: str, workshop: Workshop
) -> None:
    Workshop.objects.update(state=WorkshopState.VOTING, votes_each=1)
    first, second = make_card(workshop, title="Une salle"), make_card(workshop, "offer", title="Un four")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    page.goto(live + phone_of(workshop))
    expect(page.locator("[data-live]")).to_have_attribute("data-by", "questions")
    page.get_by_role("button", name="Je vote pour : Une salle").press("Enter")
    expect(page.locator(f'[data-card="{first.pk}"] [data-count]')).to_have_text(re.compile("1.vote"))
    page.get_by_role("button", name="Je vote pour : Un four").click()
    expect(page.get_by_text("Vous avez donné tous vos votes")).to_be_visible()
    assert Vote.objects.get().card == first
    axe(page)
    no_sideways_scroll(page)
    assert second.pk


def test_facilitator__prepares_leads_and_closes_a_workshop_by_keyboard(
    page: Page, live: str, pole: Pole, sign_in: SignIn
) -> None:
    sign_in(make_account(Role.FACILITATOR, pole))
    page.goto(f"{live}/p/essai/ecoute/ateliers/nouveau/")
    page.get_by_label("Titre").fill("Le quartier")
    page.get_by_role("button", name="Enregistrer l’atelier").press("Enter")
    page.get_by_role("button", name="Ouvrir l’écriture").press("Enter")
    make_card(Workshop.objects.get(), title="Une salle")
    page.get_by_role("button", name="Passer au vote").press("Enter")
    axe(page)
    page.get_by_role("button", name="Clore l’atelier").press("Enter")
    expect(page.get_by_text("Une carte attend d’être notée.")).to_be_visible()
    assert Draft.objects.get().title == "Une salle"
    axe(page)
    no_sideways_scroll(page)


def test_draft__is_noted_in_the_form_of_the_pole(page: Page, live: str, pole: Pole, sign_in: SignIn) -> None:
    author = make_organisation("Cantine des Tilleuls")
    make_membership(pole, author)
    make_site(author, municipality=make_municipality("Bourges", "18033"))
    sign_in(make_account(Role.FACILITATOR, pole))
    interview = make_interview(pole, notes="Nous jetons 12 kg par semaine. Merci.")
    page.goto(f"{live}/p/essai/ecoute/entretiens/{interview.pk}/")
    page.locator("[data-notes]").evaluate(
        """node => { const range = document.createRange(); range.setStart(node.firstChild, 0);
        range.setEnd(node.firstChild, 29); getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    expect(page.get_by_label("Ces mots")).to_have_value("Nous jetons 12 kg par semaine")
    page.get_by_role("button", name="Noter un besoin").click()
    axe(page)
    page.get_by_role("combobox", name="Qui le dit").fill("Cantine")
    page.get_by_role("option", name=re.compile("Cantine des Tilleuls")).click()
    page.get_by_role("button", name="Noter", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous jetons 12")
    noted = Intent.objects.get()
    assert (noted.author, noted.unit) == (author, "kg")
    page.goto(f"{live}/p/essai/ecoute/entretiens/{interview.pk}/")
    page.get_by_role("link", name="Nous jetons").first.click()
    expect(page.get_by_text("Noté :")).to_be_visible()


def test_questionnaire__is_answered_by_keyboard_on_a_phone(
    page: Page, live: str, pole: Pole, monkeypatch: Any
) -> None:
    monkeypatch.setattr(senders, "LEAST_S", 0)
    make_campaign(pole, slug="le-soir", opens_on=TODAY.replace(year=2020), introduction="Dites-nous.")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary
    page.goto(f"{live}/p/essai/ecoute/repondre/le-soir/")
    page.get_by_label("Qu’est-ce qui vous manque").fill("Une salle le mardi")
    axe(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Envoyer ma réponse").press("Enter")
    expect(page.get_by_text("Cochez cette case").first).to_be_visible()
    page.get_by_label("J’accepte", exact=True).check()
    page.get_by_role("button", name="Envoyer ma réponse").press("Enter")
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()
    assert Answer.objects.get().sent_at is not None
