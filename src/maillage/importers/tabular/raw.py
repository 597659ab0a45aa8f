"""A file that was opened but whose headers are not known yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from maillage.importers.tabular.table import Row

MergedRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Every line of a file or a sheet, from the first; ``merged`` are the merged cells (from 0, ends
    included).
    """

    filename: str
    kind: str
    reader: Callable[[], Iterator[Row]]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    merged: tuple[MergedRange, ...] = ()
    notes: tuple[str, ...] = ()
