"""Try a file without writing anything: every line read, every fault collected, nothing stops at the first.

A later step plugs in as any other ``Step``: it receives the typed line and adds its own faults. The room
that writes to the database takes ``DryRun.rows`` and says which are created, updated or ignored.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from maillage.core.errors import UserMistake
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.hints import with_header_hints
from maillage.importers.mapping import Mapping
from maillage.importers.municipalities import Gazetteer
from maillage.importers.rows import Fault, Step, TypedRow
from maillage.importers.schemas import Column, Schema, schema_named
from maillage.importers.steps import steps_of
from maillage.importers.steps.places import place_step
from maillage.importers.tabular import Limits, Row, Table
from maillage.importers.values import is_nothing, read_value

MOST_FAULTS = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line: what was understood, and its faults; the line is kept when none of them blocks."""

    row: TypedRow
    faults: tuple[Fault, ...]

    @property
    def is_kept(self) -> bool:
        """Whether the line can be imported."""
        return not any(fault.blocking for fault in self.faults)


@dataclass(slots=True)
class DryRun:
    """What a file would give. ``faults`` keeps the first ``MOST_FAULTS``; ``uncounted`` says how many more
    there were.
    """

    schema: str
    mapping: Mapping
    rows: list[TypedRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines_read: int = 0
    faulty_lines: int = 0
    uncounted: int = 0
    notes: tuple[str, ...] = ()

    @property
    def blocking(self) -> list[Fault]:
        """The faults that keep a line out."""
        return [fault for fault in self.faults if fault.blocking]

    @property
    def remarks(self) -> list[Fault]:
        """What was understood and deserves a look."""
        return [fault for fault in self.faults if not fault.blocking]

    def by_sentence(self) -> list[tuple[str, str, int]]:
        """Return (column, sentence, number of lines), the most frequent first."""
        counted = Counter((fault.column, fault.sentence) for fault in self.faults)
        return [(column, sentence, count) for (column, sentence), count in counted.most_common()]


def dry_run(
    table: Table,
    mapping: Mapping,
    *,
    gazetteer: Gazetteer | None = None,
    steps: Sequence[Step] = (),
    limits: Limits | None = None,
) -> DryRun:
    """Read the whole table; keep the lines without blocking fault. ``steps`` run after those of the schema."""
    result = DryRun(schema=mapping.schema, mapping=mapping, notes=table.notes)
    for outcome in outcomes(table, mapping, gazetteer=gazetteer, steps=steps, limits=limits):
        result.lines_read += 1
        room = MOST_FAULTS - len(result.faults)
        result.faults.extend(outcome.faults[:room])
        result.uncounted += max(0, len(outcome.faults) - room)
        if outcome.is_kept:
            result.rows.append(outcome.row)
        else:
            result.faulty_lines += 1
    return result


def outcomes(
    table: Table,
    mapping: Mapping,
    *,
    gazetteer: Gazetteer | None = None,
    steps: Sequence[Step] = (),
    limits: Limits | None = None,
) -> Iterator[Outcome]:
    """Yield the outcome of each line, one at a time: memory stays flat whatever the size of the file."""
    schema = schema_named(mapping.schema)
    _check_mapping(table, mapping, schema)
    places = [place_step(gazetteer)] if gazetteer else []
    every = [with_header_hints(mapping), *places, *steps_of(schema), *steps]
    columns = [(index, schema.column(name)) for name, index in mapping.fields.items()]
    seen: dict[tuple[str, Any], int] = {}
    for row in table.rows():
        typed, faults = _typed(row, columns, table, limits or Limits())
        for step in every:
            typed, more = step(typed)
            faults.extend(more)
        faults.extend(_lacking(typed, schema, faults))
        faults.extend(_repeated(typed, schema, seen))
        yield Outcome(typed, tuple(faults))


def _check_mapping(table: Table, mapping: Mapping, schema: Schema) -> None:
    if tuple(choice.header for choice in mapping.choices) != table.headers:
        raise UserMistake("Les colonnes du fichier ont changé depuis la correspondance : recommencez-la.")
    fields = mapping.fields
    lacking = [
        f"« {column.label} »"
        for column in mapping.missing
        if not (column.instead and all(name in fields for name in column.instead))
    ]
    if lacking:
        raise UserMistake(
            f"Aucune colonne du fichier ne donne {' ni '.join(lacking)}. Dites laquelle, ou ajoutez-la au fichier."
        )


def _typed(
    row: Row, columns: Sequence[tuple[int, Column]], table: Table, limits: Limits
) -> tuple[TypedRow, list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    used = {index for index, _ in columns}
    for index, column in columns:
        cell = row.cells[index]
        if is_nothing(cell):
            continue
        try:
            reading = read_value(cell, column, limits=limits)
        except UserMistake as mistake:
            faults.append(Fault(row.line_number, table.headers[index], shown(cell), mistake.message))
            continue
        if reading.value is not None:
            values[column.name] = reading.value
        if reading.remark:
            faults.append(
                Fault(row.line_number, table.headers[index], shown(cell), reading.remark, blocking=False)
            )
    others = {
        table.headers[index] if index < len(table.headers) else f"Colonne {index + 1}": text_of(cell)[:1000]
        for index, cell in enumerate(row.cells)
        if not is_nothing(cell) and index not in used
    }
    return TypedRow(row.line_number, values, others), faults


def _lacking(row: TypedRow, schema: Schema, faults: Sequence[Fault]) -> list[Fault]:
    if any(fault.blocking for fault in faults):
        return []
    return [
        Fault(
            row.line,
            column.label,
            "",
            f"« {column.label} » est vide : {column.help[0].lower()}{column.help[1:]}",
        )
        for column in schema.columns
        if column.required and row.get(column.name) in (None, "")
    ]


def _repeated(row: TypedRow, schema: Schema, seen: dict[tuple[str, Any], int]) -> list[Fault]:
    found = []
    for name in schema.key:
        value = row.get(name)
        if value is None:
            continue
        first = seen.setdefault((name, value), row.line)
        if first != row.line:
            label = schema.column(name).label
            sentence = (
                f"La ligne {first} a déjà « {label} » {shown(value)}. Gardez une seule des deux lignes."
            )
            found.append(Fault(row.line, label, shown(value), sentence))
    return found
