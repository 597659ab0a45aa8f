"""Workbooks made to fill the memory, or protected: a sentence, before any cell is built."""

import io
import struct
import zipfile

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.tabular import Limits, open_table
from tests.importers.files import ods, xlsx, xlsx_with_sheet, zipped


def test_workbook__a_zip_bomb_is_refused() -> None:
    with pytest.raises(UserMistake, match="grossit"):
        open_table(
            zipped({"xl/workbook.xml": b"x", "xl/bombe.xml": b"\0" * 60_000_000}), filename="bombe.xlsx"
        )


def test_workbook__a_zip_that_lies_about_its_size_is_refused() -> None:
    content = bytearray(zipped({"xl/workbook.xml": b"x", "xl/bombe.xml": b"\0" * 60_000_000}).getvalue())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rfind(mark)
        content[at + offset : at + offset + 4] = struct.pack("<I", 10)
    with pytest.raises(UserMistake, match="grossit"):
        open_table(io.BytesIO(content), filename="bombe.xlsx")


def test_workbook__too_many_members_are_refused() -> None:
    file = zipped({f"xl/{number}.xml": b"" for number in range(30)})
    with pytest.raises(UserMistake, match="30 fichiers"):
        open_table(file, filename="t.xlsx", limits=Limits(members=20))


def test_workbook__two_lone_cells_spanning_the_sheet_are_refused() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(UserMistake, match="1048576 lignes"):
        open_table(xlsx_with_sheet(cells), filename="t.xlsx")


def test_workbook__formatted_but_empty_lines_do_not_count() -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    file = xlsx_with_sheet(cells + '<row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert open_table(file, filename="t.xlsx").headers == ("Nom",)


def test_workbook__one_long_text_repeated_is_refused() -> None:
    cells = "".join(f'<row r="{line}"><c r="A{line}" t="s"><v>0</v></c></row>' for line in range(1, 2_000))
    file = xlsx_with_sheet(cells, shared="é" * 30_000)
    with pytest.raises(UserMistake, match="Mo de texte"):
        open_table(file, filename="t.xlsx", limits=Limits(workbook_text_bytes=50_000_000))


def test_workbook__repeated_cells_of_an_ods_are_counted() -> None:
    source = ods([["Nom", "Commune"], ["A", "Bourges"]])
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    repeated = (
        b'<table:table-row table:number-rows-repeated="1000000">'
        b'<table:table-cell table:number-columns-repeated="16000"'
    )
    members["content.xml"] = members["content.xml"].replace(b"<table:table-row><table:table-cell", repeated)
    with pytest.raises(UserMistake, match="lignes et"):
        open_table(zipped(members), filename="t.ods")


def test_workbook__empty_repeated_lines_at_the_end_of_an_ods_do_not_count() -> None:
    with zipfile.ZipFile(ods([["Nom", "Commune"], ["A", "Bourges"]])) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    tail = (
        b'<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    members["content.xml"] = members["content.xml"].replace(b"</table:table>", tail)
    assert len(list(open_table(zipped(members), filename="t.ods").rows())) == 1


def test_workbook__an_encrypted_zip_is_told() -> None:
    content = bytearray(xlsx([["Nom"], ["A"]]).getvalue())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(UserMistake, match="mot de passe"):
        open_table(io.BytesIO(content), filename="secret.xlsx")


def test_workbook__a_cut_file_is_told() -> None:
    content = xlsx([["Nom"], ["A"]]).getvalue()
    with pytest.raises(UserMistake, match="abîmé"):
        open_table(io.BytesIO(content[: len(content) // 2]), filename="coupe.xlsx")
