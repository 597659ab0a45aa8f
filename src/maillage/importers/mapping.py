"""Which column of a file feeds which field: proposed from the headers and from what the cells hold,
corrected by hand, remembered for the next file that has the same headers.
"""

import hashlib
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.schemas import schema_named
from maillage.importers.schemas.column import Column, Kind, Schema
from maillage.importers.tabular.table import Row
from maillage.importers.values import is_nothing, read_value

THRESHOLD = 0.72
_ENOUGH_CELLS = 5
_TELLING = frozenset(
    {Kind.SIRET, Kind.SIREN, Kind.RNA, Kind.EMAIL, Kind.POSTCODE, Kind.LATITUDE, Kind.LONGITUDE, Kind.NAF}
    | {
        Kind.START_DATE,
        Kind.END_DATE,
        Kind.DAY,
        Kind.QUANTITY,
        Kind.MUNICIPALITY_CODE,
        Kind.WASTE_CODE,
        Kind.CHOICE,
    }
    | {
        Kind.WEEKLY,
        Kind.MONTHS,
        Kind.BOOLEAN,
        Kind.MONEY,
        Kind.WHOLE,
        Kind.KILOMETRES,
        Kind.PERIOD,
        Kind.UNIT,
    }
)
_UNMISTAKABLE = {Kind.SIRET: 0.9, Kind.RNA: 0.9, Kind.EMAIL: 0.9}


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column of the file, the field it feeds (or none), and how sure the proposal is, from 0 to 1."""

    header: str
    field: str | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """The choice for every column of a file, in the file's order."""

    schema: str
    choices: tuple[ColumnChoice, ...]
    remembered: bool = False

    @property
    def signature(self) -> str:
        """What tells two lists of headers apart: order, accents and capitals included in none of it but the
        order.
        """
        return header_signature([choice.header for choice in self.choices])

    @property
    def fields(self) -> dict[str, int]:
        """The position of the column that feeds each field."""
        return {choice.field: index for index, choice in enumerate(self.choices) if choice.field}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The headers that feed nothing: their cells are kept beside the line, and not imported."""
        return tuple(choice.header for choice in self.choices if choice.field is None)

    @property
    def missing(self) -> tuple[Column, ...]:
        """The required columns that nothing feeds."""
        fields = self.fields
        return tuple(
            column
            for column in schema_named(self.schema).columns
            if column.required and column.name not in fields
        )

    def corrected(self, header: str, field: str | None) -> "Mapping":
        """Return the mapping where this header feeds this field; the column that fed it before feeds
        nothing.
        """
        if header not in {choice.header for choice in self.choices}:
            raise UserMistake(f"Le fichier n’a pas de colonne « {header} ».")
        if field is not None and field not in {column.name for column in schema_named(self.schema).columns}:
            raise UserMistake(f"« {field} » n’est pas un champ connu.")
        choices = tuple(
            ColumnChoice(choice.header, field, 1.0)
            if choice.header == header
            else replace(choice, field=None, confidence=1.0)
            if field is not None and choice.field == field
            else choice
            for choice in self.choices
        )
        return replace(self, choices=choices, remembered=False)

    def to_json(self) -> dict[str, Any]:
        """Return what is stored to remember it."""
        return {
            "schema": self.schema,
            "columns": [
                [choice.header, choice.field, round(choice.confidence, 3)] for choice in self.choices
            ],
        }

    @classmethod
    def from_json(cls, stored: AnyMapping[str, Any]) -> "Mapping":
        """Read what ``to_json`` wrote; a field that no longer exists feeds nothing."""
        schema = schema_named(stored["schema"])
        known = {column.name for column in schema.columns}
        choices = tuple(
            ColumnChoice(str(header), field if field in known else None, float(confidence))
            for header, field, confidence in stored["columns"]
        )
        return cls(schema.name, choices)


def header_signature(headers: Sequence[str]) -> str:
    """Return 64 hexadecimal digits that are the same for the same headers, whatever their accents and
    capitals.
    """
    return hashlib.sha256("\n".join(fold(header) for header in headers).encode()).hexdigest()


def propose(
    headers: Sequence[str],
    schema: Schema,
    sample_rows: Sequence[Row] = (),
    remembered: Mapping | None = None,
) -> Mapping:
    """Propose which column feeds which field; a remembered mapping of the same headers is taken as it is."""
    if remembered and remembered.schema == schema.name and remembered.signature == header_signature(headers):
        pairs = zip(headers, remembered.choices, strict=True)
        kept = tuple(ColumnChoice(header, choice.field, 1.0) for header, choice in pairs)
        return Mapping(schema.name, kept, remembered=True)
    scores = [
        (confidence, -rank, -index, column.name)
        for index, header in enumerate(headers)
        for rank, column in enumerate(schema.columns)
        if (confidence := _confidence(header, column, [row.cells[index] for row in sample_rows])) >= THRESHOLD
    ]
    taken: dict[int, tuple[str, float]] = {}
    fields: set[str] = set()
    for confidence, _, minus_index, field in sorted(scores, reverse=True):
        if -minus_index not in taken and field not in fields:
            taken[-minus_index] = (field, confidence)
            fields.add(field)
    choices = (
        ColumnChoice(header, *taken[index]) if index in taken else ColumnChoice(header, None, 0.0)
        for index, header in enumerate(headers)
    )
    return Mapping(schema.name, tuple(choices))


def _confidence(header: str, column: Column, cells: Sequence[Any]) -> float:
    likeness = _likeness(header, column)
    filled = [cell for cell in cells if not is_nothing(cell)]
    if not filled or column.kind not in _TELLING:
        return min(likeness, 1.0)
    readable = sum(_reads(cell, column) for cell in filled) / len(filled)
    if readable > 0.8 and column.kind in _UNMISTAKABLE:
        return max(min(likeness + 0.1, 1.0), _UNMISTAKABLE[column.kind] if len(filled) >= 2 else 0.0)
    if readable < 0.2 and likeness < 0.99 and len(filled) >= _ENOUGH_CELLS:
        return likeness - 0.35
    return min(likeness + (0.03 if readable > 0.8 else 0.0), 1.0)


def _reads(cell: Any, column: Column) -> bool:
    try:
        read_value(cell, column)
    except UserMistake:
        return False
    return True


def _likeness(header: str, column: Column) -> float:
    """Compare with the label first, then the aliases; the last part of « Contact / nom » counts a little
    less.
    """
    whole = fold(header)
    parts = [(whole, 1.0)]
    if " / " in header:
        parts.append((fold(header.rsplit(" / ", 1)[1]), 0.94))
    best = 0.0
    for text, weight in parts:
        for spelling, rank in _spellings(column):
            best = max(best, weight * rank * _alike(text, spelling))
    return best


def _spellings(column: Column) -> list[tuple[str, float]]:
    own = [(fold(column.label), 1.0), (fold(column.name), 0.99)]
    return own + [(fold(alias), 0.98) for alias in column.aliases]


def _alike(text: str, spelling: str) -> float:
    if text == spelling:
        return 1.0
    if len(spelling) < 4 or len(text) < 3:
        return 0.0
    whole = fuzz.ratio(text, spelling) / 100
    words = fuzz.token_sort_ratio(text, spelling) / 100
    inside = fuzz.token_set_ratio(text, spelling) / 100
    shorter, longer = sorted((len(text), len(spelling)))
    nested = inside * (0.74 + 0.2 * shorter / longer) if inside >= 0.97 else 0.0
    return max(whole if whole >= 0.84 else 0.0, 0.97 * words if words >= 0.84 else 0.0, nested)
