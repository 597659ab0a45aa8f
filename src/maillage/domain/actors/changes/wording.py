"""A value of a row in French, as a line of its history says it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from maillage.core.french import number
from maillage.core.periods import MONTHS
from maillage.domain.actors.viewer import Viewer

NOTHING = "rien"
LONGEST = 160
Column = Any  # a column of Django, whose class takes no parameter when it runs
Say = Callable[[Viewer, Any], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Columns that are said together: « Quantité : 12 t par an »; ``say`` gets who reads and the state of the row."""

    label: str
    columns: tuple[str, ...]
    say: Say


def plain(column: Column) -> Phrase:
    """Return how a column is said when its room says nothing of it."""
    label = str(column.verbose_name)
    return Phrase(label[:1].upper() + label[1:], (column.attname,), lambda _, state: _said(column, state))


def _said(column: Column, state: Any) -> str:
    value = getattr(state, column.attname)
    if value is None or value in ("", [], {}):
        return ""
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.ForeignKey):
        return _related(column, value)
    return short(_of_kind(value))


def _of_kind(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal | int | float):
        return number(value, digits=4)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _related(column: models.ForeignKey[Any, Any], value: Any) -> str:
    """Return the name of the row pointed at; a row that is gone keeps its number."""
    model: Any = column.related_model
    found = model._base_manager.filter(pk=value).first()
    return str(found) if found is not None else f"n° {value}"


def day(value: date) -> str:
    """Write a date: « 3 mars 2026 »."""
    return f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]} {value.year}"


def short(text: str) -> str:
    """Cut a long text."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
