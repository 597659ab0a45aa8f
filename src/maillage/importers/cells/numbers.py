"""Numbers as they are typed in France: decimal comma, spaces between thousands."""

import math
import re
from decimal import Decimal

from maillage.core.errors import UserMistake
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.tabular.table import Cell

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_PLAIN = re.compile(r"^[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?$")
_THOUSAND_DOTS = re.compile(r"^[+-]?[0-9]{1,3}(?:\.[0-9]{3})+$")
_THOUSAND_COMMAS = re.compile(r"^[+-]?[0-9]{1,3}(?:,[0-9]{3})+$")
_SPACED = re.compile(r"^[+-]?[0-9]{1,3}(?:[\s\u00a0\u202f\u2009'][0-9]{3})*(?:[.,][0-9]+)?$")
_MONEY = re.compile(r"\s*(k?)\s*(?:€|eur|euros?)\s*(?:ht|ttc)?$", re.IGNORECASE)


def decimal(cell: Cell | None) -> Decimal:
    """Return a number; ``1.234`` is refused because it may be read two ways."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if isinstance(cell, float) and not math.isfinite(cell):
            raise UserMistake(f"« {shown(cell)} » n’est pas un nombre.")
        return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    text = text_of(cell).strip().replace("−", "-")
    refusal = UserMistake(
        f"« {shown(text)} » n’est pas un nombre. Écrivez-le en chiffres, par exemple 12 ou 1 234,5."
    )
    if _SPACES.search(text) and not _SPACED.match(text):
        raise refusal
    bare = _SPACES.sub("", text)
    if "," in bare and "." in bare:
        thousands, point = (",", ".") if bare.rfind(".") > bare.rfind(",") else (".", ",")
        bare = bare.replace(thousands, "").replace(point, ".")
    elif "," in bare:
        several = bare.count(",") > 1 and _THOUSAND_COMMAS.match(bare)
        bare = bare.replace(",", "") if several else bare.replace(",", ".")
    elif bare.count(".") > 1 and _THOUSAND_DOTS.match(bare):
        bare = bare.replace(".", "")
    elif _THOUSAND_DOTS.match(bare) and not bare.lstrip("+-").startswith("0."):
        raise UserMistake(
            f"« {shown(text)} » peut se lire de deux façons : écrivez {bare.replace('.', '')} ou "
            f"{bare.replace('.', ',')}."
        )
    if not _PLAIN.match(bare):
        raise refusal
    return Decimal(bare)


def positive(cell: Cell | None) -> Decimal:
    """Return a number that is not negative."""
    value = decimal(cell)
    if value < 0:
        raise UserMistake(f"« {shown(cell)} » est négatif : écrivez un nombre positif.")
    return value


def money(cell: Cell | None) -> Decimal:
    """Return a sum in euros: ``30 614,05 €``, ``12 k€``."""
    text = text_of(cell)
    found = _MONEY.search(text)
    if not found or not isinstance(cell, str):
        return decimal(cell)
    value = decimal(text[: found.start()])
    return value * 1000 if found.group(1) else value


def kilometres(cell: Cell | None) -> Decimal:
    """Return a distance in kilometres: ``30``, ``30 km``."""
    if isinstance(cell, str):
        cell = re.sub(r"\s*(?:kms?|kilom[eè]tres?)\.?$", "", cell.strip(), flags=re.IGNORECASE)
    return positive(cell)


def latitude(cell: Cell | None) -> float:
    """Return degrees north, from -90 to 90; here a point is always a decimal point."""
    return _degrees(cell, 90, "latitude", "47,0833")


def longitude(cell: Cell | None) -> float:
    """Return degrees east, from -180 to 180."""
    return _degrees(cell, 180, "longitude", "2,3964")


def _degrees(cell: Cell | None, most: int, name: str, example: str) -> float:
    text = text_of(cell).replace("−", "-").replace(",", ".").rstrip("°").strip()
    if not _PLAIN.match(text) or abs(float(text)) > most:
        raise UserMistake(
            f"« {shown(cell)} » n’est pas une {name}. Écrivez des degrés décimaux, par exemple {example}."
        )
    return float(text)


def whole(cell: Cell | None) -> int:
    """Return a whole number that is not negative."""
    value = positive(cell)
    if value != value.to_integral_value():
        raise UserMistake(f"« {shown(cell)} » n’est pas un nombre entier.")
    return int(value)
