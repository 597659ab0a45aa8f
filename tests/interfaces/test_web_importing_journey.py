"""A table enters by the pages: received, its columns seen, checked, written; nothing typed is lost on the way."""

import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage.importers.models import BatchState, ImportBatch
from maillage.interfaces.jobs.models import LongTask, TaskState
from maillage.interfaces.jobs.tasks import apply_import, check_import
from maillage.interfaces.web.importing import steps
from tests.factories.actors import make_account, make_organisation, make_site
from tests.importers.batches import csv_of, make_pole_here
from tests.importers.files import xlsx, zipped

pytestmark = pytest.mark.django_db
HEADERS = ("Référence", "Nom", "Ville", "Famille")
ROWS = [
    ("A1", "Ci&el", "Bourges", "ESS"),
    ("A2", "Autre", "Nulle-Part-sur-Rien", "ESS"),
    ("A3", "Tiers", "", "ESS"),
]


@pytest.fixture
def pole() -> Pole:
    return make_pole_here()


@pytest.fixture
def client(pole: Pole) -> Client:
    found = Client()
    found.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    return found


def send(
    client: Client, pole: Pole, file: io.BytesIO, *, kind: str = "organisations", name: str = "liste.csv"
) -> Any:
    uploaded = SimpleUploadedFile(name, file.getvalue())
    return client.post(f"/p/{pole.slug}/importer/", {"kind": kind, "file": uploaded})


def address(pole: Pole, end: str = "") -> str:
    return f"/p/{pole.slug}/importer/{ImportBatch.objects.latest('pk').pk}/{end}"


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content[:500]
    text = str(answer.content.decode())
    assert "VARIABLE-INCONNUE" not in text
    return text


def chosen(*fields: str) -> dict[str, str]:
    return {f"colonne-{number}": field for number, field in enumerate(fields)}


ALL = chosen("external_id", "name", "municipality", "family")


def test_import__of_a_small_file_goes_from_the_form_to_the_directory(client: Client, pole: Pole) -> None:
    answer = send(client, pole, csv_of(HEADERS, *ROWS))
    assert answer.headers["Location"] == address(pole, "colonnes/")
    text = text_of(client.get(address(pole, "colonnes/")))
    assert "Ci&amp;el" in text
    assert '<option value="municipality" title="' in text
    answer = client.post(address(pole, "colonnes/"), ALL)
    assert answer.headers["Location"] == address(pole, "verification/")
    text = text_of(client.get(address(pole, "verification/")))
    assert "Enregistrer les 2 lignes justes" in text
    assert "Nulle-Part-sur-Rien" in text
    assert not Organisation.objects.filter(name="Ci&el").exists()
    answer = client.post(address(pole, "enregistrer/"))
    assert answer.headers["Location"] == address(pole)
    text = text_of(client.get(address(pole)))
    assert "C’est enregistré" in text
    assert set(Organisation.objects.filter(source_id__startswith="A").values_list("name", flat=True)) == {
        "Ci&el",
        "Tiers",
    }


def test_import__again_says_that_all_is_there_and_offers_nothing_to_press(client: Client, pole: Pole) -> None:
    for _ in range(2):
        send(client, pole, csv_of(HEADERS, ROWS[0]))
        client.post(address(pole, "colonnes/"), ALL)
        text = text_of(client.get(address(pole, "verification/")))
        client.post(address(pole, "enregistrer/"))
    assert "Tout est déjà dans le pôle." in text
    assert "disabled" in text
    assert Organisation.objects.filter(name="Ci&el").count() == 1


def test_import__remembers_the_columns_and_says_so(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(("Appellation maison", "Ville"), ("Ci&el", "Bourges")))
    client.post(address(pole, "colonnes/"), chosen("name", "municipality") | {"famille": "social"})
    send(client, pole, csv_of(("Appellation maison", "Ville"), ("Tiers", "Bourges")))
    assert "Nous connaissons ces colonnes" in text_of(client.get(address(pole, "colonnes/")))


