"""What a header says of its cells: « Quantité annuelle (t) » gives the unit and the period of the whole
column.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.core.periods import Period
from maillage.importers.cells.quantities import SaidQuantity, unit_and_period
from maillage.importers.mapping import Mapping
from maillage.importers.rows import Fault, Step, TypedRow

_IN_BRACKETS = re.compile(r"[(\[]\s*(?:en\s+)?([^)\]]{1,30}?)\s*[)\]]|\ben\s+(\S{1,20})\s*$")
_ADJECTIVES = {
    "annuel": Period.YEAR,
    "annuelle": Period.YEAR,
    "an": Period.YEAR,
    "mensuel": Period.MONTH,
    "mensuelle": Period.MONTH,
    "hebdomadaire": Period.WEEK,
    "quotidien": Period.DAY,
    "quotidienne": Period.DAY,
}


def with_header_hints(mapping: Mapping) -> Step:
    """Return the step that completes quantities whose cell says no unit or no period, from the header."""
    hints = {
        field: _hint(mapping.choices[index].header)
        for field, index in mapping.fields.items()
        if field in {"quantity", "minimum"}
    }

    def step(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
        for field, (unit, period) in hints.items():
            said = row.get(field)
            if isinstance(said, SaidQuantity) and row.get("unit") is None:
                completed = replace(said, unit=said.unit or unit, period=said.period or period)
                row = row.having(**{field: completed})
        return row, []

    return step


def _hint(header: str) -> tuple[str | None, Period | None]:
    period = next((_ADJECTIVES[word] for word in fold(header).split() if word in _ADJECTIVES), None)
    found = _IN_BRACKETS.search(header)
    if not found:
        return None, period
    try:
        unit, said = unit_and_period(found.group(1) or found.group(2))
    except UserMistake:
        return None, period
    return unit, said or period
