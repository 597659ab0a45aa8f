"""Journeys 3 and 4 of a pole, by keyboard: a need to its tasks through a meeting; a project to its decision."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.models import Message
from maillage.domain.projects.models import Invitee, Meeting, PollAnswer, Project, ProjectTask, Trial
from tests.browser.conftest import NARROW, WIDE, axe, french, no_sideways_scroll
from tests.browser.keyboard import Keyboard
from tests.browser.world import PASSWORD, World, make_whole_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GUEST = "odile.essai@exemple.fr"


@pytest.fixture
def world(live: str, settings: Any, tmp_path: Path) -> World:
    settings.VECTOR_CACHE = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SITE_ADDRESS = live
    return make_whole_world(vectors=tmp_path)


@pytest.fixture
def keys(page: Page, live: str, world: World) -> Keyboard:
    page.goto(f"{live}/p/essai/")
    hands = Keyboard(page)
    hands.open("Se connecter", "link")
    hands.go_to("Courriel", "textbox")
    hands.type("facilitator@exemple.fr")
    hands.go_to("Mot de passe", "textbox")
    hands.type(PASSWORD)
    with page.expect_navigation():
        hands.press("Enter")
    return hands


def look(page: Page) -> None:
    """The page is accessible, wide and narrow, and never wider than a phone."""
    axe(page)
    no_sideways_scroll(page, NARROW["width"])
    axe(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary


def propose(keys: Keyboard, day: str, hour: str) -> None:
    """Reach the day and the hour by keyboard; the order of their parts is that of the browser's own language."""
    for label, role, text in (("Date", "Date", day), ("Heure", "InputTime", hour)):
        keys.go_to(label, role)
        keys.page.locator(":focus").fill(text)
    keys.open("Proposer cette date", "button")
    expect(keys.page.locator(".invalid-feedback")).to_have_count(0)


def _open_the_group(keys: Keyboard, need: Intent, live: str) -> Project:
    keys.page.goto(f"{live}/p/essai/besoins-et-offres/{need.pk}/")
    keys.open("En faire un groupe de travail", "button")
    expect(keys.page.get_by_text("Le groupe de travail est ouvert.")).to_be_visible()
    look(keys.page)
    return Project.objects.get(kind="group")


def _call_the_meeting(keys: Keyboard) -> Meeting:
    keys.open("Trouver une date de réunion", "link")
    keys.go_to("Titre", "textbox")
    keys.type("Première réunion du groupe")
    keys.go_to("Lieu", "textbox")
    keys.type("Salle du Quai")
    keys.open("Créer la réunion", "button")
    for day, hour in (("2030-01-15", "18:30"), ("2030-01-16", "09:00")):
        propose(keys, day, hour)
    keys.go_to("Sujet", "textbox")
    keys.type("Qui peut ouvrir")
    keys.open("Ajouter ce sujet", "button")
    keys.open("Ajouter les structures du projet", "button")
    keys.go_to("Ajouter une personne")
    keys.press("Enter")
    keys.go_to("Ou quelqu’un d’autre", "textbox")
    keys.type("Odile Essai")
    keys.go_to("Son courriel", "textbox")
    keys.type(GUEST)
    keys.open("Ajouter cette personne", "button")
    keys.open("Demander quelle date convient", "button")
    expect(keys.page.get_by_text("courriels partent")).to_be_visible()
    look(keys.page)
    return Meeting.objects.get(title="Première réunion du groupe")


def _answer_without_account(browser: Browser) -> None:
    """Odile has no account: the link of her letter is enough."""
    address = Message.objects.get(to=GUEST).letter["buttons"][0][1]
    context = french(browser, NARROW)
    page = context.new_page()
    page.goto(address)
    axe(page)
    no_sideways_scroll(page)
    hands = Keyboard(page)
    hands.go_to("Oui", "radio")
    hands.press("Space")
    expect(page.locator("main input:checked")).to_have_count(1)
    hands.go_to("Oui", "radio")
    hands.choose_radio("Non")
    expect(page.locator("main input:checked")).to_have_count(2)
    hands.open("Envoyer ma réponse", "button")
    expect(page.get_by_text("Merci, c’est noté.")).to_be_visible()
    context.close()
    said = PollAnswer.objects.filter(invitee__email=GUEST).order_by("date__starts_at")
    assert list(said.values_list("choice", flat=True)) == ["yes", "no"]


