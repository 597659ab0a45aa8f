"""XLSX and ODS."""

import datetime
import io

import openpyxl
import pytest

from maillage.core.errors import UserMistake
from maillage.importers.tabular import open_table
from tests.importers.files import ods, xlsx, zipped


@pytest.mark.parametrize("write", [xlsx, ods])
def test_workbook__cells_keep_their_kind(write: object) -> None:
    file = write([["Nom", "Quantité"], ["Ci&el 🥕", 12.5], [None, None], ["السلام", 3]])  # type: ignore[operator]  # two writers
    rows = list(open_table(file, filename="t").rows())
    assert [row.cells for row in rows] == [("Ci&el 🥕", 12.5), ("السلام", 3.0)]
    assert [row.line_number for row in rows] == [2, 4]


def test_workbook__dates_are_dates() -> None:
    file = xlsx([["Nom", "Le"], ["A", datetime.date(2026, 11, 12)]])
    assert next(open_table(file).rows()).cells[1] == datetime.date(2026, 11, 12)


def test_workbook__the_named_sheet_is_read_and_another_name_lists_them() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lisez-moi"
    book.active["A1"] = "Bonjour"
    sheet = book.create_sheet("Besoins")
    sheet.append(["Nom", "Commune"])
    sheet.append(["A", "Bourges"])
    file = io.BytesIO()
    book.save(file)
    assert open_table(file, sheet="besoins").headers == ("Nom", "Commune")
    with pytest.raises(UserMistake, match="Lisez-moi, Besoins"):
        open_table(file, sheet="Offres")


def test_workbook__an_empty_one_is_told() -> None:
    with pytest.raises(UserMistake, match="vide"):
        open_table(xlsx([]), filename="vide.xlsx")


@pytest.mark.parametrize("name", ["donnees.xlsx", "donnees.csv", "sans-extension"])
def test_workbook__the_extension_does_not_matter(name: str) -> None:
    assert open_table(xlsx([["Nom", "Commune"], ["A", "Bourges"]]), filename=name).kind == "xlsx"


def test_workbook__an_old_xls_says_how_to_save_it() -> None:
    with pytest.raises(UserMistake, match=r"ancien classeur.*\.xlsx"):
        open_table(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), filename="vieux.xls")


@pytest.mark.parametrize(
    ("start", "word"),
    [(b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "image"), (b"<!DOCTYPE html><html>", "page web")],
)
def test_workbook__another_kind_of_file_is_named(start: bytes, word: str) -> None:
    with pytest.raises(UserMistake, match=word):
        open_table(io.BytesIO(start + b" " * 100), filename="tableau.xlsx")


def test_workbook__any_other_zip_is_told() -> None:
    with pytest.raises(UserMistake, match="pas un classeur"):
        open_table(zipped({"photo.txt": b"x"}), filename="archive.xlsx")
