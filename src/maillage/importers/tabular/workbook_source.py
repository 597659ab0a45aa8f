"""XLSX and ODS workbooks, through calamine, once ``archive`` has looked at them."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from maillage.core.archives import check_archive, member_bytes
from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.tabular import archive as archives
from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.raw import RawTable
from maillage.importers.tabular.table import Cell, Row

_ENCRYPTED_ODS = re.compile(rb"<manifest:encryption-data")
_BLANKS = " \t\r\n\u00a0\u202f\ufeff"


def open_workbook(source: Path | BinaryIO, *, filename: str, sheet: str | None, limits: Limits) -> RawTable:
    """Check the archive, choose the sheet (the named one, else the first visible one that holds something)."""
    content = source.read_bytes() if isinstance(source, Path) else _whole(source)
    file = io.BytesIO(content)
    archive = check_archive(file, filename=filename, limits=limits)
    names = set(archive.namelist())
    if "xl/workbook.xml" in {name.lower() for name in names}:
        kind = "xlsx"
        _check_xlsx(archive, file, filename, limits)
    elif "content.xml" in names and "mimetype" in names:
        kind = "ods"
        _check_ods(archive, file, filename, limits)
    else:
        raise UserMistake(
            f"Le fichier « {filename} » est une archive, pas un classeur. Enregistrez le tableau au format "
            ".xlsx, .ods ou .csv."
        )
    with _reading(filename):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        chosen = _chosen_sheet(workbook, sheet, filename)
    names_shown = _visible_names(workbook)
    notes: tuple[str, ...] = ()
    if sheet is None and len(names_shown) > 1:
        notes = (f"Le classeur a {len(names_shown)} feuilles : « {chosen.name} » a été lue.",)
    return RawTable(
        filename=filename,
        kind=kind,
        reader=partial(_read, chosen, filename, limits),
        sheet=chosen.name,
        sheets=names_shown,
        merged=tuple(chosen.merged_cell_ranges or ()),
        notes=notes,
    )


def _whole(source: BinaryIO) -> bytes:
    source.seek(0)
    return source.read()


def _check_xlsx(archive: zipfile.ZipFile, file: BinaryIO, filename: str, limits: Limits) -> None:
    shared = b""
    sheets = []
    for name in archive.namelist():
        lower = name.lower()
        if lower.endswith("sharedstrings.xml"):
            shared = member_bytes(archive, file, name, filename)
        elif lower.endswith(".xml") and not lower.endswith(("styles.xml", "workbook.xml")):
            sheets.append(name)
    for name in sheets:
        xml = member_bytes(archive, file, name, filename)
        if b"sheetData" in xml:
            archives.check_xlsx_sheet(xml, shared, filename=filename, limits=limits)


def _check_ods(archive: zipfile.ZipFile, file: BinaryIO, filename: str, limits: Limits) -> None:
    if "META-INF/manifest.xml" in archive.namelist():
        manifest = member_bytes(archive, file, "META-INF/manifest.xml", filename)
        if _ENCRYPTED_ODS.search(manifest):
            raise UserMistake(
                f"Le classeur « {filename} » est protégé par un mot de passe. Retirez le mot de passe dans "
                "votre tableur, puis recommencez."
            )
    xml = member_bytes(archive, file, "content.xml", filename)
    archives.check_ods_content(xml, filename=filename, limits=limits)


@contextmanager
def _reading(filename: str) -> Iterator[None]:
    """Turn what calamine says of a broken workbook into a sentence, its Rust panics included."""
    broken = (
        f"Le classeur « {filename} » est abîmé ou incomplet. Ouvrez-le dans votre tableur et enregistrez-le "
        "de nouveau."
    )
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise UserMistake(broken) from error
    except BaseException as error:
        # PyO3 raises a panic as a class that cannot be imported, under BaseException.
        if type(error).__name__ != "PanicException":
            raise
        raise UserMistake(broken) from error


def _visible_names(workbook: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        one.name
        for one in workbook.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    )


def _chosen_sheet(workbook: CalamineWorkbook, sheet: str | None, filename: str) -> CalamineSheet:
    names = _visible_names(workbook) or tuple(workbook.sheet_names)
    if sheet is not None:
        for name in workbook.sheet_names:
            if name == sheet or fold(name) == fold(sheet):
                return workbook.get_sheet_by_name(name)
        raise UserMistake(
            f"Le classeur « {filename} » n’a pas de feuille « {sheet} ». Ses feuilles : {', '.join(names)}."
        )
    for name in names:
        found = workbook.get_sheet_by_name(name)
        if found.start is not None:
            return found
    raise UserMistake(f"Le classeur « {filename} » est vide.")


def _read(sheet: CalamineSheet, filename: str, limits: Limits) -> Iterator[Row]:
    """Yield every line from the first of the sheet, empty ones included."""
    if sheet.total_width > limits.columns:
        raise UserMistake(
            f"La feuille « {sheet.name} » de « {filename} » a {sheet.total_width} colonnes ; "
            f"{limits.columns} au plus se lisent. Supprimez les colonnes inutiles."
        )
    with _reading(filename):
        lines = sheet.iter_rows()
    left: tuple[Cell | None, ...] = (None,) * (sheet.start[1] if sheet.start else 0)
    number = 0
    while True:
        with _reading(filename):
            line = next(lines, None)
        if line is None:
            return
        number += 1
        yield Row(number, left + tuple([_cell(value) for value in line]))


def _cell(value: Cell) -> Cell | None:
    if isinstance(value, str):
        return value.strip(_BLANKS) or None
    return value
