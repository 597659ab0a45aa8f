"""What we write opens in a spreadsheet without running anything, and reads back."""

import datetime
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.core.errors import UserMistake
from maillage.importers.export import safe_cell, write_csv, write_geojson, write_json, write_table, write_xlsx
from maillage.importers.tabular import open_table

ROW = ["Ci&el 🥕", "=cmd|' /C calc'!A0", Decimal("12.5"), datetime.date(2026, 11, 12), True, None, "جمعية"]
HEADERS = ["Nom", "Piège", "Quantité", "Le", "Oui", "Vide", "Arabe"]


@pytest.mark.parametrize("text", ["=1+1", "+33 2", "-cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_safe_cell__formulas_are_neutralised(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-12, -1.5, "-12,5", "+3", "Ci&el", "", None, True])
def test_safe_cell__numbers_and_plain_words_stay(value: object) -> None:
    assert safe_cell(value) == value


@given(st.text(max_size=30))
def test_safe_cell__never_starts_as_a_formula_unless_a_number(text: str) -> None:
    written = str(safe_cell(text)).lstrip(" ")
    assert not written.startswith(("=", "@", "\t", "\r")) or not written


def test_csv__french_and_neutralised() -> None:
    file = io.BytesIO()
    write_csv(file, HEADERS, [ROW])
    assert file.getvalue().startswith(b"\xef\xbb\xbfNom;")
    assert next(open_table(file).rows()).cells == (
        "Ci&el 🥕",
        "'=cmd|' /C calc'!A0",
        "12,5",
        "12/11/2026",
        "oui",
        None,
        "جمعية",
    )


def test_xlsx__texts_are_texts_and_numbers_numbers() -> None:
    file = io.BytesIO()
    write_xlsx(file, HEADERS, [ROW])
    cells = openpyxl.load_workbook(file).active[2]
    assert [cell.data_type for cell in cells[:4]] == ["s", "s", "n", "d"]
    assert cells[1].value == "'=cmd|' /C calc'!A0"
    assert cells[2].value == 12.5


def test_json_and_geojson__keep_values_and_points() -> None:
    file, points = io.BytesIO(), io.BytesIO()
    write_json(file, [{"nom": "Ci&el", "le": datetime.date(2026, 11, 12), "t": Decimal("1.5")}])
    assert json.loads(file.getvalue()) == [{"nom": "Ci&el", "le": "2026-11-12", "t": 1.5}]
    write_geojson(points, [{"nom": "A", "latitude": 47.0, "longitude": 2.4}, {"nom": "B"}])
    features = json.loads(points.getvalue())["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [2.4, 47.0]}
    assert features[1]["geometry"] is None


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "geojson"])
def test_table__is_written_by_its_ending(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"resultats.{ending}"
    write_table(path, ["nom", "latitude", "longitude"], [["A", 47.0, 2.4]])
    assert path.stat().st_size > 10


def test_table__another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserMistake, match=r"\.geojson"):
        write_table(tmp_path / "resultats.pdf", ["nom"], [])
