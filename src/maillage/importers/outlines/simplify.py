"""Lighter borders that still fit together.

Each ring is cut where the set of communes that share its points changes; each piece is simplified once
(Douglas and Peucker, 1973) and used by both neighbours, so that no gap opens between them.
"""

import math
from collections import defaultdict
from collections.abc import Sequence

from maillage.importers.outlines.schema import Point, Polygon, Ring


def simplified(outlines: Sequence[Sequence[Polygon]], tolerance: float) -> list[tuple[Polygon, ...]]:
    """Return the same outlines with fewer points; ``tolerance`` is in degrees of latitude."""
    owners: dict[Point, set[int]] = defaultdict(set)
    for index, polygons in enumerate(outlines):
        for polygon in polygons:
            for ring in polygon:
                for point in ring:
                    owners[point].add(index)
    pieces: dict[Ring, Ring] = {}
    return [
        tuple(
            tuple(kept for ring in polygon if (kept := _ring(ring, owners, pieces, tolerance)))
            for polygon in polygons
        )
        for polygons in outlines
    ]


def _ring(ring: Ring, owners: dict[Point, set[int]], pieces: dict[Ring, Ring], tolerance: float) -> Ring:
    open_ring = ring[:-1] if ring[0] == ring[-1] else ring
    count = len(open_ring)
    cuts = [
        at
        for at in range(count)
        if owners[open_ring[at]] != owners[open_ring[at - 1]]
        or owners[open_ring[at]] != owners[open_ring[(at + 1) % count]]
    ]
    if len(cuts) < 2:
        start = open_ring.index(min(open_ring))
        far = max(range(count), key=lambda at: (math.dist(open_ring[at], open_ring[start]), open_ring[at]))
        cuts = sorted({start, far})
    result: list[Point] = []
    for number, at in enumerate(cuts):
        until = cuts[(number + 1) % len(cuts)]
        length = (until - at) % count or count
        piece = tuple(open_ring[(at + step) % count] for step in range(length + 1))
        result.extend(_piece(piece, pieces, tolerance)[:-1])
    kept = (*result, result[0])
    return kept if len(kept) >= 4 else ring


def _piece(piece: Ring, pieces: dict[Ring, Ring], tolerance: float) -> Ring:
    backwards = piece[::-1] < piece
    canonical = piece[::-1] if backwards else piece
    if canonical not in pieces:
        pieces[canonical] = _douglas_peucker(canonical, tolerance)
    return pieces[canonical][::-1] if backwards else pieces[canonical]


def _douglas_peucker(line: Ring, tolerance: float) -> Ring:
    keep = {0, len(line) - 1}
    shrink = math.cos(math.radians(line[0][1]))
    pending = [(0, len(line) - 1)]
    while pending:
        first, last = pending.pop()
        farthest, distance = first, 0.0
        for at in range(first + 1, last):
            away = _distance(line[at], line[first], line[last], shrink)
            if away > distance:
                farthest, distance = at, away
        if distance > tolerance:
            keep.add(farthest)
            pending += [(first, farthest), (farthest, last)]
    return tuple(line[at] for at in sorted(keep))


def _distance(point: Point, start: Point, end: Point, shrink: float) -> float:
    """Distance from a point to a segment, longitudes shrunk to the length of latitudes."""
    x, y = (point[0] - start[0]) * shrink, point[1] - start[1]
    dx, dy = (end[0] - start[0]) * shrink, end[1] - start[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, (x * dx + y * dy) / length))
    return math.hypot(x - along * dx, y - along * dy)
