"""The lines of a table of stops or vehicles: every cell read, every fault told, nothing kept of a faulty file."""

import re
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from maillage.core.errors import UserMistake
from maillage.core.french import number, plural
from maillage.core.quantities import Dimension, Quantity, UnknownUnit, unit_named, units
from maillage.importers.cells.numbers import decimal
from maillage.importers.cells.quantities import SaidQuantity
from maillage.importers.cells.reading import shown
from maillage.importers.mapping import Mapping, propose
from maillage.importers.rows import Fault
from maillage.importers.schemas.column import Schema
from maillage.importers.tabular import Row, Table, open_table
from maillage.importers.tabular.table import Cell
from maillage.importers.values import is_nothing, read_value
from maillage.interfaces.cli.touring import hours

MOST_SHOWN = 8
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:en\s+)?([^)\]]{1,20}?)\s*[)\]]")
OWN_READERS = {
    "early": hours.hour,
    "late": hours.hour,
    "pause_early": hours.hour,
    "pause_late": hours.hour,
    "service": hours.minutes,
    "unload_time": hours.minutes,
    "pause": hours.minutes,
    "longest": hours.hours,
}
DIMENSIONS = {"kg": (Dimension.MASS, "kg"), "m3": (Dimension.VOLUME, "m3")}


@dataclass(frozen=True, slots=True)
class ReadRows:
    """``values`` of each line by field, with its number in the file; ``headers`` of the fields that were found."""

    filename: str
    lines: tuple[tuple[int, dict[str, Any]], ...]
    mapping: Mapping
    headers: AnyMapping[str, str]


def read_rows(path: Path, schema: Schema) -> ReadRows:
    """Read every line; raise ``UserMistake`` that tells the first faults, all of them counted."""
    table = open_table(path, vocabulary=schema.vocabulary)
    mapping = propose(table.headers, schema, table.sample(100))
    fields = mapping.fields
    if not fields:
        raise UserMistake(
            f"« {path.name} » : aucun titre de colonne n’est compris ({', '.join(table.headers)}). Titres attendus : "
            f"{', '.join(one.label for one in schema.columns)}."
        )
    lines: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    for row in table.rows():
        values: dict[str, Any] = {}
        for name, index in fields.items():
            if is_nothing(row.cells[index]):
                continue
            try:
                values[name] = _value(row, index, name, schema, table.headers[index])
            except UserMistake as mistake:
                faults.append(
                    Fault(row.line_number, table.headers[index], shown(row.cells[index]), mistake.message)
                )
        lines.append((row.line_number, values))
    if faults:
        raise UserMistake(told(path.name, faults))
    if not lines:
        raise UserMistake(f"Le fichier « {path.name} » n’a aucune ligne sous ses titres de colonnes.")
    return ReadRows(path.name, tuple(lines), mapping, _headers(table, fields))


def told(filename: str, faults: list[Fault]) -> str:
    """Return the first faults, one a line, and how many there are."""
    first = [f"  ligne {one.line}, « {one.column} » : {one.sentence}" for one in faults[:MOST_SHOWN]]
    count = len(faults)
    more = [f"  … et {number(count - MOST_SHOWN)} autres."] if count > MOST_SHOWN else []
    heading = f"« {filename} » : {number(count)} {plural(count, 'case', 'cases')} à corriger."
    return "\n".join([heading, *first, *more])


def _headers(table: Table, fields: AnyMapping[str, int]) -> dict[str, str]:
    return {name: table.headers[index] for name, index in fields.items()}


def _value(row: Row, index: int, name: str, schema: Schema, header: str) -> Any:
    cell = row.cells[index]
    if cell is None:
        raise AssertionError("an empty cell is left out before")
    if name in OWN_READERS:
        return OWN_READERS[name](cell)
    if name in DIMENSIONS and isinstance(amount := _amount(cell), float) and amount <= 0:
        if amount < 0:
            raise UserMistake(f"« {shown(cell)} » : une quantité n’est pas négative.")
        return 0
    value = read_value(cell, schema.column(name)).value
    if isinstance(value, SaidQuantity):
        return _thousandths(value, name, header)
    if name in {"per_km", "per_hour", "fixed", "price"} and value < 0:
        raise UserMistake(f"« {shown(cell)} » est négatif : écrivez un nombre positif.")
    return value


def _thousandths(said: SaidQuantity, name: str, header: str) -> int:
    """Return grams or litres; the unit is that of the cell, else of the header, else kilograms or cubic metres."""
    dimension, usual = DIMENSIONS[name]
    unit = units()[said.unit or _unit_of(header) or usual]
    if unit.dimension is not dimension:
        raise UserMistake(f"« {unit.label} » n’est pas une unité de {'poids' if name == 'kg' else 'volume'}.")
    base = Quantity(said.value, unit).to(units()[usual]).value
    return round(base * 1000)


def _unit_of(header: str) -> str | None:
    """Return the code of the unit in brackets, None without one that is known."""
    found = _IN_BRACKETS.search(header)
    try:
        return unit_named(found.group(1)).code if found else None
    except UnknownUnit:
        return None


def _amount(cell: Cell) -> float | None:
    """Return the number of a cell that is nothing else, None otherwise."""
    try:
        return float(decimal(cell))
    except UserMistake:
        return None
