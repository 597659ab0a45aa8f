"""The load along a round: steps, with the line of the capacity; what passes it is hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.core.french import NBSP, typography
from maillage.interfaces.drawing.axes import across, level
from maillage.interfaces.drawing.figure import Drawing, Table, kinds_key
from maillage.interfaces.drawing.marks import fill, frame, key_of, percent, tag
from maillage.interfaces.drawing.scales import Tick, TimeScale, is_moment, quantities, time_ticks, time_words
from maillage.interfaces.drawing.words import Cell, counted, finite, said

HIGH, TOP, FOOT = 170.0, 26.0, 24.0
MOST_STEPS = 600
WORDS = {"flow": "À bord", "late": "Au-dessus de la capacité"}


@dataclass(frozen=True, slots=True)
class Step:
    """From ``at`` on, until the next step, ``value`` is on board; ``label`` is the stop."""

    at: float
    value: float | None
    label: str = ""


def profile(
    steps: Sequence[Step],
    *,
    title: str,
    unit: str = "",
    capacity: float | None = None,
    scale: TimeScale = "order",
    end: float | None = None,
) -> Drawing:
    """Draw a load that changes at each step; the last one lasts until ``end``."""
    drawn = sorted((one for one in steps if is_moment(one.at)), key=lambda one: one.at)[:MOST_STEPS]
    limit = capacity if capacity is not None and finite(capacity) and capacity > 0 else None
    highest = max(map(_load, drawn), default=0.0)
    roof, heights = quantities(max(highest, limit or 0.0), unit, most=3)
    first = drawn[0].at if drawn else 0.0
    last = max([one.at for one in drawn] + ([end] if end is not None and is_moment(end) else []), default=1.0)
    start, stop, ticks = time_ticks(scale, first, last)
    key = key_of("profile", steps, title, unit, capacity, scale, end)
    floor = TOP + HIGH
    parts = [
        *across(ticks, (start, stop), rules=(floor, floor + 4), words=floor + 18),
        *[level(_level(tick.at, roof)) for tick in heights],
        *_steps(drawn, (start, stop, last), roof, limit, key),
        level(floor, "d-axis"),
        *_heights(heights, roof, limit),
        *(_capacity(limit, roof, unit) if limit is not None else ()),
    ]
    over = [one for one in drawn if limit is not None and _load(one) > limit]
    kinds = ["flow", *(["late"] if over else [])]
    sentence = _sentence(steps, highest, limit, unit, len(over))
    svg = frame(parts, key=key, title=title, sentence=sentence, height=floor + FOOT, kinds=kinds)
    table = _table(steps, title, unit, limit, scale)
    return Drawing(key, title, sentence, svg, table, kinds_key(kinds, WORDS), _remarks(steps))


def _load(one: Step) -> float:
    return one.value if one.value is not None and finite(one.value) and one.value > 0 else 0.0


def _level(value: float, roof: float) -> float:
    return TOP + HIGH * (1 - min(value / roof, 1.0))


def _steps(
    drawn: Sequence[Step], span: tuple[float, float, float], roof: float, limit: float | None, key: str
) -> list[Markup]:
    start, stop, last = span
    found = []
    for at, one in enumerate(drawn):
        until = drawn[at + 1].at if at + 1 < len(drawn) else last
        left, share = 100 * (one.at - start) / (stop - start), 100 * (until - one.at) / (stop - start)
        wide = max(share, 0.3)
        x, wide_said = percent(min(left, 100 - wide)), percent(wide)
        load, name = _load(one), tag("title", f"{one.label} : {said(one.value)}")
        inside = load if limit is None else min(load, limit)
        y = _level(inside, roof)
        found.append(
            tag("rect", [name], x=x, width=wide_said, y=y, height=TOP + HIGH - y, **fill("flow", key))
        )
        if limit is not None and load > limit:
            above = _level(load, roof)
            found.append(tag("rect", x=x, width=wide_said, y=above, height=y - above, **fill("late", key)))
    return found


def _heights(ticks: Sequence[Tick], roof: float, limit: float | None) -> list[Markup]:
    """Return the words of the heights, but at the floor and where the capacity has its own."""
    shown = [tick for tick in ticks if tick.at > 0 and (limit is None or abs(tick.at - limit) > roof * 0.04)]
    return [
        tag("text", tick.words, x="100%", y=_level(tick.at, roof) - 4, class_="d-level", text_anchor="end")
        for tick in shown
    ]


def _capacity(limit: float, roof: float, unit: str) -> list[Markup]:
    y = _level(limit, roof)
    words = typography(f"capacité : {said(limit, unit)}")
    return [
        level(y, "d-limit"),
        tag("text", words, x=0, y=y - 6, class_="d-limit-words"),
    ]


def _table(steps: Sequence[Step], title: str, unit: str, limit: float | None, scale: TimeScale) -> Table:
    say, of_unit, timed = time_words(scale), f" ({unit})" if unit else "", scale != "order"
    rows: list[tuple[Cell, ...]] = []
    for one in steps:
        value = one.value if finite(one.value) else None
        free: Cell = None if limit is None or value is None else limit - value
        moment = say(one.at) if is_moment(one.at) else said(one.at)
        when, room = ((moment,) if timed else ()), ((free,) if limit is not None else ())
        rows.append((one.label or moment, *when, value, *room))
    when, room = (("Quand",) if timed else ()), ((f"Place libre{of_unit}",) if limit is not None else ())
    return Table(title, ("Arrêt", *when, f"À bord{of_unit}", *room), tuple(rows))


def _sentence(steps: Sequence[Step], highest: float, limit: float | None, unit: str, over: int) -> str:
    if not steps:
        return "Aucun arrêt."
    capacity = "" if limit is None else f" pour une capacité de {said(limit, unit)}"
    beyond = f" Elle est dépassée {over} fois." if over else ""
    stops = counted(len(steps), "arrêt", "arrêts")
    return f"{stops}. Charge la plus haute{NBSP}: {said(highest, unit)}{capacity}.{beyond}"


def _remarks(steps: Sequence[Step]) -> tuple[str, ...]:
    remarks = []
    if len(steps) > MOST_STEPS:
        remarks.append(f"Les {MOST_STEPS} premiers arrêts sont dessinés ; le tableau les a tous.")
    if any(not is_moment(one.at) or not finite(one.value) or (one.value or 0) < 0 for one in steps):
        remarks.append("Une charge inconnue ou négative n’est pas dessinée ; le tableau la dit.")
    return tuple(remarks)
