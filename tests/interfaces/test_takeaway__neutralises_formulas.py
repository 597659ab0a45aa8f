"""Whatever people typed, no cell of a file that one takes away is run by a spreadsheet, and nothing else is lost."""

import csv
import io
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from maillage.importers.export.safe import safe_cell
from maillage.interfaces.web.takeaway import Takeaway

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TABLE: Takeaway[tuple[str, str]] = Takeaway(
    "Essai", (("a", "A", lambda row: row[0]), ("b", "B", lambda row: row[1]))
)
STARTS = st.sampled_from(
    ["", " ", "\u00a0", "=", "+", "-", "@", "\t", "\r", "\n", "＝", '"', ";", "'", "=1+1"]
)
TEXTS = st.builds(
    lambda start, text: start + text, STARTS, st.text(max_size=40).filter(lambda text: "\x00" not in text)
)
SMALL = settings(max_examples=150, deadline=None)


def _is_run(cell: str) -> bool:
    """Say whether a spreadsheet could take a cell for a formula: a plain number is none."""
    bare = cell.lstrip(" \u00a0\u202f")
    return bare.startswith(DANGEROUS) and not bare.lstrip("+-").replace(",", "").replace(".", "").isdigit()


@SMALL
@given(TEXTS)
@example("=cmd|' /C calc'!A0")
@example("  =1+1")
@example("-2+3")
@example("@SUM(A1)")
def test_cell__is_never_run(text: str) -> None:
    assert not _is_run(str(safe_cell(text)))


@SMALL
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_csv__holds_no_formula_and_every_line(rows: list[tuple[str, str]]) -> None:
    text = TABLE.written(rows, ending="csv").decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(read) == len(rows) + 1
    assert not any(_is_run(cell) for line in read for cell in line)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
def test_workbook__holds_texts_only(rows: list[tuple[str, str]]) -> None:
    sheet = load_workbook(io.BytesIO(TABLE.written(rows, ending="xlsx"))).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(_is_run(cell.value) for cell in cells if isinstance(cell.value, str))


@SMALL
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_json__keeps_what_was_typed(rows: list[tuple[str, str]]) -> None:
    read = json.loads(TABLE.written(rows, ending="json"))
    kept = read if isinstance(read, list) else next(iter(read.values()))
    assert [(one["a"], one["b"]) for one in kept] == [tuple(row) for row in rows]