def test_columns__two_of_one_field_are_told_and_the_choice_is_kept(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, *ROWS))
    text = text_of(client.post(address(pole, "colonnes/"), chosen("phone", "name", "name", "")), 400)
    assert "donnent le même champ" in text
    assert '<option value="phone" title="Un numéro professionnel." selected>' in text
    assert text.count('aria-invalid="true"') == 2


def test_columns__without_the_needed_one_are_told(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, *ROWS))
    text = text_of(client.post(address(pole, "colonnes/"), chosen("", "", "municipality", "")), 400)
    assert "Aucune colonne du fichier ne donne «\xa0Nom\xa0»" in text


def test_import__asks_whether_a_look_alike_is_the_same(client: Client, pole: Pole) -> None:
    known = make_organisation("La Ressourcerie du Berry")
    make_site(known, municipality=pole.territory.municipalities.get(code="18033"))
    send(client, pole, csv_of(HEADERS, ("A1", "Ressourcerie du Berry", "Bourges", "ESS")))
    client.post(address(pole, "colonnes/"), ALL)
    text = text_of(client.get(address(pole, "verification/")))
    assert "C’est la même que La Ressourcerie du Berry" in text
    client.post(address(pole, "reponses/"), {"question-0": str(known.pk)})
    client.post(address(pole, "enregistrer/"))
    known.refresh_from_db()
    assert known.name == "Ressourcerie du Berry"


def test_faults__are_a_file_to_take_away_without_danger(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, ("A1", "Ci&el", "=cmd|x", "ESS")))
    client.post(address(pole, "colonnes/"), ALL)
    answer = client.get(address(pole, "a-corriger.csv"))
    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert text.splitlines()[0] == "Ligne;Colonne;Case;Ce qui ne va pas;Empêche l’enregistrement"
    assert ";'=cmd|x;" in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"%PDF-1.7", "un document PDF"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "mot de passe"),
        ("a.xlsx", zipped({"xl/workbook.xml": b"0" * 40_000_000}).getvalue(), "grossit"),
        ("vide.csv", b"", "Ce fichier est vide."),
    ],
)
def test_upload__of_what_is_no_table_keeps_the_choice_and_says_why(
    client: Client, pole: Pole, name: str, content: bytes, words: str
) -> None:
    text = text_of(send(client, pole, io.BytesIO(content), kind="needs", name=name), 400)
    assert words in text
    assert re.search(r'value="needs"[^>]* checked', text)
    assert not ImportBatch.objects.exists()


