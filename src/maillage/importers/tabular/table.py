"""What the readers of files hand over: a table with its headers and a stream of its lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Row:
    """One line; ``line_number`` is the number that the spreadsheet shows beside it (the first is 1)."""

    line_number: int
    cells: tuple[Cell | None, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was opened: its headers are known, its lines are read again at each call of ``rows``.

    ``notes`` are sentences about how the file was read, to be shown; ``skipped_lines`` are those above the
    headers.
    """

    filename: str
    kind: str
    headers: tuple[str, ...]
    header_lines: tuple[int, ...]
    reader: Callable[[], Iterator[Row]]
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    skipped_lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def rows(self) -> Iterator[Row]:
        """Yield the lines below the headers, empty ones and repeated headers left out."""
        last = self.header_lines[-1]
        width = len(self.headers)
        for row in self.reader():
            if row.line_number <= last or row.is_empty or self._repeats_headers(row):
                continue
            yield fitted(row, width)

    def sample(self, count: int = 50) -> list[Row]:
        """Return the first lines."""
        found = []
        for row in self.rows():
            found.append(row)
            if len(found) == count:
                break
        return found

    def _repeats_headers(self, row: Row) -> bool:
        texts = tuple("" if cell is None else str(cell).strip() for cell in row.cells)
        return len(self.headers) > 1 and texts[: len(self.headers)] == self.headers


def fitted(row: Row, width: int) -> Row:
    """Return the line with at least ``width`` cells."""
    lacking = width - len(row.cells)
    return Row(row.line_number, row.cells + (None,) * lacking) if lacking > 0 else row
