"""The lines of a file as they are, with or without titles, and the column that a word or a number names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.tabular import open_table
from maillage.importers.tabular.csv_source import open_csv
from maillage.importers.tabular.limits import Limits
from maillage.importers.tabular.table import Row

PLAIN_ENDINGS = (".txt",)
TABLE_ENDINGS = (".csv", ".tsv", ".tab")


@dataclass(frozen=True, slots=True)
class Grid:
    """``lines``: every line that holds something, titles included; ``titled``: whether the first one is titles."""

    name: str
    lines: tuple[tuple[str, ...], ...]

    def titled(self, *columns: str) -> bool:
        """Whether one of ``columns`` is a title of the first line."""
        return any(_place(self.lines[0], column) is not None for column in columns if column)

    def column(self, word: str, *, option: str) -> int:
        """Return the place of the column that ``word`` names: a title, or a number from 1. Raises ``UserMistake``."""
        place = _place(self.lines[0], word)
        if place is None and word.strip().isdigit():
            place = int(word) - 1
            if not 0 <= place < max(len(line) for line in self.lines):
                place = None
        if place is None:
            titles = ", ".join(f"« {title} »" for title in self.lines[0][:12])
            raise UserMistake(
                f"{option} {word} : « {self.name} » n’a pas cette colonne. Donnez un titre parmi {titles}, "
                "ou le numéro de la colonne (1 pour la première) si le fichier n’a pas de titres."
            )
        return place

    def values(self, place: int, *, below_titles: bool) -> list[str]:
        """Return the cells of a column, "" where a line is too short."""
        lines = self.lines[1:] if below_titles else self.lines
        return [line[place] if place < len(line) else "" for line in lines]


def read_grid(path: Path) -> Grid:
    """Read a CSV, TSV, XLSX or ODS file, or a text with one entry a line (.txt). Raises ``UserMistake``."""
    if path.name.lower().endswith(PLAIN_ENDINGS):
        lines: tuple[tuple[str, ...], ...] = tuple((line,) for line in _plain_lines(path))
    else:
        rows = (tuple("" if cell is None else str(cell).strip() for cell in row.cells) for row in _rows(path))
        lines = tuple(row for row in rows if any(row))
    if not lines:
        raise UserMistake(f"Le fichier « {path.name} » n’a aucune ligne.")
    return Grid(path.name, lines)


def _rows(path: Path) -> Iterator[Row]:
    """Yield every line; a text file may have no titles at all, which the importers refuse."""
    if path.name.lower().endswith(TABLE_ENDINGS) and path.is_file() and path.stat().st_size:
        return open_csv(path, filename=path.name, limits=Limits()).reader()
    return open_table(path).reader()


def _plain_lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserMistake(f"« {path.name} » ne peut pas être lu. Vérifiez son nom et son dossier.") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _place(titles: tuple[str, ...], word: str) -> int | None:
    wanted = fold(word)
    return next((at for at, title in enumerate(titles) if fold(title) == wanted), None)