def _write_the_minutes(keys: Keyboard, meeting: Meeting) -> None:
    keys.go_to("", "radio")
    keys.choose_radio("Présent")
    keys.open("Noter les présences", "button")
    assert Invitee.objects.filter(meeting=meeting, attendance="present").count() == 1
    keys.open("Écrire le compte rendu", "link")
    keys.go_to("Le compte rendu", "textbox")
    keys.press("Control+End")
    keys.type("La crèche ouvre deux matins.")
    expect(keys.page.get_by_text("Brouillon enregistré à")).to_be_visible()
    keys.go_to("Quoi", "textbox")
    keys.type("Chiffrer deux matins")
    keys.go_to("Qui", "combobox")
    keys.press("ArrowDown")
    keys.go_to("Pour le", "Date")
    keys.type("01012020")
    keys.open("Ajouter l’action", "button")
    expect(keys.page.get_by_text("L’action est notée")).to_be_visible()
    look(keys.page)
    keys.open("Publier et envoyer", "button")
    expect(keys.page.get_by_text("Le compte rendu est publié.")).to_be_visible()
    look(keys.page)


def test_journey_3__from_a_need_to_tasks_through_a_poll_and_a_meeting(
    keys: Keyboard, live: str, world: World, browser: Browser
) -> None:
    group = _open_the_group(keys, world.intents[3], live)
    meeting = _call_the_meeting(keys)
    _answer_without_account(browser)
    keys.page.reload()
    keys.open("Retenir cette date : mardi 15 janvier", "button")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.project) == ("planned", group)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(hours=3))  # time passes
    keys.page.reload()
    _write_the_minutes(keys, meeting)
    task = ProjectTask.objects.get(title="Chiffrer deux matins")
    assert (task.meeting, task.project) == (meeting, group)
    assert Message.objects.filter(subject__startswith="Compte rendu", to=GUEST).count() == 1
    keys.page.goto(f"{live}/p/essai/projets/taches/?qui=tous")
    look(keys.page)
    keys.open("C’est fait : Chiffrer deux matins", "button")
    task.refresh_from_db()
    assert task.state == "done"


def _measure(keys: Keyboard, moment: str, quantity: str, source: str) -> None:
    keys.go_to("", "radio")
    keys.choose_radio(moment)
    keys.go_to("Combien", "textbox")
    keys.type(quantity)
    keys.go_to("D’où vient ce chiffre", "textbox")
    keys.type(source)
    keys.open("Noter la mesure", "button")
    expect(keys.page.get_by_text("La mesure est notée.")).to_be_visible()


def _open_the_project(keys: Keyboard) -> None:
    keys.go_to("Plus")
    keys.press("Enter")
    keys.open("Projets", "link")
    keys.open("Ouvrir un projet", "link")
    keys.go_to("Nom", "textbox")
    keys.type("Une tournée de vélos")
    keys.go_to("En une phrase", "textbox")
    keys.type("Livrer à vélo le dernier kilomètre.")
    keys.open("Ouvrir", "button")
    expect(keys.page.get_by_text("C’est ouvert.")).to_be_visible()


def _try(keys: Keyboard) -> None:
    keys.open("Préparer un essai", "link")
    keys.go_to("La question", "textbox")
    keys.type("Un vélo suffit-il le mardi ?")
    keys.open("Enregistrer l’essai", "button")
    keys.go_to("Ce que vous mesurez", "textbox")
    keys.type("Trajets en camion")
    keys.go_to("Unité", "textbox")
    keys.type("trajets")
    keys.go_to("Ce que vous espérez", "combobox")
    keys.press("ArrowDown")
    keys.open("Ajouter", "button")
    _measure(keys, "Avant", "12", "Carnet de bord")
    _measure(keys, "Après", "4", "Carnet de bord")


def test_journey_4__from_a_project_to_a_decision_through_a_trial(
    keys: Keyboard, live: str, world: World
) -> None:
    _open_the_project(keys)
    _try(keys)
    expect(keys.page.get_by_text("8 trajets de moins", exact=False).first).to_be_visible()
    look(keys.page)
    keys.go_to("On continue", "radio")
    keys.press("Space")
    keys.go_to("Qui a décidé", "textbox")
    keys.type("Le comité du mardi")
    keys.go_to("Pourquoi", "textbox")
    keys.type("Trois fois moins de camion.")
    keys.open("Noter la décision", "button")
    trial = Trial.objects.get(question="Un vélo suffit-il le mardi ?")
    assert (trial.state, trial.project.process.stage) == ("go", "activity")
    expect(keys.page.get_by_text("Expérimentation → Activité")).to_be_visible()
    look(keys.page)
