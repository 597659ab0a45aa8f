"""Quantities as they are said: « 12 t/an », « 3 trajets par semaine », « 40 m² du lundi au mercredi »."""

import re
from dataclasses import dataclass
from decimal import Decimal

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.core.periods import Period, Slot
from maillage.core.quantities import UnknownUnit, unit_named
from maillage.importers.cells.numbers import decimal
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.cells.weekly import weekly
from maillage.importers.tabular.table import Cell

_ABOUT = re.compile(r"^(?:environ|env\.?|approx\.?|à peu près|près de|~|≈|±)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^[+-]?[0-9]+(?:[\s\u00a0\u202f][0-9]{3}(?![0-9]))*(?:[.,][0-9]+)*")
_RANGE = re.compile(r"^[0-9][0-9\s\u00a0\u202f.,]*(?:\s*(?:à|-|–|—|ou)\s*)[0-9]", re.IGNORECASE)
_EACH = re.compile(r"^(?:par|chaque|tous les|toutes les|/)\s*", re.IGNORECASE)
_TIMES = re.compile(r"^(?:fois|x)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:\s*/\s*|\s+(?:par|chaque|tous les|toutes les)\s+)(?P<word>[a-zàâéèêîôûç]+)\.?(?![a-zàâéèêîôûç])|"
    r"\s+(?P<adjective>quotidien(?:ne)?s?|journali(?:er|ère)s?|hebdo(?:madaires?)?|mensuel(?:le)?s?|"
    r"trimestriel(?:le)?s?|annuel(?:le)?s?)(?![a-zàâéèêîôûç])|\s+(?P<once>une (?:seule "
    ")?fois|ponctuel(?:lement)?)",
    re.IGNORECASE,
)
_PERIODS: dict[str, Period] = {
    "jour": Period.DAY,
    "jours": Period.DAY,
    "j": Period.DAY,
    "jr": Period.DAY,
    "semaine": Period.WEEK,
    "semaines": Period.WEEK,
    "sem": Period.WEEK,
    "hebdo": Period.WEEK,
    "mois": Period.MONTH,
    "trimestre": Period.QUARTER,
    "trimestres": Period.QUARTER,
    "trim": Period.QUARTER,
    "an": Period.YEAR,
    "ans": Period.YEAR,
    "annee": Period.YEAR,
    "annees": Period.YEAR,
    "a": Period.YEAR,
    "quotidien": Period.DAY,
    "journalier": Period.DAY,
    "hebdomadaire": Period.WEEK,
    "mensuel": Period.MONTH,
    "trimestriel": Period.QUARTER,
    "annuel": Period.YEAR,
    "une fois": Period.ONCE,
    "une seule fois": Period.ONCE,
    "ponctuel": Period.ONCE,
    "ponctuellement": Period.ONCE,
    "unique": Period.ONCE,
}
_WORDS: dict[str, int] = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "vingt": 20,
    "trente": 30,
    "cent": 100,
    "une dizaine de": 10,
    "une douzaine de": 12,
    "une quinzaine de": 15,
    "une vingtaine de": 20,
    "une trentaine de": 30,
    "une cinquantaine de": 50,
    "une centaine de": 100,
}
_WORD = re.compile(rf"^({'|'.join(sorted(_WORDS, key=len, reverse=True))})\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SaidQuantity:
    """``unit`` is a code of ``core/units.csv``; ``unit`` and ``period`` are None when they were not said."""

    value: Decimal
    unit: str | None = None
    period: Period | None = None
    weekly: tuple[Slot, ...] | None = None


def period(cell: Cell | None) -> Period:
    """Return how often: « par semaine », « annuel », « une fois »."""
    text = text_of(cell)
    found = _period_word(_EACH.sub("", text.strip()))
    if found is None:
        raise UserMistake(
            f"« {shown(text)} » ne dit pas une période. Écrivez une fois, jour, semaine, mois, trimestre ou "
            "an."
        )
    return found


def unit_and_period(cell: Cell | None) -> tuple[str, Period | None]:
    """Return what a column of units says: « t/an » gives the unit and the period, « kg » the unit alone."""
    text = text_of(cell)
    unit, found_period, rest = _cut(f" {text}")
    if rest:
        raise UnknownUnit(shown(text))
    return unit_named(unit).code, found_period


def quantity(cell: Cell | None) -> SaidQuantity:
    """Return the value, and the unit, the period and the hours where they are said clearly."""
    if not isinstance(cell, str):
        return SaidQuantity(_positive(decimal(cell), cell))
    text = _ABOUT.sub("", cell.strip())
    if _RANGE.match(text):
        raise UserMistake(
            f"« {shown(cell)} » donne deux nombres. Écrivez-en un seul ; le plus petit peut aller dans la "
            "colonne Quantité minimale."
        )
    value, rest = _leading_number(text, cell)
    if _TIMES.match(rest.strip()):
        raise UserMistake(
            f"« {shown(cell)} » dit combien de fois, mais pas de quoi. Ajoutez l’unité, par exemple 3 "
            "trajets par semaine."
        )
    unit, found_period, rest = _cut(f" {rest.strip()}")
    return SaidQuantity(value, *_unit_of(unit, cell, rest), found_period, _slots(rest, cell))


def _unit_of(unit: str, cell: Cell, rest: str) -> tuple[str | None]:
    if not unit:
        if rest:
            raise UserMistake(f"« {shown(cell)} » n’a pas d’unité. Écrivez par exemple 40 m² ou 12 t/an.")
        return (None,)
    return (unit_named(unit).code,)


def _slots(rest: str, cell: Cell) -> tuple[Slot, ...] | None:
    if not rest:
        return None
    try:
        return weekly(rest).value
    except UserMistake as mistake:
        raise UserMistake(
            f"Dans « {shown(cell)} », « {shown(rest)} » n’a pas été compris. Mettez-le dans les conditions, "
            "et gardez ici le nombre, l’unité et la période, par exemple 12 t/an."
        ) from mistake


def _positive(value: Decimal, cell: Cell | None) -> Decimal:
    if value <= 0:
        raise UserMistake(
            f"« {shown(cell)} » : une quantité est plus grande que zéro. Laissez vide si elle est inconnue."
        )
    return value


def _leading_number(text: str, cell: Cell) -> tuple[Decimal, str]:
    found = _NUMBER.match(text)
    if found:
        return _positive(decimal(found.group()), cell), text[found.end() :]
    word = _WORD.match(text)
    if word:
        return Decimal(_WORDS[word.group(1).lower()]), text[word.end() :]
    raise UserMistake(
        f"« {shown(cell)} » ne commence pas par un nombre. Écrivez par exemple 12 t/an, 3 trajets par "
        "semaine ou 40 m²."
    )


def _cut(text: str) -> tuple[str, Period | None, str]:
    """Cut « unit / period rest » into its three parts; the rest is what follows, such as days of the week."""
    for found in _PERIOD.finditer(text):
        word = found["word"] or found["adjective"] or found["once"]
        kind = _period_word(word)
        if kind is not None:
            return text[: found.start()].strip(" ,("), kind, text[found.end() :].strip(" ,;()")
    return _unit_then_rest(text.strip())


def _unit_then_rest(text: str) -> tuple[str, None, str]:
    """Find the longest beginning that names a unit; without one, the whole is the unit (and will be
    refused).
    """
    words = text.split()
    for count in range(min(len(words), 4), 0, -1):
        start = " ".join(words[:count])
        try:
            unit_named(start.rstrip(",;"))
        except UnknownUnit:
            continue
        return start.rstrip(",;"), None, " ".join(words[count:]).strip(" ,;()")
    return text, None, ""


def _period_word(word: str) -> Period | None:
    folded = fold(word)
    bare = folded.removesuffix("s") if folded not in {"mois"} else folded
    for candidate in (folded, bare, bare.removesuffix("le"), bare.removesuffix("ne")):
        if candidate in _PERIODS:
            return _PERIODS[candidate]
    return Period.DAY if bare == "journaliere" else None
