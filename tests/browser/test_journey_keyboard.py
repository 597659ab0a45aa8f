"""Capture, match, accept: the whole way by keyboard, without the mouse."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.models import Decision
from maillage.interfaces.jobs.models import LongTask, TaskState
from tests.browser.keyboard import Keyboard
from tests.browser.worker import run_waiting_jobs
from tests.browser.world import PASSWORD, World, make_whole_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "Composter nos épluchures, 5 t par an"


@pytest.fixture
def world(live: str, settings: Any, tmp_path: Path) -> World:
    settings.VECTOR_CACHE = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_whole_world(vectors=tmp_path)


def _sign_in(keys: Keyboard, email: str) -> None:
    keys.open("Se connecter", "link")
    keys.go_to("Courriel", "textbox")
    keys.type(email)
    keys.go_to("Mot de passe", "textbox")
    keys.type(PASSWORD)
    with keys.page.expect_navigation():
        keys.press("Enter")


def _note_a_need(keys: Keyboard) -> Intent:
    keys.open("Noter un besoin", "link")
    keys.go_to("Qu’est-ce qui manque", "textbox")
    keys.type(SAID)
    keys.page.locator("#understood [role=radiogroup]").wait_for()
    keys.go_to("", "radio")
    keys.choose_radio("Autre chose")
    keys.press("ArrowRight")
    keys.choose_radio("Compostage")
    keys.go_to("Qui le dit", "combobox")
    keys.choose("cantine", "Cantine des Tilleuls")
    keys.go_to("Où", "combobox")
    keys.choose("bourg", "Bourges")
    keys.go_to("Enregistrer le besoin", "button")
    with keys.page.expect_navigation():
        keys.press("Space")
    expect(keys.page.get_by_text("Le besoin est enregistré.")).to_be_visible()
    return Intent.objects.get(title=SAID)


def _launch_and_come_back(keys: Keyboard) -> None:
    keys.open("Rapprochements", "link")
    keys.open("Relancer", "button")
    expect(keys.page.get_by_text("En attente de son tour")).to_be_visible()
    keys.go_to("Plus")
    keys.press("Enter")
    keys.open("Structures", "link")
    keys.open("Rapprochements", "link")
    keys.open("Voir où il en est", "link")
    expect(keys.page.get_by_text("En attente de son tour")).to_be_visible()
    run_waiting_jobs()
    expect(keys.page.get_by_role("link", name="Voir le résultat")).to_be_visible()
    assert LongTask.objects.order_by("-pk")[0].state == TaskState.DONE
    keys.open("Voir le résultat", "link")


def _keep_the_lead_of(keys: Keyboard, need: Intent) -> None:
    keys.open(need.title, "link")
    lead = keys.page.locator("#pistes > ol > li").first
    expect(lead).to_contain_text("Plateforme de compostage")
    expect(lead.locator(".reasons").first).to_contain_text("À vérifier")
    keys.go_to("3 autres raisons")
    keys.press("Enter")
    expect(lead.get_by_text("Couvre tout le besoin")).to_be_visible()
    keys.open("Garder cette piste", "button")
    expect(keys.page.get_by_text("Piste gardée")).to_be_visible()
    keys.open("Pistes suivies", "link")
    expect(keys.page.get_by_role("row").filter(has_text=need.title)).to_contain_text(
        "Plateforme de compostage"
    )


def test_journey__from_a_need_to_a_lead_kept_is_done_by_keyboard_only(
    page: Page, live: str, world: World
) -> None:
    page.goto(f"{live}/p/essai/")
    keys = Keyboard(page)
    _sign_in(keys, "facilitator@exemple.fr")
    need = _note_a_need(keys)
    assert (need.author.name, need.municipality_id) == ("Cantine des Tilleuls", "18033")
    assert (need.resource_type_id, need.quantity, need.unit) == ("compostage", 5, "t")
    _launch_and_come_back(keys)
    _keep_the_lead_of(keys, need)
    decision = Decision.objects.get(need=need)
    assert decision.offer.title == "Plateforme de compostage"
