"""The schematic mesh: one cell a commune, computed from the communes' points when there are no outlines.

Each cell is the part of the plane nearer to its commune than to any other (Voronoi), cut by a hull drawn a
little outside the points and by a disc round its own point, so that border communes do not run to infinity.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Points: TypeAlias = NDArray[np.float64]

_KM_A_DEGREE = 111.195  # mean Earth radius 6371.0088 km (IUGG)
_CIRCLE = 24
_GOLDEN_ANGLE = 2.399963229728653
_DISC = 1.6  # in spacings between neighbours
_HULL = 0.75
_LONELY_KM = 4.0
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """The ring of one commune's cell, closed, as (longitude, latitude)."""

    ring: tuple[tuple[float, float], ...]


def cells(positions: Sequence[tuple[float, float]]) -> list[Cell]:
    """Return one cell for each (latitude, longitude), in the same order; deterministic."""
    if not positions:
        return []
    degrees = np.asarray(positions, dtype=np.float64)
    middle = degrees.mean(axis=0)
    scale = np.array([np.cos(np.radians(middle[0])), 1.0]) * _KM_A_DEGREE
    known = (degrees[:, ::-1] - middle[::-1]) * scale
    spacing = _spacing(np.unique(np.round(known, 3), axis=0))
    points = _apart(known)
    hull = _hull(points, spacing * _HULL)
    rings = (
        _clip(_clip(region, _circle(point, spacing * _DISC)), hull)
        for region, point in zip(_regions(points, spacing), points, strict=True)
    )
    return [Cell(_closed(ring / scale + middle[::-1])) for ring in rings]


def _apart(points: Points) -> Points:
    """Move communes that share one point along a small spiral: their place is approximate anyway."""
    _, inverse = np.unique(np.round(points, 3), axis=0, return_inverse=True)
    seen: dict[int, int] = {}
    moved = points.copy()
    for index, place in enumerate(inverse.ravel()):
        rank = seen.get(int(place), 0)
        seen[int(place)] = rank + 1
        angle, radius = rank * _GOLDEN_ANGLE, 1.2 * np.sqrt(rank)
        moved[index] += radius * np.array([np.cos(angle), np.sin(angle)])
    return moved


def _spacing(points: Points) -> float:
    """The usual distance between neighbours, in km: the ninth decile, so that few holes remain.

    Communes moved apart are not counted: their neighbours are near because nobody knows where they are.
    """
    if len(points) < 2:
        return _LONELY_KM
    from scipy.spatial import cKDTree  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    return float(max(np.quantile(nearest, 0.9), 0.5))


def _circle(centre: Points, radius: float) -> Points:
    angles = np.arange(_CIRCLE) * (2 * np.pi / _CIRCLE)
    return np.asarray(centre + radius * np.column_stack([np.cos(angles), np.sin(angles)]))


def _hull(points: Points, margin: float) -> Points:
    """The convex hull of discs round the points, anticlockwise."""
    from scipy.spatial import ConvexHull  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    around = np.concatenate([_circle(point, margin) for point in points])
    return np.asarray(around[ConvexHull(around).vertices])


def _regions(points: Points, spacing: float) -> list[Points]:
    """The Voronoi region of each point, made finite by a ring of far points."""
    from scipy.spatial import Voronoi  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    reach = float(np.abs(points).max()) + 20 * spacing
    far = _circle(np.zeros(2), 4 * reach)
    diagram = Voronoi(np.concatenate([points, far]))
    return [
        _anticlockwise(diagram.vertices[diagram.regions[diagram.point_region[index]]])
        for index in range(len(points))
    ]


def _anticlockwise(ring: Points) -> Points:
    middle = ring.mean(axis=0)
    return np.asarray(ring[np.argsort(np.arctan2(ring[:, 1] - middle[1], ring[:, 0] - middle[0]))])


def _clip(ring: Points, window: Points) -> Points:
    """Cut a convex ring by a convex anticlockwise window (Sutherland and Hodgman, 1974)."""
    for start, end in zip(window, np.roll(window, -1, axis=0), strict=True):
        edge = end - start
        side = edge[0] * (ring[:, 1] - start[1]) - edge[1] * (ring[:, 0] - start[0])
        if (side >= 0).all():
            continue
        kept: list[Points] = []
        for index in range(len(ring)):
            here, there = side[index - 1], side[index]
            if (here >= 0) != (there >= 0):
                share = here / (here - there)
                kept.append(ring[index - 1] + share * (ring[index] - ring[index - 1]))
            if there >= 0:
                kept.append(ring[index])
        ring = np.array(kept)
    return ring


def _closed(ring: Points) -> tuple[tuple[float, float], ...]:
    corners = [(round(float(x), _DIGITS), round(float(y), _DIGITS)) for x, y in ring]
    return (*corners, corners[0])
