"""A batch is received, mapped, checked, written whole; what goes wrong leaves nothing behind."""

import io
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from django.core.files.storage import default_storage

from maillage.core.errors import Refused, UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Role
from maillage.importers.database import (
    apply_batch,
    cancel_batch,
    check_batch,
    check_user_can_import,
    choose_sheet,
    organisations,
    receive_file,
    set_mapping,
    user_can_import,
)
from maillage.importers.models import BatchState, ImportBatch, RememberedMapping
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.importers.batches import checked, imported, make_pole_here, receive, report_of_batch
from tests.importers.files import xlsx, zipped

pytestmark = pytest.mark.django_db
HEADERS = ("Référence", "Nom", "Ville", "Famille")
ROWS = [
    ("A1", "Ci&el", "Bourges", "ESS"),
    ("A2", "Autre", "Nulle-Part-sur-Rien", "ESS"),
    ("A3", "Tiers", "", "ESS"),
]


def test_batch__keeps_the_right_lines_and_tells_each_faulty_cell() -> None:
    pole = make_pole_here()
    report = imported(pole, "organisations", HEADERS, *ROWS)
    assert (report.lines_read, report.created, report.faulty) == (3, 2, 1)
    [fault] = [one for one in report.faults if one.blocking]
    assert (fault.line, fault.column) == (3, "Commune")
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Ci&el", "Tiers"}


def test_batch__checking_writes_nothing() -> None:
    checked(make_pole_here(), "organisations", HEADERS, *ROWS)
    assert not Organisation.objects.exists()


def test_batch__whose_last_line_fails_writes_nothing() -> None:
    batch, _ = checked(make_pole_here(), "organisations", HEADERS, *ROWS)
    real: Callable[..., Organisation] = organisations.create_organisation

    def breaks(**given: Any) -> Organisation:
        if given["fields"].name == "Tiers":
            raise UserMistake("Ceci est refusé.")
        return real(**given)

    with (
        patch.object(organisations, "create_organisation", breaks),
        pytest.raises(UserMistake, match="Ligne 4"),
    ):
        apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.applied_at) == (BatchState.UPLOADED, None)
    assert "Rien n’a été enregistré" in batch.error
    assert not Organisation.objects.exists()


def test_batch__stopped_by_a_bug_can_be_written_later() -> None:
    batch, _ = checked(make_pole_here(), "organisations", HEADERS, *ROWS)
    with (
        patch.object(organisations, "create_organisation", side_effect=ZeroDivisionError),
        pytest.raises(ZeroDivisionError),
    ):
        apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    batch.refresh_from_db()
    apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    assert Organisation.objects.count() == 2


def test_batch__is_refused_when_the_pole_has_changed_since_the_check() -> None:
    batch, _ = checked(make_pole_here(), "organisations", ("Nom", "SIREN"), ("Ci&el", "552100554"))
    make_organisation("Déjà là", siren="552100554")
    with pytest.raises(UserMistake, match="Vérifiez de nouveau"):
        apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    assert Organisation.objects.count() == 1


def test_batch__is_written_once() -> None:
    batch, _ = checked(make_pole_here(), "organisations", HEADERS, *ROWS)
    apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    with pytest.raises(UserMistake, match="Enregistré|enregistré"):
        apply_batch(batch=batch, by=None, on=TODAY, at=NOW)


def test_batch__given_up_throws_its_file_away(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    batch = receive(make_pole_here(), "organisations", HEADERS, *ROWS)
    name = batch.file.name
    assert default_storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        cancel_batch(batch=batch)
    assert not default_storage.exists(name)
    with pytest.raises(UserMistake, match="abandonné"):
        check_batch(batch=batch, on=TODAY)


def test_batch__file_is_stored_under_a_name_that_says_nothing() -> None:
    batch = receive(make_pole_here(), "organisations", HEADERS, *ROWS, filename="../../liste de Ci&el.csv")
    assert batch.filename == "liste de Ci&el.csv"
    assert "Ci" not in batch.file.name
    assert batch.file.name.endswith(".csv")


def test_batch__too_heavy_is_refused_and_not_kept() -> None:
    with pytest.raises(UserMistake, match="Découpez-le"):
        receive_file(
            pole=make_pole_here(),
            kind="needs",
            file=io.BytesIO(b"x" * 2_000_001),
            filename="gros.csv",
            by=None,
            at=NOW,
            most_bytes=2_000_000,
        )
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 rien", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "mot de passe"),
        (
            zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"0" * 40_000_000}).getvalue(),
            "grossit",
        ),
        (b"", "vide"),
    ],
)
def test_batch__of_a_trap_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(UserMistake, match=words):
        receive_file(
            pole=make_pole_here(), kind="needs", file=io.BytesIO(content), filename="a.xlsx", by=None, at=NOW
        )
    assert not ImportBatch.objects.exists()


def test_mapping__is_remembered_for_the_next_file_of_the_same_headers() -> None:
    pole = make_pole_here()
    headers = ("Appellation maison", "Ville")
    batch = receive(pole, "organisations", headers, ("Ci&el", "Bourges"))
    set_mapping(batch=batch, fields=["name", "municipality"], at=NOW)
    assert RememberedMapping.objects.count() == 1
    again = receive(pole, "organisations", headers, ("Autre", "Bourges"))
    assert again.reading["remembered"] is True
    assert [one[1] for one in again.mapping["columns"]] == ["name", "municipality"]


def test_mapping__of_two_columns_to_one_field_is_refused() -> None:
    batch = receive(make_pole_here(), "organisations", HEADERS, *ROWS)
    with pytest.raises(UserMistake, match="le même champ"):
        set_mapping(batch=batch, fields=["name", "name", None, None], at=NOW)


def test_mapping__without_a_needed_field_is_told_at_the_check() -> None:
    batch = receive(make_pole_here(), "organisations", HEADERS, *ROWS)
    batch = set_mapping(batch=batch, fields=[None, None, None, None], at=NOW)
    with pytest.raises(UserMistake, match="Nom"):
        check_batch(batch=batch, on=TODAY)
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert "Nom" in batch.error


def test_sheet__can_be_chosen() -> None:
    file = xlsx([["Note"], ["rien ici"]], title="Lisez-moi")
    book = openpyxl.load_workbook(file)
    sheet = book.create_sheet("Membres")
    for row in (["Nom", "Ville"], ["Ci&el", "Bourges"]):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    pole = make_pole_here()
    batch = receive_file(pole=pole, kind="organisations", file=file, filename="a.xlsx", by=None, at=NOW)
    assert batch.reading["sheets"] == ["Lisez-moi", "Membres"]
    batch = check_batch(batch=choose_sheet(batch=batch, sheet="Membres"), on=TODAY)
    assert report_of_batch(batch).created == 1


def test_lines__hostile_texts_are_kept_as_they_are() -> None:
    pole = make_pole_here()
    names = ["=cmd|' /C calc'!A0", "שלום 👋", "Ci&el <b>"]
    imported(pole, "organisations", ("Nom", "Famille"), *[(name, "ESS") for name in names])
    assert set(Organisation.objects.values_list("name", flat=True)) == set(names)


@pytest.mark.parametrize("role", list(Role))
def test_import__is_for_those_who_run_the_pole(role: Role) -> None:
    pole = make_pole()
    viewer = make_viewer(role, pole)
    allowed = role in {Role.FACILITATOR, Role.ADMINISTRATOR}
    assert user_can_import(viewer, pole) is allowed
    if not allowed:
        with pytest.raises(Refused, match="Seule l’animation"):
            check_user_can_import(viewer, pole)
