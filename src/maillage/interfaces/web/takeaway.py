"""Tables to take away: one list of columns, four formats; formulas in cells are neutralised by the writers."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from maillage.importers.export import write_csv, write_geojson, write_json, write_xlsx

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Format:
    """A way to take a table away."""

    ending: str
    label: str
    content_type: str


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format("csv", "CSV", "text/csv; charset=utf-8"),
        Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format("geojson", "GeoJSON", "application/geo+json"),
        Format("json", "JSON", "application/json"),
    )
}


@dataclass(frozen=True, slots=True)
class Takeaway(Generic[Row]):
    """A table: ``columns`` are (name, header, how to read it from a row)."""

    title: str
    columns: tuple[tuple[str, str, Callable[[Row], Any]], ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers, in order."""
        return tuple(header for _, header, _ in self.columns)

    def written(self, rows: Iterable[Row], *, ending: str) -> bytes:
        """Return the file of one format; raise ``KeyError`` when the format is not one of ``FORMATS``."""
        file = io.BytesIO()
        if FORMATS[ending].ending == "csv":
            write_csv(file, self.headers, self._lines(rows))
        elif ending == "xlsx":
            write_xlsx(file, self.headers, self._lines(rows), title=self.title)
        elif ending == "geojson":
            write_geojson(file, self._objects(rows))
        else:
            write_json(file, self._objects(rows))
        return file.getvalue()

    def _lines(self, rows: Iterable[Row]) -> Iterable[Sequence[Any]]:
        return ([value(row) for _, _, value in self.columns] for row in rows)

    def _objects(self, rows: Iterable[Row]) -> Iterable[dict[str, Any]]:
        return ({name: value(row) for name, _, value in self.columns} for row in rows)