def test_upload__too_heavy_is_told_before_anything_is_kept(client: Client, pole: Pole, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1_000
    text = text_of(send(client, pole, io.BytesIO(b"Nom;Ville\n" * 200)), 400)
    assert "Découpez-le en plusieurs fichiers" in text


def test_upload__without_file_nor_choice_says_both(client: Client, pole: Pole) -> None:
    text = text_of(client.post(f"/p/{pole.slug}/importer/", {}), 400)
    assert "Dites ce que contient le tableau." in text
    assert "Choisissez un fichier." in text


def test_sheet__of_a_workbook_is_chosen_on_the_page(client: Client, pole: Pole) -> None:
    book = openpyxl.load_workbook(xlsx([["Note"], ["rien ici"]], title="Lisez-moi"))
    sheet = book.create_sheet("Membres")
    for row in (["Nom", "Ville"], ["Ci&el", "Bourges"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    send(client, pole, file, name="a.xlsx")
    assert "Feuille du classeur" in text_of(client.get(address(pole, "colonnes/")))
    client.post(address(pole, "feuille/"), {"feuille": "Membres"})
    assert "Ci&amp;el" in text_of(client.get(address(pole, "colonnes/")))
    text = text_of(client.post(address(pole, "feuille/"), {"feuille": "Absente"}), 400)
    assert "n’a pas de feuille" in text


def test_cancel__throws_the_import_away(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, *ROWS))
    answer = client.post(address(pole, "abandonner/"), follow=True)
    assert "est abandonné" in text_of(answer)
    assert ImportBatch.objects.get().state == BatchState.CANCELLED


def test_needs__enter_with_the_structures_they_name(client: Client, pole: Pole) -> None:
    headers = ("Besoin", "Structure", "Ville")
    send(client, pole, csv_of(headers, ("Une salle le mardi", "Ci&el", "Bourges")), kind="needs")
    client.post(
        address(pole, "colonnes/"), chosen("title", "organisation", "municipality") | {"famille": "social"}
    )
    assert "Structures qui entreraient" in text_of(client.get(address(pole, "verification/")))
    client.post(address(pole, "enregistrer/"))
    assert Intent.objects.get().author.name == "Ci&el"
    assert "Chercher les rapprochements" in text_of(client.get(address(pole)))


@pytest.mark.parametrize("kind", ["structures", "besoins", "offres", "flux"])
@pytest.mark.parametrize(("extension", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_template__of_each_kind_is_given(
    client: Client, pole: Pole, kind: str, extension: str, start: bytes
) -> None:
    answer = client.get(f"/p/{pole.slug}/importer/modeles/{kind}.{extension}")
    assert answer.status_code == 200
    assert answer.content.startswith(start)


def test_home__asks_few_questions_however_many_imports(
    client: Client, pole: Pole, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(6):
        send(client, pole, csv_of(HEADERS, *ROWS))
    with django_assert_max_num_queries(8):
        text_of(client.get(f"/p/{pole.slug}/importer/"))
    with django_assert_max_num_queries(7):
        text_of(client.get(address(pole, "colonnes/")))


def test_large_file__is_checked_and_written_by_tasks_one_can_leave(
    client: Client, pole: Pole, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    deferred: list[dict[str, Any]] = []
    monkeypatch.setattr(steps, "CHECKED_AT_ONCE_BYTES", 0)
    monkeypatch.setattr(steps, "WRITTEN_AT_ONCE_LINES", 0)
    monkeypatch.setattr(check_import, "defer", lambda **given: deferred.append(given))
    monkeypatch.setattr(apply_import, "defer", lambda **given: deferred.append(given))
    send(client, pole, csv_of(HEADERS, *ROWS))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address(pole, "colonnes/"), ALL)
    task = LongTask.objects.get()
    assert answer.headers["Location"] == f"/p/{pole.slug}/travaux/{task.pk}/"
    assert deferred == [{"task_id": task.pk, "batch_id": ImportBatch.objects.get().pk}]


@pytest.mark.django_db(transaction=True)
def test_tasks__follow_an_import_to_its_end(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, *ROWS))
    client.post(address(pole, "colonnes/"), ALL)
    batch = ImportBatch.objects.get()
    first = LongTask.objects.create(pole=pole, title="Vérifier", asked_at=batch.uploaded_at)
    second = LongTask.objects.create(pole=pole, title="Enregistrer", asked_at=batch.uploaded_at)
    check_import(task_id=first.pk, batch_id=batch.pk)
    apply_import(task_id=second.pk, batch_id=batch.pk, account_id=None)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.result_url) == (TaskState.DONE, address(pole, "verification/"))
    assert (second.state, second.message) == (TaskState.DONE, "2\xa0lignes enregistrées.")


@pytest.mark.parametrize("role", [Role.VISITOR, Role.MEMBER, Role.NETWORK, Role.AUTHORITY_AGENT])
def test_pages__are_for_those_who_run_the_pole(role: Role, pole: Pole) -> None:
    visitor = Client()
    if role is not Role.VISITOR:
        visitor.force_login(make_account(role, pole), backend="django.contrib.auth.backends.ModelBackend")
    answer = visitor.get(f"/p/{pole.slug}/importer/")
    assert answer.status_code == (302 if role is Role.VISITOR else 403)


def test_import__of_another_pole_is_not_there(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, *ROWS))
    batch = ImportBatch.objects.get()
    other = make_pole_here()
    ImportBatch.objects.update(pole=other)
    assert client.get(f"/p/{pole.slug}/importer/{batch.pk}/colonnes/").status_code == 404


def test_import__whose_file_is_gone_says_what_to_do(client: Client, pole: Pole) -> None:
    send(client, pole, csv_of(HEADERS, *ROWS))
    batch = ImportBatch.objects.get()
    batch.file.storage.delete(batch.file.name)
    text = text_of(client.post(address(pole, "colonnes/"), ALL), 400)
    assert "n’est plus là. Déposez-le de nouveau." in text
