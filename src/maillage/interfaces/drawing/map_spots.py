"""The marks of a map: what stands on one point is gathered, with its numbers or its count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.interfaces.drawing.labels import Box
from maillage.interfaces.drawing.map_frame import Frame, Point
from maillage.interfaces.drawing.marks import tag
from maillage.interfaces.drawing.shapes import shape, shaped
from maillage.interfaces.drawing.words import clean, shorten, width

ASIDE = 17.0
"""How far a number stands from a shape of the same place."""
SIZES = ((150, 1.0), (800, 0.6), (10**9, 0.4))
"""Size of a shape, by the most places that are drawn so."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark of the map: numbers of a route, or a shape and how many are there."""

    x: float
    y: float
    shape: str
    orders: tuple[str, ...]
    labels: tuple[str, ...]


def gather(rows: Iterable[tuple[Point, str, str, str]], frame: Frame) -> list[Spot]:
    """Gather what stands on one point (rows: point, shape, order, label): a mark a shape, numbers together."""
    found: dict[tuple[float, float, str], list[tuple[str, str]]] = {}
    for point, name, order, label in rows:
        x, y = frame.place(point)
        found.setdefault((y, x, "order" if order else shaped(name)), []).append((clean(order), label))
    shared = {(y, x) for y, x, name in found if name != "order"}
    return [
        Spot(
            x + ASIDE if name == "order" and (y, x) in shared else x,
            y,
            name,
            tuple(order for order, _ in group if order),
            tuple(label for _, label in group),
        )
        for (y, x, name), group in sorted(found.items(), key=lambda item: item[0])
    ]


def size_of(spots: Sequence[Spot]) -> float:
    """Return how large shapes are: the more, the smaller."""
    return next(size for most, size in SIZES if len(spots) <= most)


def draw_spot(spot: Spot, size: float) -> Markup:
    """Return the mark."""
    title = ", ".join(map(clean, spot.labels[:12])) + (
        f" et {len(spot.labels) - 12} autres" if len(spot.labels) > 12 else ""
    )
    if spot.orders:
        words = _orders(spot.orders)
        half = max(width(words, 12) / 2 + 4, 10)
        box = tag(
            "rect", x=spot.x - half, y=spot.y - 10, width=2 * half, height=20, rx=10, class_="d-order-disc"
        )
        text = tag("text", words, x=spot.x, y=spot.y + 4.5, class_="d-order", text_anchor="middle")
        return tag("g", [tag("title", title), box, text])
    mark = shape(spot.shape, spot.x, spot.y, size=size, title=title)
    if len(spot.labels) < 2 or size < 1:
        return mark
    disc = tag(
        "rect",
        x=spot.x + 3,
        y=spot.y - 15,
        width=max(16, width(str(len(spot.labels)), 12) + 7),
        height=16,
        rx=8,
        class_="d-order-disc",
    )
    count = tag("text", str(len(spot.labels)), x=spot.x + 7, y=spot.y - 3, class_="d-order")
    return tag("g", [mark, disc, count])


def _orders(orders: Sequence[str]) -> str:
    kept = ", ".join(orders[:3])
    return shorten(kept, 70, 12) + ("…" if len(orders) > 3 else "")


def box_of(spot: Spot, size: float) -> Box:
    """Return the room it takes."""
    half = max(width(_orders(spot.orders), 12) / 2 + 4, 10) if spot.orders else 9 * size
    return spot.x - half, spot.y - 10 * size, spot.x + half, spot.y + 10 * size
