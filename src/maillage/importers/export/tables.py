"""CSV for French spreadsheets (UTF-8 with its mark, semicolons), XLSX line by line, JSON."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from maillage.core.errors import UserMistake
from maillage.importers.export.geojson import write_geojson
from maillage.importers.export.safe import safe_cell

Record = Mapping[str, Any]
_TRUE, _FALSE = "oui", "non"


def write_csv(file: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write lines with a decimal comma and French dates; the file opens as it is in a French spreadsheet."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerow([safe_cell(header) for header in headers])
        for row in rows:
            writer.writerow([safe_cell(_csv_value(value)) for value in row])
    finally:
        text.detach()


def write_xlsx(
    file: BinaryIO, headers: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "Feuille 1"
) -> None:
    """Write one sheet, memory flat; texts are stored as texts, never as formulas."""
    from openpyxl import Workbook  # noqa: PLC0415 - loaded at the first use: every start would pay for it
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for index, header in enumerate(headers, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = min(50, max(12, len(header) + 2))
    sheet.append([_bold(sheet, safe_cell(header)) for header in headers])
    for row in rows:
        sheet.append([_text_cell(sheet, value) for value in row])
    book.save(file)


def write_json(file: BinaryIO, records: Iterable[Record]) -> None:
    """Write a list of objects, dates in ISO 8601, numbers as numbers; JSON runs no formula, so texts stay as
    they are.
    """
    file.write(b"[")
    for index, record in enumerate(records):
        line = json.dumps(dict(record), ensure_ascii=False, default=json_value, allow_nan=False)
        file.write((",\n " if index else "\n ").encode() + line.encode("utf-8", errors="replace"))
    file.write(b"\n]\n")


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write by the ending of the name: ``.csv``, ``.xlsx``, ``.json`` or ``.geojson``.

    GeoJSON needs the headers ``latitude`` and ``longitude``. Raises ``UserMistake`` on another ending.
    """
    ending = path.suffix.lower()
    if ending not in {".csv", ".xlsx", ".json", ".geojson"}:
        raise UserMistake(f"« {path.name} » : choisissez un nom en .csv, .xlsx, .json ou .geojson.")
    with path.open("wb") as file:
        if ending == ".csv":
            write_csv(file, headers, rows)
        elif ending == ".xlsx":
            write_xlsx(file, headers, rows)
        else:
            records = (dict(zip(headers, row, strict=True)) for row in rows)
            (write_json if ending == ".json" else write_geojson)(file, records)


def json_value(value: Any) -> Any:
    """Return a value that JSON knows."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def _csv_value(value: Any) -> Any:
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(value, float | Decimal):
        return (
            format(value, "f").replace(".", ",")
            if isinstance(value, Decimal)
            else repr(value).replace(".", ",")
        )
    return _shared_value(value)


def _shared_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(one) for one in value)
    return "" if value is None else value


def _text_cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, bool):
        value = _TRUE if value else _FALSE
    if value is None or isinstance(value, int | float | Decimal | datetime | date):
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value
    return _written(sheet, safe_cell(str(_shared_value(value))))


def _written(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _bold(sheet: Any, text: str) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    cell = _written(sheet, text)
    cell.font = Font(bold=True)
    return cell
