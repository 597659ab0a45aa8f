"""Horizontal bars cut in parts: done, promised, proposed, missing; the table beside gives the quantities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.core.french import NBSP
from maillage.interfaces.drawing.axes import across
from maillage.interfaces.drawing.figure import Drawing, Table, kinds_key, total
from maillage.interfaces.drawing.marks import KIND_WORDS, fill, frame, key_of, known, percent, tag
from maillage.interfaces.drawing.scales import quantities
from maillage.interfaces.drawing.words import Cell, counted, finite, said, wrap

LABEL, ROOM, LINE = 14, 215.0, 18
BAR, AFTER = 18, 14
LEAST_SHARE = 1.0
"""Percent of the width under which a part could not be seen: about 3 px on a phone."""
MOST_BARS = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its parts in order, each a kind and a quantity (None: not known)."""

    label: str
    parts: tuple[tuple[str, float | None], ...]


def bars(
    rows: Sequence[Bar], *, title: str, unit: str = "", words: Mapping[str, str] | None = None
) -> Drawing:
    """Draw bars on one scale; ``words`` say what each kind means here. What cannot be drawn stays in the table."""
    kinds = [kind for kind in KIND_WORDS if any(known(part[0]) == kind for row in rows for part in row.parts)]
    key, named = key_of("bars", rows, title, unit, words), {**KIND_WORDS, **(words or {})}
    shown = rows[:MOST_BARS]
    largest = max((_length(row) for row in shown), default=0.0)
    end, ticks = quantities(largest, unit)
    height = 4.0
    body: list[Markup] = []
    for row in shown:
        drawn, height = _bar(row, height, end, key, unit)
        body.extend(drawn)
    parts = [*across(ticks, (0.0, end), rules=(0, height), words=height + 16), *body]
    table = _table(rows, kinds, named, title, unit)
    sentence = _sentence(table, kinds, named, unit)
    svg = frame(parts, key=key, title=title, sentence=sentence, height=height + 24, kinds=kinds)
    return Drawing(key, title, sentence, svg, table, kinds_key(kinds, dict(named)), _remarks(rows))


def _drawable(value: float | None) -> float:
    return value if value is not None and finite(value) and value > 0 else 0.0


def _length(row: Bar) -> float:
    length = total(_drawable(value) for _, value in row.parts)
    return length if finite(length) else max(_drawable(value) for _, value in row.parts)


def _bar(row: Bar, top: float, end: float, key: str, unit: str) -> tuple[list[Markup], float]:
    lines = wrap(row.label, ROOM, LABEL, lines=2)
    drawn = [
        tag("text", line, x=0, y=top + LINE * at + LABEL, class_="d-label") for at, line in enumerate(lines)
    ]
    quantity = total(value for _, value in row.parts)
    drawn.append(
        tag("text", said(quantity, unit), x="100%", y=top + LABEL, class_="d-value", text_anchor="end")
    )
    top += LINE * len(lines) + 2
    left = 0.0
    for kind, value in row.parts:
        share = 100 * (_drawable(value) / end)
        if not share:
            continue
        share = min(max(share, LEAST_SHARE), 100 - left)
        placed = {"x": percent(left), "width": percent(share)}
        drawn.append(tag("rect", y=top, height=BAR, **placed, **fill(kind, key)))
        left += share
    if not left:
        drawn.append(tag("path", class_="d-axis", d=f"M0,{top + BAR / 2:g}h6"))
    return drawn, top + BAR + AFTER


def _table(
    rows: Sequence[Bar], kinds: Sequence[str], named: Mapping[str, str], title: str, unit: str
) -> Table:
    of_unit = f" ({unit})" if unit else ""
    columns = (
        "Ligne",
        *(named[kind] + of_unit for kind in kinds),
        *(("Ensemble" + of_unit,) if len(kinds) > 1 else ()),
    )
    lines: list[tuple[Cell, ...]] = []
    for row in rows:
        cells: list[float | None] = [
            _sum([value for one, value in row.parts if known(one) == kind]) for kind in kinds
        ]
        lines.append((row.label, *cells, *((total(cells),) if len(kinds) > 1 else ())))
    sums = tuple(
        total(cell for line in lines if isinstance(cell := line[at], int | float))
        for at in range(1, len(columns))
    )
    return Table(title, columns, tuple(lines), ("Ensemble", *sums) if len(rows) > 1 else ())


def _sum(values: Sequence[float | None]) -> float | None:
    if values and not any(finite(value) for value in values):
        return None
    return total(values)


def _sentence(table: Table, kinds: Sequence[str], named: Mapping[str, str], unit: str) -> str:
    sums = [f"{named[kind]}{NBSP}: {said(table.sum_of(at), unit)}" for at, kind in enumerate(kinds, 1)]
    return f"{counted(len(table.rows), 'barre', 'barres')}. {', '.join(sums)}. Le tableau qui suit dit la même chose."


def _remarks(rows: Sequence[Bar]) -> tuple[str, ...]:
    remarks = []
    if len(rows) > MOST_BARS:
        remarks.append(f"Les {MOST_BARS} premières lignes sont dessinées ; le tableau les a toutes.")
    if any(not finite(value) or (value or 0) < 0 for row in rows for _, value in row.parts):
        remarks.append("Une quantité inconnue ou négative n’est pas dessinée ; le tableau la dit.")
    return tuple(remarks)
