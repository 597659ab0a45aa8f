"""Names placed automatically: the important ones first, none over another, none over a mark."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maillage.interfaces.drawing.words import width

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that would stand round ``x``, ``y``, ``away`` pixels from it."""

    text: str
    x: float
    y: float
    away: float


@dataclass(frozen=True, slots=True)
class Written:
    """A name that has found room; ``anchor`` is that of SVG."""

    text: str
    x: float
    y: float
    anchor: str


def write(
    wishes: Iterable[Wish], *, size: float, inside: tuple[float, float], avoid: Sequence[Box] = (), most: int
) -> list[Written]:
    """Return the names that find room, in the order wished; ``inside`` is the width and height of the drawing."""
    taken, found = list(avoid), list[Written]()
    for wish in wishes:
        if len(found) >= most:
            break
        for written, box in _sides(wish, size):
            fits = box[0] >= 2 and box[1] >= 2 and box[2] <= inside[0] - 2 and box[3] <= inside[1] - 2
            if fits and not any(_over(box, other) for other in taken):
                taken.append(box)
                found.append(written)
                break
    return found


def _sides(wish: Wish, size: float) -> list[tuple[Written, Box]]:
    wide, away = width(wish.text, size), wish.away
    middle = wish.y + size * 0.35
    slant = away * 0.7
    places = (
        (wish.x, wish.y + away + size, "middle"),
        (wish.x + away + 3, middle, "start"),
        (wish.x - away - 3, middle, "end"),
        (wish.x, wish.y - away - 4, "middle"),
        (wish.x + slant, wish.y + slant + size, "start"),
        (wish.x - slant, wish.y + slant + size, "end"),
        (wish.x + slant, wish.y - slant - 2, "start"),
        (wish.x - slant, wish.y - slant - 2, "end"),
    )
    found = []
    for x, y, anchor in places:
        left = x - wide / 2 if anchor == "middle" else x if anchor == "start" else x - wide
        box = (left - 1, y - size * 0.85, left + wide + 1, y + size * 0.3)
        found.append((Written(wish.text, round(x, 1), round(y, 1), anchor), box))
    return found


def _over(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
