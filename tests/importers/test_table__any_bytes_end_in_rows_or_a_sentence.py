"""Whatever the file, lines come out or a sentence does."""

import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.core.errors import UserMistake
from maillage.importers.dry_run import dry_run
from maillage.importers.mapping import propose
from maillage.importers.schemas import NEEDS
from maillage.importers.tabular import open_table
from tests.importers.files import ods, xlsx

CELL = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
    st.sampled_from(
        ["12 t/an", "=1+1", "31/02/2027", "1.234", "Amilly", "x", "NULL", "🥕", "مدينة", "#REF!", "mardi"]
    ),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.integers(-(10**9), 10**9),
)
ROWS = st.lists(st.lists(CELL, max_size=6), max_size=12)
HEADERS = ["Intitulé", "Commune", "Quantité", "À partir du", "SIRET", "Jours et heures"]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _read(file: io.BytesIO) -> None:
    said = "."
    try:
        table = open_table(file, filename="t")
        for row in table.rows():
            assert len(row.cells) >= len(table.headers)
    except UserMistake as mistake:
        said = mistake.message
    assert said.endswith((".", "?"))


@given(st.binary(max_size=400))
def test_table__any_bytes(content: bytes) -> None:
    _read(io.BytesIO(content))


@QUICK
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_table__any_text(text: str, encoding: str) -> None:
    _read(io.BytesIO(text.encode(encoding, errors="ignore")))


@QUICK
@given(st.data())
def test_table__any_damage_to_a_workbook(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([_XLSX, _ODS])))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    _read(io.BytesIO(content))


@QUICK
@given(ROWS, st.sampled_from([xlsx, ods]))
def test_table__any_cells_give_typed_rows_or_faults(rows: list[list[object]], write: object) -> None:
    safe = [
        [f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row]
        for row in rows
    ]
    file = write([HEADERS, *safe, ["Compost", "Bourges", "12 t/an", None, None, None]])  # type: ignore[operator]  # two writers
    table = open_table(file, filename="t", vocabulary=NEEDS.vocabulary)
    result = dry_run(table, propose(table.headers, NEEDS, table.sample(10)))
    assert len(result.rows) + result.faulty_lines == result.lines_read
    assert all(fault.sentence and fault.line >= 2 for fault in result.faults)


_XLSX = xlsx([HEADERS, ["Compost", "Bourges", "12 t/an", None, None, "mardi"]]).getvalue()
_ODS = ods([HEADERS, ["Compost", "Bourges", "12 t/an", None, None, "mardi"]]).getvalue()
