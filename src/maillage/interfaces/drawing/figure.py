"""A drawing and its twin in words: title, picture, key, remarks, table."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.core.french import number, plural, typography
from maillage.interfaces.drawing.marks import KIND_WORDS, fill, joined, tag, weaves
from maillage.interfaces.drawing.words import Cell, clean, said

OPEN_ROWS = 10
"""A longer table is folded."""
MANY_COLUMNS = 7
"""A wider table scrolls in its own box."""
MOST_ROWS = 2_000
"""A longer table is cut, and says so."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in words and numbers; a number is written in French when it is shown, and kept whole until then."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    digits: int = 2

    def __post_init__(self) -> None:
        """Refuse a row that has not one cell a column."""
        if any(len(row) != len(self.columns) for row in (*self.rows, self.total or self.columns)):
            raise ValueError(f"{self.caption}: every row of a table has {len(self.columns)} cells")

    def sum_of(self, column: int) -> float:
        """Return the sum of the known numbers of a column."""
        return total(cell for row in self.rows if isinstance(cell := row[column], int | float))

    def html(self, *, most: int = MOST_ROWS) -> Markup:
        """Return the table; past ``most`` rows it is cut, and says so."""
        sides = [self._side(at) for at in range(len(self.columns))]
        head = [
            tag("th", typography(clean(one)), scope="col", class_=side)
            for one, side in zip(self.columns, sides, strict=True)
        ]
        body = [self._row(row, sides) for row in self.rows[:most]]
        parts = [
            tag("caption", typography(clean(self.caption))),
            tag("thead", [tag("tr", head)]),
            tag("tbody", body),
        ]
        if self.total:
            parts.append(tag("tfoot", [self._row(self.total, sides)]))
        two = " d-two" if len(self.columns) < 3 else ""
        table = tag("table", parts, class_=f"d-table{two}")
        if len(self.rows) <= most:
            return table
        told = f"Pour rester légère, la page montre {number(most)} lignes sur {number(len(self.rows))}."
        return joined([table, tag("p", typography(told), class_="d-note")])

    def _row(self, row: Sequence[Cell], sides: Sequence[str | None]) -> Markup:
        cells: list[Markup] = []
        for column, cell, side in zip(self.columns, row, sides, strict=True):
            name, named = ("td", {"data_label": column}) if cells else ("th", {"scope": "row"})
            cells.append(tag(name, self._words(cell), class_=side, **named))
        return tag("tr", cells)

    def _words(self, cell: Cell) -> str:
        if isinstance(cell, Markup):
            return cell
        words = said(cell, digits=self.digits)
        return typography(words) if isinstance(cell, str) else words

    def _side(self, column: int) -> str | None:
        """Numbers stand on the right, in figures of one width."""
        cells = [row[column] for row in self.rows if row[column] is not None]
        return "d-num" if cells and all(isinstance(cell, int | float) for cell in cells) else None


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the key: what a kind means here."""

    kind: str
    words: str
    shape: Markup | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture and its twin: ``sentence`` says it in one breath, ``table`` line by line.

    ``least`` is the least width in pixels at which the picture can be read: narrower, it scrolls inside its own box.
    """

    name: str
    title: str
    sentence: str
    svg: Markup
    table: Table
    key: tuple[Key, ...] = ()
    remarks: tuple[str, ...] = ()
    least: int = 0

    def figure(self, *, most_rows: int = MOST_ROWS) -> Markup:
        """Return the whole figure: picture, key in words, remarks, table."""
        sized = f" d-least-{min(-(-self.least // 80) * 80, 1600)}" if self.least > 320 else ""
        scroll = {"tabindex": "0"} if sized else {}
        box = tag(
            "div",
            [self.svg],
            class_=f"d-box{sized}",
            role="group",
            aria_label=f"Dessin : {clean(self.title)}",
            **scroll,
        )
        return tag(
            "figure",
            [
                tag("figcaption", typography(clean(self.title)), class_="d-title"),
                box,
                key_html(self.key, self.name),
                *[tag("p", typography(clean(one)), class_="d-note") for one in self.remarks],
                twin(self.table, most=most_rows, label="La même chose en tableau"),
            ],
            class_=f"d-figure{' d-wide' if self.least > 480 else ''}",
        )

    def __html__(self) -> str:
        """Templates of Jinja print the whole figure (those of Django ask for ``figure``)."""
        return self.figure()


def twin(table: Table, *, most: int = MOST_ROWS, label: str = "Le tableau") -> Markup:
    """Return a table, folded when it is long."""
    html = table.html(most=most)
    if len(table.columns) > MANY_COLUMNS:
        html = tag(
            "div",
            [html],
            class_="d-many",
            tabindex=0,
            role="group",
            aria_label=typography(clean(table.caption)),
        )
    count = len(table.rows)
    if count <= OPEN_ROWS:
        return tag("div", [html], class_="d-twin")
    summary = tag("summary", typography(f"{label} : {number(count)}\u00a0{plural(count, 'ligne', 'lignes')}"))
    return tag("details", [summary, html], class_="d-twin")


def key_html(key: Sequence[Key], name: str) -> Markup:
    """Return the key in words: a swatch of the same weave beside each word."""
    if not key:
        return Markup("")
    defs = weaves([one.kind for one in key], f"{name}k")
    items = [tag("li", [_swatch(one, f"{name}k"), typography(clean(one.words))]) for one in key]
    holder = (
        tag("svg", [defs], class_="d-hidden", aria_hidden="true", width=0, height=0) if defs else Markup("")
    )
    return joined([holder, tag("ul", items, class_="d-key")])


def _swatch(one: Key, name: str) -> Markup:
    shape = one.shape or tag("rect", x=1, y=1, width=18, height=12, **fill(one.kind, name))
    return tag(
        "svg", [shape], class_="d-swatch", aria_hidden="true", width=20, height=14, viewBox="0,0,20,14"
    )


def kinds_key(kinds: Sequence[str], words: Mapping[str, str] | None = None) -> tuple[Key, ...]:
    """Return the key of these kinds, each once, in the order of ``KIND_WORDS``; ``words`` replace ours."""
    said_words = {**KIND_WORDS, **(words or {})}
    return tuple(Key(kind, said_words[kind]) for kind in KIND_WORDS if kind in set(kinds))


def total(values: Iterable[float | None]) -> float:
    """Return the exact sum of the numbers that are finite; 0 when it passes what a float holds."""
    kept = [value for value in values if value is not None and math.isfinite(value)]
    try:
        return math.fsum(kept)
    except OverflowError:
        return math.inf
