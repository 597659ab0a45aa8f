"""Is this workbook safe to open? Looked at before a single cell is built.

A workbook is a zip of XML. Three traps are looked for: a zip that swells (the members are really inflated,
without trusting the sizes they declare), a sheet whose two lone cells span a huge rectangle, and one long
text repeated millions of times.
"""

import re

from maillage.core.archives import MEBIBYTE
from maillage.core.errors import UserMistake
from maillage.importers.tabular.limits import Limits

_XLSX_CELL = re.compile(rb"<(?:\w+:)?(c|row)\b([^>]*?)(/?)>")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})([0-9]{1,9})["']""")
_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*([0-9]{1,9})\s*<")
_STRING_ITEM = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si\s*>", re.DOTALL)


def check_xlsx_sheet(xml: bytes, shared_strings: bytes, *, filename: str, limits: Limits) -> None:
    """Refuse a sheet whose rectangle or whose repeated texts would fill the memory."""
    last_row, last_column, row, column = 0, 0, 0, 0
    references: list[int] = []
    for found in _XLSX_CELL.finditer(xml):
        place = _REFERENCE.search(found.group(2))
        if found.group(1) == b"row":
            row, column = (int(place.group(2)) if place else row + 1), 0
            continue
        column = _column_number(place.group(1)) if place and place.group(1) else column + 1
        if found.group(3):
            continue
        last_row = max(last_row, int(place.group(2)) if place else row)
        last_column = max(last_column, column)
        if _SHARED.search(found.group(2)):
            value = _VALUE.match(xml, found.end())
            if value:
                references.append(int(value.group(1)))
    _refuse_rectangle(last_row, last_column, filename, limits)
    lengths = [len(item.group()) for item in _STRING_ITEM.finditer(shared_strings)]
    total = sum(lengths[index] for index in references if index < len(lengths))
    _refuse_text(total, filename, limits)


_ODS_TAG = re.compile(rb"<(table:table-row|table:(?:covered-)?table-cell)\b([^>]*?)(/?)>|</table:table-row>")
_ROWS_REPEATED = re.compile(rb"""table:number-rows-repeated\s*=\s*["']([0-9]+)["']""")
_COLUMNS_REPEATED = re.compile(rb"""table:number-columns-repeated\s*=\s*["']([0-9]+)["']""")


def check_ods_content(xml: bytes, *, filename: str, limits: Limits) -> None:
    """Refuse a content whose repeated lines and cells would fill the memory, all sheets together."""
    rows, last_row, last_column, text = 0, 0, 0, 0
    repeated, column, row_text, filled = 1, 0, 0, False
    pending: tuple[int, int] | None = None
    for found in _ODS_TAG.finditer(xml):
        if pending:
            row_text += pending[1] * (found.start() - pending[0])
            pending = None
        if found.group(1) is None or found.group(1) == b"table:table-row":
            rows += repeated if filled or column else 0
            last_row = rows if filled else last_row
            text += row_text * repeated
            column, row_text, filled = 0, 0, False
            attribute = _ROWS_REPEATED.search(found.group(2) or b"")
            repeated = int(attribute.group(1)) if attribute else 1
            continue
        attribute = _COLUMNS_REPEATED.search(found.group(2))
        times = int(attribute.group(1)) if attribute else 1
        column += times
        if not found.group(3) or b"value" in found.group(2):
            filled, last_column = True, max(last_column, column)
            pending = (found.end(), times)
    rows += repeated if filled else 0
    last_row = rows if filled else last_row
    _refuse_rectangle(last_row, last_column, filename, limits)
    _refuse_text(text + row_text * repeated, filename, limits)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_rectangle(rows: int, columns: int, filename: str, limits: Limits) -> None:
    if rows * columns > limits.workbook_cells:
        raise UserMistake(
            f"La feuille de « {filename} » s’étend sur {rows} lignes et {columns} colonnes. Supprimez les "
            "lignes et les colonnes inutiles, ou enregistrez-la au format CSV."
        )


def _refuse_text(total: int, filename: str, limits: Limits) -> None:
    if total > limits.workbook_text_bytes:
        raise UserMistake(
            f"La feuille de « {filename} » contient plus de {limits.workbook_text_bytes // MEBIBYTE} Mo de "
            "texte. Enregistrez-la au format CSV, ou découpez-la."
        )
