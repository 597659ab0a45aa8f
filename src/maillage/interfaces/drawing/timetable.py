"""Lanes of time: the rounds of a day, the slots of a week, the months of a calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.core.french import NBSP
from maillage.interfaces.drawing.axes import across, level
from maillage.interfaces.drawing.figure import Drawing, Table, kinds_key
from maillage.interfaces.drawing.marks import KIND_WORDS, fill, frame, key_of, known, percent, tag
from maillage.interfaces.drawing.scales import TimeScale, is_moment, time_ticks, time_words
from maillage.interfaces.drawing.words import Cell, clean, counted, said, shorten, width

LANE, BETWEEN, LABEL, HEAD = 26, 4, 14, 24
NARROWEST_SHARE = 0.35
MOST_LANES, MOST_INTERVALS = 60, 2_000
SMALL, READ_WIDTH = 12.0, 700.0


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``start`` to ``end`` on the scale of the drawing; ``label`` is short, the table says it whole."""

    start: float
    end: float
    label: str = ""
    kind: str = "work"


@dataclass(frozen=True, slots=True)
class Lane:
    """One vehicle, room, person or month: a line of the drawing."""

    label: str
    intervals: tuple[Interval, ...]


def timetable(
    lanes: Sequence[Lane],
    *,
    title: str,
    scale: TimeScale = "clock",
    span: tuple[float, float] | None = None,
    words: Mapping[str, str] | None = None,
) -> Drawing:
    """Draw lanes on one axis of time, which ``span`` fixes; intervals that overlap stand one under another."""
    shown = [_drawable(lane) for lane in lanes[:MOST_LANES]]
    moments = [moment for lane in shown for one in lane.intervals for moment in (one.start, one.end)]
    low, high = (min(moments, default=0.0), max(moments, default=1.0)) if span is None else span
    start, end, ticks = time_ticks(scale, low, high)
    key = key_of("timetable", lanes, title, scale, span, words)
    body, height = [], float(HEAD)
    for lane in shown:
        drawn, height = _lane(lane, height, (start, end), key)
        body.extend(drawn)
    kinds = [known(one.kind) for lane in shown for one in lane.intervals]
    table = _table(lanes, title, scale, words or {})
    sentence = _sentence(lanes, low, high, scale, empty=not moments)
    svg = frame(
        [*across(ticks, (start, end), rules=(HEAD - 6, height), words=12), *body],
        key=key,
        title=title,
        sentence=sentence,
        height=height + 4,
        kinds=kinds,
    )
    named = kinds_key(kinds, dict(words or {}))
    return Drawing(key, title, sentence, svg, table, named, _remarks(lanes), _least(shown, end - start))


def _is_drawable(one: Interval) -> bool:
    return is_moment(one.start) and is_moment(one.end) and one.end >= one.start


def _drawable(lane: Lane) -> Lane:
    kept = [one for one in lane.intervals if _is_drawable(one)]
    return Lane(lane.label, tuple(sorted(kept[:MOST_INTERVALS], key=lambda one: (one.start, one.end))))


def _lane(lane: Lane, top: float, span: tuple[float, float], key: str) -> tuple[list[Markup], float]:
    """Return the marks of a lane and the height after it."""
    drawn = [tag("text", shorten(lane.label, 290, LABEL), x=0, y=top + LABEL, class_="d-label")]
    top += LABEL + 6
    free: list[float] = []
    for one in lane.intervals:
        row = next((at for at, until in enumerate(free) if until <= one.start), len(free))
        free[row : row + 1] = [one.end]
        drawn.extend(_interval(one, top + row * (LANE + BETWEEN), span, key))
    rows = max(len(free), 1)
    bottom = top + rows * (LANE + BETWEEN)
    return [*drawn, level(bottom)], bottom + 10


def _interval(one: Interval, y: float, span: tuple[float, float], key: str) -> list[Markup]:
    """Return a box, and its words when they have room on a wide page (a narrow one cuts them)."""
    start, end = span
    left = min(max(100 * (one.start - start) / (end - start), 0.0), 100 - NARROWEST_SHARE)
    share = min(max(100 * (one.end - one.start) / (end - start), NARROWEST_SHARE), 100 - left)
    placed = {"x": percent(left), "y": y, "width": percent(share), "height": LANE}
    label = clean(one.label)
    box = tag("rect", [tag("title", label)] if label else "", **placed, **fill(one.kind, key))
    if not label or width(label, SMALL) + 8 > share / 100 * READ_WIDTH:
        return [box]
    words = tag("text", label, x=6, y=LANE - 9, class_=f"d-inside d-on-{known(one.kind)}")
    return [box, tag("svg", [words], **placed)]


def _table(lanes: Sequence[Lane], title: str, scale: TimeScale, words: Mapping[str, str]) -> Table:
    named = {**KIND_WORDS, **words}
    rows: list[tuple[Cell, ...]] = []
    for lane in lanes:
        for one in lane.intervals:
            what, label = named[known(one.kind)], clean(one.label)
            told = what if not label or label.casefold() == what.casefold() else f"{what} : {label}"
            rows.append((lane.label, _moment(one.start, scale), _moment(one.end, scale), told))
    return Table(title, ("Ligne", "De", "À", "Quoi"), tuple(rows))


def _moment(value: float, scale: TimeScale) -> str:
    return time_words(scale)(value) if is_moment(value) else said(value)


def _sentence(lanes: Sequence[Lane], low: float, high: float, scale: TimeScale, *, empty: bool) -> str:
    if empty:
        return "Rien n’est prévu."
    count = sum(len(lane.intervals) for lane in lanes)
    told = f"{counted(len(lanes), 'ligne', 'lignes')}, {counted(count, 'moment', 'moments')}"
    when = f"de {_moment(low, scale)} à {_moment(high, scale)}"
    return f"{told}, {when}{NBSP}: le tableau qui suit les donne un par un."


def _remarks(lanes: Sequence[Lane]) -> tuple[str, ...]:
    remarks = []
    if len(lanes) > MOST_LANES:
        remarks.append(f"Les {MOST_LANES} premières lignes sont dessinées ; le tableau les a toutes.")
    if any(len(lane.intervals) > MOST_INTERVALS for lane in lanes):
        remarks.append(
            f"{MOST_INTERVALS} moments au plus sont dessinés sur une ligne ; le tableau les a tous."
        )
    if any(not _is_drawable(one) for lane in lanes for one in lane.intervals):
        remarks.append("Un moment sans heure connue, ou qui finit avant de commencer, n’est pas dessiné.")
    return tuple(remarks)


def _least(lanes: Sequence[Lane], span: float) -> int:
    """A lane of many short moments cannot be read on a phone: it scrolls in its box."""
    shortest = sorted((one.end - one.start) / span for lane in lanes for one in lane.intervals)
    return 720 if shortest and shortest[len(shortest) // 3] * 330 < 40 else 0
