"""Dates as they are typed: ``jj/mm/aaaa``, ISO, « décembre 2026 », or the number a spreadsheet shows
unformatted.
"""

import re
from datetime import date, datetime, timedelta

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.core.periods import MONTHS
from maillage.importers.cells.reading import Reading, shown, text_of
from maillage.importers.tabular.table import Cell

_EXCEL_ORIGIN = date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)
_FRENCH = re.compile(r"^([0-9]{1,2})[/.\-\s]([0-9]{1,2})[/.\-\s]([0-9]{4}|[0-9]{2})(?:[ T,à]+[0-9:hH]+.*)?$")
_ISO = re.compile(r"^([0-9]{4})[/.\-]([0-9]{1,2})[/.\-]([0-9]{1,2})(?:[ T][0-9:.]+(?:Z|[+-][0-9:]+)?)?$")
_COMPACT = re.compile(r"^(20[0-9]{2})([0-9]{2})([0-9]{2})$")
_IN_WORDS = re.compile(r"^(?:[a-z]+ )?(?:le )?([0-9]{1,2})(?:er)? ([a-z]+) ([0-9]{4}|[0-9]{2})$")
_MONTH_YEAR = re.compile(r"^(?:en |fin |debut |mi |courant )?([a-z]+) ([0-9]{4})$")
_MONTH_NUMBER = re.compile(r"^([0-9]{1,2})[/.\-]([0-9]{4})$")
_QUARTER = re.compile(r"^(?:t|trimestre )([1-4])[ /]?([0-9]{4})$|^([1-4])(?:er|e|eme) trimestre ([0-9]{4})$")
_YEAR = re.compile(r"^(?:en |fin |debut |courant |annee )?([0-9]{4})$")
_NOW = frozenset(
    {
        "des maintenant",
        "maintenant",
        "des que possible",
        "immediat",
        "immediate",
        "immediatement",
        "asap",
        "aujourd hui",
        "disponible",
        "de suite",
        "tout de suite",
    }
)
_NEVER = frozenset({"illimite", "indetermine", "permanent", "sans fin", "sans limite", "continu", "indefini"})

_MONTH_NAMES = {fold(name): number for number, name in enumerate(MONTHS, start=1)}
_SHORT = {
    "janv": 1,
    "jan": 1,
    "fev": 2,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_SHORT |= {"mar": 3, "jui": 7, "sep": 9, "aou": 8, "jul": 7}


def month_named(word: str) -> int | None:
    """Return 1 to 12 for a month in full or shortened, accents forgiven."""
    folded = fold(word)
    return _MONTH_NAMES.get(folded) or _SHORT.get(folded)


def start_date(cell: Cell | None) -> Reading[date | None]:
    """Return the day from which: a month or a year means its first day, « dès maintenant » means no bound."""
    return _date(cell, at_end=False)


def end_date(cell: Cell | None) -> Reading[date | None]:
    """Return the day until which: a month or a year means its last day, « sans limite » means no bound."""
    return _date(cell, at_end=True)


def day(cell: Cell | None) -> date:
    """Return one exact day."""
    reading = _date(cell, at_end=False)
    if reading.value is None or reading.remark.startswith("Compris"):
        raise UserMistake(f"« {shown(cell)} » n’est pas un jour précis. Écrivez jj/mm/aaaa.")
    return reading.value


def _date(cell: Cell | None, *, at_end: bool) -> Reading[date | None]:
    if isinstance(cell, datetime):
        return Reading(cell.date())
    if isinstance(cell, date):
        return Reading(cell)
    text = text_of(cell)
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _EXCEL_DAYS:
        found = _EXCEL_ORIGIN + timedelta(days=int(text))
        remark = "" if isinstance(cell, float) else _understood(text, found)
        return Reading(found, remark)
    return _exact(text) or _loose(text, at_end=at_end)


def _exact(text: str) -> Reading[date | None] | None:
    if found := _ISO.match(text) or _COMPACT.match(text):
        return Reading(_built(text, *(int(part) for part in found.groups())))
    if found := _FRENCH.match(text):
        day_, month, year = found.groups()
        built = _built(text, _full_year(year), int(month), int(day_))
        return Reading(built, _understood(text, built) if len(year) == 2 and int(year) > 69 else "")
    if found := _IN_WORDS.match(fold(text)):
        month_number = month_named(found.group(2))
        if month_number:
            return Reading(_built(text, _full_year(found.group(3)), month_number, int(found.group(1))))
    return None


def _loose(text: str, *, at_end: bool) -> Reading[date | None]:
    folded = fold(text)
    if not at_end and folded in _NOW:
        return Reading(None)
    if at_end and folded in _NEVER:
        return Reading(None)
    first, last = _span(text, folded)
    if first is None or last is None:
        if re.fullmatch(r"[0-9]{1,2}[/.\-][0-9]{1,2}", text):
            raise UserMistake(f"« {shown(text)} » n’a pas d’année. Écrivez par exemple {text}/2027.")
        raise UserMistake(
            f"« {shown(text)} » n’est pas une date. Écrivez jj/mm/aaaa, par exemple 15/01/2027, ou un mois, "
            "par exemple janvier 2027."
        )
    if folded.startswith("mi ") or (at_end and folded.startswith("debut ")):
        raise UserMistake(
            f"« {shown(text)} » n’est pas assez précis. Écrivez un jour, par exemple 15/01/2027."
        )
    if not at_end and folded.startswith("fin "):
        raise UserMistake(
            f"« {shown(text)} » n’est pas assez précis. Écrivez un jour, par exemple 15/12/2026."
        )
    chosen = last if at_end else first
    return Reading(chosen, _understood(text, chosen))


def _span(text: str, folded: str) -> tuple[date | None, date | None]:
    if found := _YEAR.match(folded):
        return _month_span(int(found.group(1)), 1, 12)
    if found := _MONTH_YEAR.match(folded):
        month = month_named(found.group(1))
        return _month_span(int(found.group(2)), month, month) if month else (None, None)
    if found := _MONTH_NUMBER.match(text):
        month = int(found.group(1))
        if not 1 <= month <= 12:
            raise UserMistake(f"« {shown(text)} » n’existe pas : les mois vont de 1 à 12.")
        return _month_span(int(found.group(2)), month, month)
    if found := _QUARTER.match(folded):
        quarter = int(found.group(1) or found.group(3))
        return _month_span(int(found.group(2) or found.group(4)), quarter * 3 - 2, quarter * 3)
    return None, None


def _month_span(year: int, first: int, last: int) -> tuple[date | None, date | None]:
    if not 1900 <= year <= 2200:
        return None, None
    following = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), following - timedelta(days=1)


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return 2000 + year if year <= 69 else 1900 + year


def _built(text: str, year: int, month: int, day_: int) -> date:
    if not 1900 <= year <= 2200:
        raise UserMistake(f"La date « {shown(text)} » a une année impossible. Écrivez jj/mm/aaaa.")
    if month > 12 and day_ <= 12:
        raise UserMistake(
            f"La date « {shown(text)} » n’existe pas : le mois serait {month}. Écrivez d’abord le jour, puis "
            "le mois."
        )
    try:
        return date(year, month, day_)
    except ValueError as error:
        raise UserMistake(f"La date « {shown(text)} » n’existe pas. Écrivez jj/mm/aaaa.") from error


def _understood(text: str, found: date) -> str:
    return f"Compris : {found:%d/%m/%Y} (écrit « {shown(text)} »)."
