"""What reading a cell gives: a value and, when something had to be understood, a sentence that says how."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from maillage.importers.tabular.table import Cell

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """``remark`` is French and shown beside the line; it stops nothing."""

    value: T
    remark: str = ""


def shown(cell: Cell | None, *, length: int = 60) -> str:
    """Return what a cell says, on one line and shortened, to be quoted in a sentence."""
    text = " ".join(text_of(cell).split())
    return text if len(text) <= length else text[: length - 1] + "…"


def text_of(cell: Cell | None) -> str:
    """Return a cell as text: a whole number read from a workbook has no ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell).strip()
