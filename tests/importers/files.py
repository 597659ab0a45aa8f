"""Small files for the tests of the importers."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text


def xlsx(rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = (), title: str = "Feuille") -> io.BytesIO:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(row=line, column=column, value=value)
    for area in merged:
        sheet.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return file


def ods(rows: Sequence[Sequence[Any]]) -> io.BytesIO:
    """Return an OpenDocument spreadsheet of one sheet."""
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="Feuille")
    for row in rows:
        line = odf_table.TableRow()
        for value in row:
            if isinstance(value, int | float):
                cell = odf_table.TableCell(valuetype="float", value=str(value))
            elif value is None:
                cell = odf_table.TableCell()
            else:
                cell = odf_table.TableCell(valuetype="string")
                cell.addElement(odf_text.P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.save(file)
    return file


def zipped(members: dict[str, bytes]) -> io.BytesIO:
    """Return a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def xlsx_with_sheet(sheet_data: str, *, shared: str = "") -> io.BytesIO:
    """Return a workbook whose sheet holds this raw XML between ``<sheetData>`` tags."""
    source = xlsx([["a"]])
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{sheet_data}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = sheet.encode()
    if shared:
        members["xl/sharedStrings.xml"] = f"<sst><si><t>{shared}</t></si></sst>".encode()
    return zipped(members)


def csv_file(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "t.csv") -> Path:
    """Write a text file and return its path."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
