"""From the text of a cell of a canonical table to the value of an attribute; one function a format."""

import re
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from maillage_engine.arrays import Bytes
from maillage_engine.problem.calendar import HOURS, MONTHS, pack_hours
from maillage_engine.problem.dimensions import DIMENSIONS, dimension_index

_EPOCH = date(1970, 1, 1)
_SPAN = re.compile(r"(?P<day>[1-7]):(?P<first>\d{1,2})-(?P<last>\d{1,2})")


class BadCell(Exception):
    """The text of a cell is not understood; the message says in French what is expected."""


def number(text: str) -> float:
    """A decimal number with a point or a comma."""
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise BadCell(f"« {text} » n’est pas un nombre ; écrivez par exemple 12,5.") from error


def yes_or_no(text: str) -> bool:
    """1 or 0."""
    if text not in {"0", "1"}:
        raise BadCell(f"« {text} » : écrivez 1 pour oui, 0 pour non.")
    return text == "1"


def day(text: str) -> int:
    """A date ``yyyy-mm-dd`` as days since 1970-01-01."""
    try:
        return (date.fromisoformat(text) - _EPOCH).days
    except ValueError as error:
        raise BadCell(f"« {text} » n’est pas une date ; écrivez par exemple 2026-05-01.") from error


def hours(text: str) -> Bytes:
    """Spans parted by spaces, ``day:first-last`` with Monday 1: ``2:8-18 4:14-16`` is Tuesday 8 h to 18 h and…"""
    flags = np.zeros(HOURS, dtype=np.bool_)
    for span in text.split():
        found = _SPAN.fullmatch(span)
        if found is None or not 0 <= int(found["first"]) < int(found["last"]) <= 24:
            raise BadCell(f"« {span} » n’est pas une plage ; écrivez 2:8-18 pour le mardi de 8 h à 18 h.")
        start = (int(found["day"]) - 1) * 24
        flags[start + int(found["first"]) : start + int(found["last"])] = True
    packed: Bytes = pack_hours(flags[None, :])[0]
    return packed


def weights(text: str) -> list[int]:
    """Twelve whole numbers from 0 to 100, January first, parted by spaces."""
    parts = text.split()
    if len(parts) != MONTHS or not all(part.isdecimal() and int(part) <= 100 for part in parts):
        raise BadCell(f"« {text} » : il faut douze nombres de 0 à 100, de janvier à décembre.")
    return [int(part) for part in parts]


def name(text: str) -> int:
    """The name of a dimension as its index."""
    try:
        return dimension_index(text)
    except KeyError as error:
        raise BadCell(f"« {text} » : il faut l’un de {', '.join(DIMENSIONS)}.") from error


PLAIN_FORMATS: Mapping[str, Callable[[str], object]] = {
    "float64": number,
    "bool": yes_or_no,
    "date": day,
    "hours": hours,
    "weights": weights,
    "name": name,
}
"""The formats of ``schema.csv`` that need nothing but the cell."""
