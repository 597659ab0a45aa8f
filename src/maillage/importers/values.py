"""From a cell to the value of its column: which reader goes with which kind."""

from collections.abc import Callable
from typing import Any

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.core.french import fold, number
from maillage.importers.cells import bands, dates, months, numbers, quantities, weekly, words
from maillage.importers.cells.reading import Reading, shown, text_of
from maillage.importers.schemas.column import Column, Kind
from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.table import Cell

Value = Any  # the values of different kinds: text, number, date, tuple of slots…


_NOTHING = frozenset({"null", "(null)", "none", "n/a", "#n/a", "nan", "\\n"})
_BROKEN_FORMULAS = (
    "#REF!",
    "#VALEUR!",
    "#VALUE!",
    "#DIV/0!",
    "#NOM?",
    "#NAME?",
    "#NOMBRE!",
    "#NUM!",
    "#NULL!",
)


def _text_reader(read: Callable[[str], str]) -> Callable[[Cell | None], str]:
    return lambda cell: read(text_of(cell))


def department(cell: Cell | None) -> str:
    """Return the number of a département, its leading zero found again; a name is returned as it is."""
    text = text_of(cell).upper()
    return text.zfill(2) if text.isascii() and text.isdigit() else text_of(cell)


def siren(cell: Cell | None) -> Reading[str]:
    """Return a SIREN; a whole SIRET in its place gives it, with a remark."""
    text = text_of(cell)
    if sum(char.isdigit() for char in text) == 14:
        return Reading(
            identifiers.siren_of(text),
            f"« {shown(cell)} » est un SIRET : ses 9 premiers chiffres sont le SIREN.",
        )
    return Reading(identifiers.siren(text))


_READERS: dict[Kind, Callable[[Cell | None], Value]] = {
    Kind.LIST: words.word_list,
    Kind.DECIMAL: numbers.decimal,
    Kind.WHOLE: numbers.whole,
    Kind.MONEY: numbers.money,
    Kind.QUANTITY: quantities.quantity,
    Kind.UNIT: quantities.unit_and_period,
    Kind.PERIOD: quantities.period,
    Kind.KILOMETRES: numbers.kilometres,
    Kind.START_DATE: dates.start_date,
    Kind.END_DATE: dates.end_date,
    Kind.DAY: dates.day,
    Kind.BOOLEAN: words.boolean,
    Kind.STAFF_BAND: bands.staff_band,
    Kind.MONTHS: months.months,
    Kind.WEEKLY: weekly.weekly,
    Kind.LATITUDE: numbers.latitude,
    Kind.LONGITUDE: numbers.longitude,
    Kind.POSTCODE: words.postcode,
    Kind.DEPARTMENT: department,
    Kind.MUNICIPALITY_CODE: _text_reader(identifiers.municipality_code),
    Kind.SIREN: siren,
    Kind.SIRET: _text_reader(identifiers.siret),
    Kind.RNA: _text_reader(identifiers.rna),
    Kind.NAF: _text_reader(identifiers.naf),
    Kind.WASTE_CODE: _text_reader(identifiers.waste_code),
    Kind.EMAIL: words.email,
    Kind.PHONE: words.phone,
    Kind.WEBSITE: words.website,
}


def is_nothing(cell: Cell | None) -> bool:
    """Whether a cell is empty, or holds the word that a database writes for an empty cell."""
    return cell is None or (isinstance(cell, str) and cell.casefold() in _NOTHING)


def read_value(cell: Cell | None, column: Column, *, limits: Limits | None = None) -> Reading[Value]:
    """Return what a cell means in its column; raise ``UserMistake`` with the sentence for that cell."""
    longest = (limits or Limits()).cell_characters
    if isinstance(cell, str):
        if cell in _BROKEN_FORMULAS:
            raise UserMistake(
                f"Cette case montre une erreur de calcul du tableur ({cell}) : corrigez sa formule."
            )
        _refuse_too_long(cell, min(longest, column.longest) if _is_text(column) else longest)
        if "\0" in cell:
            raise UserMistake("Cette case contient des signes illisibles : saisissez-la de nouveau.")
    if column.kind is Kind.CHOICE:
        return _choice(cell, column)
    if _is_text(column):
        return Reading(text_of(cell))
    found = _READERS[column.kind](cell)
    return found if isinstance(found, Reading) else Reading(found)


def _is_text(column: Column) -> bool:
    return column.kind in {Kind.TEXT, Kind.LONG_TEXT}


def _refuse_too_long(text: str, longest: int) -> None:
    if len(text) > longest:
        raise UserMistake(
            f"Cette case contient {number(len(text))} signes ; {number(longest)} au plus sont acceptés. "
            "Raccourcissez-la."
        )


def _choice(cell: Cell | None, column: Column) -> Reading[Value]:
    folded = fold(text_of(cell))
    for choice in column.choices:
        if folded in choice.spellings:
            return Reading(choice.code)
    if column.otherwise:
        label = next(choice.label for choice in column.choices if choice.code == column.otherwise)
        return Reading(column.otherwise, f"« {shown(cell)} » n’est pas connu : rangé dans « {label} ».")
    labels = ", ".join(choice.label for choice in column.choices)
    raise UserMistake(f"« {shown(cell)} » n’est pas dans la liste. Écrivez l’un de ces mots : {labels}.")
