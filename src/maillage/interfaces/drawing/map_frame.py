"""From degrees to a drawing: equal distances north and east at the middle latitude. No tiles, no projection file."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

WIDTH = 640
TALLEST, FLATTEST = 700, 300
MARGIN = 28
EARTH_KM = 6371.009
MAINLAND = (41.2, 51.3, -5.4, 9.8)
LEAST_DEGREES = 0.12
GRID = 3

Point: TypeAlias = tuple[float, float]
"""Latitude, longitude, in degrees; or x, y in pixels once placed."""


@dataclass(frozen=True, slots=True)
class Town:
    """A commune of the ground, with what decides whether its name is written."""

    latitude: float
    longitude: float
    name: str
    population: int = 0


class Frame:
    """The drawing that holds all ``points``; ``height`` follows their shape."""

    def __init__(self, points: Sequence[Point]) -> None:
        south, north = _wide(min(p[0] for p in points), max(p[0] for p in points))
        west, east = _wide(min(p[1] for p in points), max(p[1] for p in points))
        self._north, self._west = north, west
        self._shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
        across, down = (east - west) * self._shrink, north - south
        room = WIDTH - 2 * MARGIN
        self._pixels = min(room / across, (TALLEST - 2 * MARGIN) / down)
        self.height = max(FLATTEST, round(down * self._pixels + 2 * MARGIN))
        self._left = (WIDTH - across * self._pixels) / 2
        self._top = (self.height - down * self._pixels) / 2
        self.pixels_a_km = self._pixels / (math.pi * EARTH_KM / 180)

    def place(self, point: Point) -> Point:
        """Return x, y."""
        x = self._left + (point[1] - self._west) * self._shrink * self._pixels
        y = self._top + (self._north - point[0]) * self._pixels
        return round(x, 1), round(y, 1)

    def holds(self, place: Point, margin: float = 0) -> bool:
        """Tell whether x, y is inside."""
        return margin <= place[0] <= WIDTH - margin and margin <= place[1] <= self.height - margin

    def scale_km(self) -> int:
        """Return the round number of kilometres that takes about a fifth of the width."""
        wished = max(WIDTH / 5 / self.pixels_a_km, 1)
        tens = 10 ** math.floor(math.log10(wished))
        return max(int(tens * max(step for step in (1, 2, 5) if step * tens <= wished)), 1)


def _wide(low: float, high: float) -> tuple[float, float]:
    """Widen a span so that a single commune does not fill the drawing."""
    lacking = max(0.0, LEAST_DEGREES - (high - low)) / 2
    return low - lacking, high + lacking


def on_earth(latitude: float | None, longitude: float | None) -> bool:
    """Tell whether a place can be drawn."""
    known = latitude is not None and longitude is not None
    return known and abs(latitude or 0.0) <= 90 and abs(longitude or 0.0) <= 180


def on_mainland(point: Point) -> bool:
    """Tell whether a point is in metropolitan France."""
    south, north, west, east = MAINLAND
    return south <= point[0] <= north and west <= point[1] <= east


def dots(towns: Iterable[Town], frame: Frame) -> str:
    """Return a path of dots, one for each commune of the frame, one at most in each small square."""
    cells = set()
    for one in towns:
        x, y = frame.place((one.latitude, one.longitude))
        if frame.holds((x, y)):
            cells.add((round(y / GRID) * GRID, round(x / GRID) * GRID))
    return "".join(f"M{x},{y}h0" for y, x in sorted(cells))


def dot_size(frame: Frame) -> float:
    """Return how large the dots of communes are."""
    return round(min(4.0, max(1.6, frame.pixels_a_km / 2)), 1)
