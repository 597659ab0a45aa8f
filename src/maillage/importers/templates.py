"""The file to fill in, generated from the schema: so it can never disagree with what the importer reads."""

from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from maillage.core.periods import PERIOD_LABELS, Period
from maillage.core.quantities import units
from maillage.importers.export import write_csv
from maillage.importers.schemas import Column, Kind, Schema

_LINES = 1_000
_HELP_SHEET, _LISTS_SHEET = "Aide", "Listes"
_TEXT_KINDS = frozenset(
    {Kind.SIRET, Kind.SIREN, Kind.POSTCODE, Kind.MUNICIPALITY_CODE, Kind.PHONE, Kind.DEPARTMENT}
)
_DATE_KINDS = frozenset({Kind.START_DATE, Kind.END_DATE, Kind.DAY})


def write_csv_template(file: BinaryIO, schema: Schema) -> None:
    """Write the headers and nothing else: an example line would be imported."""
    write_csv(file, [column.label for column in schema.columns], [])


def write_xlsx_template(file: BinaryIO, schema: Schema) -> None:
    """Write a sheet of headers with drop-down lists, a sheet of help with an example, a sheet of the lists."""
    book = Workbook()
    sheet = book.active
    sheet.title = schema.label[:31]
    _write_headers(sheet, schema)
    _write_help(book.create_sheet(_HELP_SHEET), schema)
    _write_lists(book.create_sheet(_LISTS_SHEET), sheet, schema)
    book.save(file)


def allowed(column: Column) -> tuple[str, ...]:
    """Return the words that the drop-down list of a column offers; none when it is free."""
    if column.kind is Kind.CHOICE:
        return tuple(choice.label for choice in column.choices)
    if column.kind is Kind.BOOLEAN:
        return ("oui", "non")
    if column.kind is Kind.PERIOD:
        return tuple(PERIOD_LABELS[period] for period in Period)
    if column.kind is Kind.UNIT:
        return tuple(unit.symbol or unit.label for unit in units().values())
    return ()


def _write_headers(sheet: Any, schema: Schema) -> None:
    for index, column in enumerate(schema.columns, start=1):
        cell = sheet.cell(row=1, column=index, value=column.label)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F3E3C7" if column.required else "E9EEF0")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.comment = Comment(
            f"{column.help} Exemple : {column.example}" if column.example else column.help, "Maillage"
        )
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = max(14, min(40, len(column.label) + 4))
        style = "@" if column.kind in _TEXT_KINDS else "DD/MM/YYYY" if column.kind in _DATE_KINDS else None
        if style:
            for line in range(2, 202):
                sheet.cell(row=line, column=index).number_format = style
    sheet.freeze_panes = "A2"


def _write_help(sheet: Any, schema: Schema) -> None:
    sheet.append(["Colonne", "À remplir", "Ce qu’on y met", "Exemple"])
    for column in schema.columns:
        must = "toujours" if column.required else "si vous l’avez"
        sheet.append([column.label, must, column.help, column.example])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCD", (30, 14, 80, 34), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_lists(lists: Any, sheet: Any, schema: Schema) -> None:
    position = 0
    for index, column in enumerate(schema.columns, start=1):
        words = allowed(column)
        if not words:
            continue
        position += 1
        for line, word in enumerate((column.label, *words), start=1):
            lists.cell(row=line, column=position, value=word)
        letter = get_column_letter(position)
        source = f"={quote_sheetname(_LISTS_SHEET)}!${letter}$2:${letter}${len(words) + 1}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        rule.promptTitle, rule.prompt, rule.showInputMessage = column.label[:32], column.help[:255], True
        sheet.add_data_validation(rule)
        target = get_column_letter(index)
        rule.add(f"{target}2:{target}{_LINES}")
