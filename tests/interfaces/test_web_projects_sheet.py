"""The list and the sheet of projects: what each sees, what each may do, and nothing typed is lost."""

import io

import pytest

from maillage.domain.ledger.models import Process
from maillage.domain.projects.models import Project, ProjectFile, ProjectParty, ProjectTask
from tests.factories.actors import make_membership, make_organisation
from tests.factories.exchanges import make_need
from tests.factories.projects import make_project, make_task
from tests.interfaces.projects_world import Workshop, make_workshop, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Workshop:
    return make_workshop()


def test_list__counts_each_stage_and_filters_by_it(shop: Workshop) -> None:
    make_project(pole=shop.pole, name="Un essai", stage="trial")
    assert "Un essai" in shop.read()
    text = shop.read("?stade=experimentation")
    assert "Un essai" in text
    assert "Composter à plusieurs" not in text


@pytest.mark.parametrize("words", ["composter", "COMPOSTÉR", "rebond"])
def test_list__finds_a_word_whatever_its_accents(shop: Workshop, words: str) -> None:
    assert "Composter à plusieurs" in shop.read(f"?texte={words}")
    assert "Aucun projet ne répond" in shop.read("?texte=fusée")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_export__neutralises_formulas(shop: Workshop, ending: str) -> None:
    make_project(pole=shop.pole, name="=1+1")
    answer = shop.client().get(shop.url(f"export.{ending}"))
    assert answer.status_code == 200
    if ending == "csv":
        assert "'=1+1" in answer.content.decode()


def test_sheet__shows_a_visitor_nothing_unless_it_is_public(shop: Workshop) -> None:
    rest = f"{shop.project.pk}/"
    shop.read(rest, "visitor", 404)
    make_task(shop.project, title="Tâche à cacher")
    Project.objects.update(visibility="public")
    text = shop.read(rest, "visitor")
    assert "Composter près des cantines." in text
    assert "Tâche à cacher" not in text


def test_sheet__says_a_member_why_not(shop: Workshop) -> None:
    text = shop.read(f"{shop.project.pk}/", "member")
    assert "Seules l’animation du pôle et les structures du projet peuvent le faire." in text
    assert "Ajouter la tâche" not in text


def test_party__that_is_unknown_keeps_what_was_typed(shop: Workshop) -> None:
    typed = {
        "geste": "structure",
        "organisation_text": "Nulle Part",
        "role": "funder",
        "words": "Un mot",
        "since": "2026-11-01",
    }
    answer = shop.send(f"{shop.project.pk}/gestes/", "lead", **typed)
    assert answer.status_code == 422
    text = page(answer)
    assert "Aucune structure du pôle ne s’appelle" in text
    assert 'value="Un mot"' in text


def test_party__is_added_by_the_lead_and_leaves_with_its_history(shop: Workshop) -> None:
    other = make_organisation("Les Paniers")
    make_membership(shop.pole, other)
    rest = f"{shop.project.pk}/gestes/"
    shop.send(rest, "lead", geste="structure", organisation=other.pk, role="funder", since="2026-01-01")
    party = ProjectParty.objects.get(organisation=other)
    shop.send(rest, "lead", geste="depart", numero=party.pk)
    party.refresh_from_db()
    assert party.until is not None
    assert "N’en est plus" in shop.read(f"{shop.project.pk}/")


def test_stage__moves_with_its_reason_on_the_page(shop: Workshop) -> None:
    rest = f"{shop.project.pk}/gestes/"
    shop.send(rest, geste="stade", verbe="study", raison_texte="Deux cantines sont prêtes.")
    text = shop.read(f"{shop.project.pk}/")
    assert "Idée → Étude" in text
    assert "Deux cantines sont prêtes." in text
    shop.send(rest, geste="stade", verbe="stop")
    assert Process.objects.get(pk=shop.project.pk).stage == "study"


def test_need__becomes_a_group_once_and_both_sheets_say_it(shop: Workshop) -> None:
    need = make_need(pole=shop.pole, title="Accueillir tôt")
    for _ in range(2):
        shop.send(f"depuis-un-besoin/{need.pk}/")
    group = Project.objects.get(kind="group")
    sheet = f"/p/essai/besoins-et-offres/{need.pk}/"
    assert f"/projets/{group.pk}/" in shop.client().get(sheet).content.decode()
    assert f"/besoins-et-offres/{need.pk}/" in shop.read(f"{group.pk}/")
    assert shop.send(f"depuis-un-besoin/{need.pk}/", "member").status_code == 403


def test_task__without_words_comes_back_and_with_words_is_added(shop: Workshop) -> None:
    rest = f"{shop.project.pk}/taches/"
    answer = shop.send(rest, title=" ", due_on="2027-01-01")
    assert answer.status_code == 422
    assert 'value="2027-01-01"' in page(answer)
    assert "Dites ce qu’il y a à faire." in page(answer)
    answer = shop.send(rest, title="Appeler la mairie")
    assert answer.headers["Location"].endswith("?ajout=tache#taches")
    assert ProjectTask.objects.get().title == "Appeler la mairie"


def test_task__leads_back_to_our_pages_only(shop: Workshop) -> None:
    task = make_task(shop.project)
    for asked in ("https://ailleurs.example/", "//ailleurs.example/", "/p/essai/structures/"):
        answer = shop.send(f"taches/{task.pk}/geste/", geste="avant", retour=asked)
        assert answer.headers["Location"] == f"/p/essai/projets/{shop.project.pk}/#taches"


def test_mine__shows_what_is_late_first(shop: Workshop) -> None:
    owner = shop.accounts["member"].person
    make_task(shop.project, title="Hier", owner=owner, due_on="2020-01-01")
    text = shop.read("taches/", "member")
    assert text.index("En retard") < text.index("Hier")
    assert "Rien ne vous attend." in shop.read("taches/", "lead")


def test_file__is_kept_and_read_by_who_reads_the_project(shop: Workshop) -> None:
    content = io.BytesIO(b"Compte rendu d'essai\n")
    content.name = "notes.txt"
    shop.send(f"{shop.project.pk}/fichiers/", "lead", file=content, words="Nos notes")
    kept = ProjectFile.objects.get()
    rest = f"{shop.project.pk}/fichiers/{kept.pk}/"
    answer = shop.client("member").get(shop.url(rest))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert shop.client("visitor").get(shop.url(rest)).status_code == 404


def test_file__that_is_a_trap_is_refused_with_a_sentence(shop: Workshop) -> None:
    content = io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    content.name = "dessin.svg"
    answer = shop.send(f"{shop.project.pk}/fichiers/", "lead", file=content, words="Un dessin")
    assert answer.status_code == 422
    assert 'value="Un dessin"' in page(answer)
    assert not ProjectFile.objects.exists()


def test_project__is_opened_by_the_team_and_a_public_one_says_its_summary(shop: Workshop) -> None:
    typed = {"kind": "project", "name": "Un autre", "visibility": "public", "since": "2026-11-01"}
    answer = shop.send("nouveau/", **typed)
    assert answer.status_code == 422
    assert "Écrivez le résumé que tout le monde lira." in page(answer)
    assert shop.send("nouveau/", **typed, summary="Pour tous.").status_code == 302
    assert shop.send("nouveau/", "lead", **typed).status_code == 403
