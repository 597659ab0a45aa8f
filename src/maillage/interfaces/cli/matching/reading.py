"""From a file to its lines: nothing stops at a faulty cell, which is told and left empty."""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.core.french import fold, typography
from maillage.core.periods import Period
from maillage.domain.catalogue.files import CatalogueFiles
from maillage.importers.dry_run import outcomes
from maillage.importers.mapping import Mapping
from maillage.importers.municipalities import Gazetteer
from maillage.importers.rows import Fault, TypedRow
from maillage.importers.tabular import Row, open_table
from maillage.interfaces.cli.matching.activities import activity_of
from maillage.interfaces.cli.matching.columns import GUESSED, SCHEMA_OF, Corrections, mapping_of
from maillage.interfaces.cli.matching.line import Line, ReadFile, SideName
from maillage.interfaces.cli.matching.types import FoundType, TypeReader

LONGEST_TITLE = 160
LONGEST_TEXT = 20_000
Progress = Callable[[int], None]


def read_file(
    path: Path,
    side: SideName,
    *,
    gazetteer: Gazetteer | None,
    catalogue: CatalogueFiles,
    kept: AnyMapping[SideName, Mapping] | None = None,
    corrections: Corrections = (),
    reach_km: float | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> ReadFile:
    """Read every line. ``reach_km`` is taken for the lines that say no distance. Raises ``UserMistake``."""
    schema = SCHEMA_OF[side]
    table = open_table(path, sheet=sheet, vocabulary=schema.vocabulary)
    mapping = mapping_of(table, side, kept=(kept or {}).get(side), corrections=corrections)
    types, lines = TypeReader(catalogue), _Lines(mapping, side, reach_km, gazetteer)
    read = 0
    # the same lines twice: as they were written, and as they were understood
    for written, outcome in zip(table.rows(), outcomes(table, mapping, gazetteer=gazetteer), strict=True):
        read += 1
        lines.add(_with_long_title(outcome.row, written, mapping), outcome.faults, types)
        if progress is not None and read % 100 == 0:
            progress(read)
    if not read:
        raise UserMistake(f"Le fichier « {path.name} » n’a aucune ligne sous ses titres de colonnes.")
    return ReadFile(
        side=side,
        filename=path.name,
        mapping=mapping,
        lines=tuple(lines.lines),
        faults=tuple(fault for fault in lines.faults if fault.blocking),
        remarks=tuple(fault for fault in lines.faults if not fault.blocking),
        notes=table.notes,
        lines_read=read,
        silent=tuple(lines.silent),
    )


class _Lines:
    """What is gathered while a file is read."""

    def __init__(
        self, mapping: Mapping, side: SideName, reach_km: float | None, gazetteer: Gazetteer | None
    ) -> None:
        sure = {choice.field: choice.confidence for choice in mapping.choices}
        self._words_guessed = sure.get("words", 1.0) <= GUESSED
        self._reach_km = reach_km
        self._gazetteer = gazetteer
        self._keys: set[str] = set()
        # a lacking title, or one too long for a title, is no fault here: words are enough to match
        titles = {SCHEMA_OF[side].column("title").label}
        self._titles = titles | {choice.header for choice in mapping.choices if choice.field == "title"}
        self.lines: list[Line] = []
        self.faults: list[Fault] = []
        self.silent: list[int] = []

    def add(self, row: TypedRow, faults: Iterable[Fault], types: TypeReader) -> None:
        """Keep the line when it says something; keep its faults but those about its lacking title."""
        row, activity = _worded(row)
        self.faults.extend(fault for fault in faults if fault.column not in self._titles)
        if not row.text("title"):
            self.silent.append(row.line)
            return
        found, text = self._type(row, activity, types), activity or _text(row)
        line, more = _line(row, types, found, key=self._key(row), text=text)
        approximate = line.approximate or self._is_point_of_municipality(line)
        reach_km = self._reach_km if line.reach_km is None else line.reach_km
        self.lines.append(
            replace(line, from_activity=bool(activity), approximate=approximate, reach_km=reach_km)
        )
        self.faults.extend(more)

    def _type(self, row: TypedRow, activity: str, types: TypeReader) -> FoundType:
        """Read the type; the words of a column that was only guessed do not propose one."""
        if activity:
            return types.read(row.text("type"), title=activity, words="")
        words = "" if self._words_guessed else row.text("words")
        return types.read(row.text("type"), title=row.text("title"), words=words)

    def _is_point_of_municipality(self, line: Line) -> bool:
        if self._gazetteer is None or line.latitude is None or not line.municipality_code:
            return False
        position = self._gazetteer.position(self._gazetteer.by_code(line.municipality_code))
        return position is not None and (position.latitude, position.longitude) == (
            line.latitude,
            line.longitude,
        )

    def _key(self, row: TypedRow) -> str:
        reference = row.text("external_id")
        key = reference or f"ligne {row.line}"
        if key in self._keys:
            key = f"{key} (ligne {row.line})"
        self._keys.add(key)
        return key


def _with_long_title(row: TypedRow, written: Row, mapping: Mapping) -> TypedRow:
    """Keep a title that the schema finds too long for a title: here it is only words."""
    place = mapping.fields.get("title")
    if row.text("title") and not row.text("title").endswith("…"):
        return row
    said = written.cells[place] if place is not None else None
    return row.having(title=said[:LONGEST_TEXT]) if isinstance(said, str) and said.strip() else row


def _worded(row: TypedRow) -> tuple[TypedRow, str]:
    """Give words to a line that has none, from the code of its activity; return them, or nothing."""
    if row.text("title") or row.text("words"):
        return row, ""
    activity = activity_of(row.others.values())
    if not activity.words:
        return row, ""
    return row.having(title=activity.title), activity.words


def _text(row: TypedRow) -> str:
    """Return title and words, the title once when it is only the beginning of the words."""
    title, words = " ".join(row.text("title").split()), row.text("words").strip()
    return words if fold(words).startswith(fold(title.rstrip("…"))) else f"{title}\n{words}".strip()


def _line(
    row: TypedRow, types: TypeReader, found: FoundType, *, key: str, text: str
) -> tuple[Line, list[Fault]]:
    holds, unknown = types.authorisations(row.get("holds", ()))
    requires, more = types.authorisations(row.get("requires", ()))
    faults = [
        Fault(row.line, "Autorisations", one, f"L’autorisation « {one} » n’est pas connue.", blocking=False)
        for one in (*unknown, *more)
    ]
    if row.text("type") and not found.said:
        sentence = f"Le type « {row.text('type')[:60]} » n’est pas dans le catalogue : il est proposé d’après les mots."
        faults.append(Fault(row.line, "Type", row.text("type")[:60], sentence, blocking=False))
    quantity, unit = row.get("quantity"), row.text("unit")
    line = Line(
        key=key,
        number=row.line,
        title=typography(_short(" ".join(row.text("title").split()))),
        words=row.text("words").strip(),
        text=text,
        type_code=found.code,
        type_said=found.said,
        type_because=found.because,
        from_activity=False,
        organisation=row.text("organisation"),
        party=row.text("siren") or fold(row.text("organisation")),
        municipality=row.text("municipality"),
        municipality_code=row.text("municipality_code"),
        latitude=_float(row.get("latitude")),
        longitude=_float(row.get("longitude")),
        approximate=bool(row.get("approximate")),
        quantity=quantity if unit else None,
        minimum=row.get("minimum") if unit else None,
        unit=unit,
        period=row.get("period") or Period.ONCE,
        weekly=tuple(row.get("weekly") or ()),
        months=tuple(row.get("months") or ()),
        reach_km=_float(row.get("reach_km")),
        available_from=row.get("available_from"),
        available_until=row.get("available_until"),
        confirmed_on=row.get("confirmed_on") or row.get("said_on"),
        holds=frozenset(holds),
        requires=frozenset(requires),
    )
    return line, faults


def _float(value: Decimal | float | None) -> float | None:
    return None if value is None else float(value)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"
