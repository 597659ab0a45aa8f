"""The marks of a flow: ribbons stretched with the page, nodes and words that keep their size."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.interfaces.drawing.marks import fill, path, percent, tag

NODE = 12
ACROSS = 1000.0
LINE = 17.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A node: ``x`` in percent of the width, the rest in pixels; its words, and the quantity that passes."""

    label: str
    kind: str
    lines: tuple[str, ...]
    told: str
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A link from (``x``, ``y``) to (``to_x``, ``to_y``): x in percent, y the top edge in pixels."""

    x: float
    y: float
    to_x: float
    to_y: float
    thick: float
    kind: str
    label: str
    back: bool


def draw_ribbons(ribbons: Sequence[Ribbon], key: str, height: float) -> Markup:
    """Return the links; thick ones first, so that thin ones stay visible."""
    ordered = sorted((one for one in ribbons if not one.back), key=lambda one: -one.thick)
    shapes = [tag("path", [tag("title", one.label)], d=_band(one), **fill(one.kind, key)) for one in ordered]
    back = [one for one in ribbons if one.back]
    lanes = [height - 8 - 14.0 * at for at in range(len(back))]
    shapes += [
        tag(
            "path",
            [tag("title", f"{one.label} (retour)")],
            d=_return(one, lane),
            class_=f"d-return d-{one.kind}-line",
        )
        for one, lane in zip(back, lanes, strict=True)
    ]
    inner = tag(
        "svg",
        shapes,
        width="100%",
        height=height,
        viewBox=f"0,0,{ACROSS:g},{max(height, 1):.10g}",
        preserveAspectRatio="none",
        class_="d-ribbons",
    )
    return tag("g", [inner, *[_arrow(one) for one in back]])


def _band(one: Ribbon) -> str:
    start, end = one.x * ACROSS / 100, one.to_x * ACROSS / 100
    middle = (start + end) / 2
    low, to_low = one.y + one.thick, one.to_y + one.thick
    return path(
        *("M", start, one.y, "C", middle, one.y, middle, one.to_y, end, one.to_y),
        *("L", end, to_low, "C", middle, to_low, middle, low, start, low, "Z"),
    )


def _return(one: Ribbon, lane: float) -> str:
    start, end = one.x * ACROSS / 100 + 10, one.to_x * ACROSS / 100
    y, to_y, out = one.y + one.thick / 2, one.to_y + one.thick / 2, 22.0
    left = max(end - out, -6.0)
    return path(
        *("M", start, y, "C", start + out, y, start + out, lane, start, lane),
        *("L", end, lane, "C", left, lane, left, to_y, end, to_y),
    )


def _arrow(one: Ribbon) -> Markup:
    head = tag("path", d="M-9,-5L0,0L-9,5z", class_="d-arrow")
    return tag(
        "svg",
        [head],
        x=percent(one.to_x),
        y=one.to_y + one.thick / 2,
        overflow="visible",
        width=1,
        height=1,
    )


def draw_nodes(placed: Sequence[Placed], key: str) -> list[Markup]:
    """Return the nodes and their words, at the right of each."""
    return [tag("g", list(_node(one, key))) for one in placed]


def _node(one: Placed, key: str) -> list[Markup]:
    x = percent(one.x)
    words = [
        tag("tspan", line, x=x, dx=NODE + 6, dy=LINE if at else 0, class_="d-name")
        for at, line in enumerate(one.lines)
    ]
    if one.told:
        words.append(tag("tspan", one.told, x=x, dx=NODE + 6, dy=LINE, class_="d-quantity"))
    tall = LINE * (len(words) - 1)
    first = one.y + max((one.height - tall) / 2 + 4, 12)
    return [
        tag(
            "rect",
            [tag("title", one.label)],
            x=x,
            y=one.y,
            width=NODE,
            height=one.height,
            **fill(one.kind, key),
        ),
        tag("text", words, y=first),
    ]
