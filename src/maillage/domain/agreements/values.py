"""What was filled in a template: read from what somebody typed, written as words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format

from maillage.core.errors import UserMistakes
from maillage.core.french import NBSP, number
from maillage.domain.agreements.document import clean
from maillage.domain.agreements.templates import Field, Template

TEXT_LENGTH, LINES_LENGTH = 300, 5000
MOST_MONEY = Decimal(10**9)
BLANK = "à compléter"


def read_values(template: Template, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the values to keep, as texts; refuse all that cannot be read at once. Blanks are for later."""
    kept: dict[str, str] = {}
    mistakes: dict[str, str] = {}
    for field in template.fields:
        text = clean(typed.get(field.code, ""))
        if not text:
            continue
        value, mistake = _read(field, text)
        if mistake:
            mistakes[field.code] = mistake
        else:
            kept[field.code] = value
    if mistakes:
        raise UserMistakes(mistakes)
    return kept


def _read(field: Field, text: str) -> tuple[str, str]:
    if field.kind in {"text", "lines"}:
        longest = TEXT_LENGTH if field.kind == "text" else LINES_LENGTH
        return text, f"C’est trop long : {longest} caractères au plus." if len(text) > longest else ""
    if field.kind == "date":
        return _read_date(text)
    value = _decimal(text)
    if value is None or value < 0 or value >= MOST_MONEY:
        return "", "Écrivez un nombre, par exemple 1 250,50."
    return str(value.quantize(Decimal("0.01"))), ""


def _decimal(text: str) -> Decimal | None:
    plain = "".join(text.replace("€", "").split()).replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _read_date(text: str) -> tuple[str, str]:
    try:
        return date.fromisoformat(text).isoformat(), ""
    except ValueError:
        return "", "Écrivez une date, par exemple 31/12/2027."


def amount(values: Mapping[str, str], code: str) -> Decimal | None:
    """Return a sum that was filled in, or None."""
    return Decimal(values[code]) if values.get(code) else None


def typed_again(template: Template, values: Mapping[str, str]) -> dict[str, str]:
    """Return the values as one types them, for the form."""
    sums = {field.code for field in template.fields if field.kind in {"money", "number"}}
    return {
        code: number(Decimal(value)).replace(NBSP, "") if code in sums else value
        for code, value in values.items()
    }


def said(field: Field, value: str) -> str:
    """Write a value for the text of the agreement."""
    if not value:
        return BLANK
    if field.kind == "money":
        return f"{number(Decimal(value))}{NBSP}€"
    if field.kind == "number":
        return number(Decimal(value))
    if field.kind == "date":
        return day(date.fromisoformat(value))
    return value


def day(on: date | None) -> str:
    """Write a date in full."""
    if on is None:
        return BLANK
    return ("1er " if on.day == 1 else "") + date_format(on, "F Y" if on.day == 1 else "j F Y")
