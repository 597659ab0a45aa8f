"""Hours and durations as they are typed: « 8h30 », « 08:30 », « 45 min », « 1 h 15 »."""

import re
from datetime import datetime, time, timedelta

from maillage.core.errors import UserMistake
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.tabular.table import Cell

_HOUR = re.compile(
    r"^([0-9]{1,2})\s*(?:h|:|heures?)\s*([0-9]{1,2})?(?::[0-9]{2})?\s*(?:min)?$", re.IGNORECASE
)
_MINUTES = re.compile(r"^([0-9]+(?:[.,][0-9]+)?)\s*(?:min(?:utes?)?|mn|’|')?$", re.IGNORECASE)
_BARE = re.compile(r"^[0-9]{1,2}$")


def hour(cell: Cell) -> int:
    """Return seconds since midnight; raise ``UserMistake``."""
    if isinstance(cell, datetime | time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return round(cell.total_seconds())
    if isinstance(cell, float) and 0 <= cell < 1:
        return round(cell * 86_400 / 60) * 60
    text = text_of(cell)
    found = _HOUR.match(text)
    if found and int(found.group(1)) <= 24 and int(found.group(2) or 0) < 60:
        return int(found.group(1)) * 3600 + int(found.group(2) or 0) * 60
    if _BARE.match(text) and int(text) <= 24:
        return int(text) * 3600
    raise UserMistake(f"« {shown(cell)} » n’est pas une heure. Écrivez par exemple 8h30 ou 08:30.")


def minutes(cell: Cell) -> int:
    """Return seconds of a duration, minutes when no unit is told; raise ``UserMistake``."""
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return round(cell.total_seconds())
    text = text_of(cell)
    plain = _MINUTES.match(text)
    if plain:
        return round(float(plain.group(1).replace(",", ".")) * 60)
    found = _HOUR.match(text)
    if found:
        return int(found.group(1)) * 3600 + int(found.group(2) or 0) * 60
    raise UserMistake(f"« {shown(cell)} » n’est pas une durée. Écrivez des minutes, ou par exemple 1h30.")


def hours(cell: Cell) -> int:
    """Return seconds of a duration, hours when no unit is told; raise ``UserMistake``."""
    if isinstance(cell, int | float):
        return round(cell * 3600)
    text = text_of(cell).replace(",", ".")
    try:
        return round(float(text) * 3600)
    except ValueError:
        return minutes(cell)
