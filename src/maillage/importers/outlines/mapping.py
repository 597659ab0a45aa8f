"""From GeoJSON features to rows."""

import math
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.importers.outlines.fetch import features
from maillage.importers.outlines.schema import OutlineRow, Point, Polygon, Ring
from maillage.importers.outlines.simplify import simplified

# About 55 m: invisible on a screen that shows a département.
TOLERANCE = 0.0005


def read_outlines(source: Path | BinaryIO, *, tolerance: float = TOLERANCE) -> list[OutlineRow]:
    """Return a row a commune; properties ``code`` and ``nom`` (or ``insee``, ``name``) are read.

    ``tolerance`` in degrees; 0 keeps every point. Raises ``UserMistake`` on a file of another kind.
    """
    found = [(_code(feature, number), feature) for number, feature in enumerate(features(source), start=1)]
    if not found:
        raise UserMistake("Le fichier ne contient aucun contour.")
    shapes = [_polygons(feature, code) for code, feature in found]
    if tolerance > 0:
        shapes = [list(polygons) for polygons in simplified(shapes, tolerance)]
    rows = []
    for (code, feature), polygons in zip(found, shapes, strict=True):
        longitude, latitude = _centre(polygons)
        rows.append(
            OutlineRow(
                code, _property(feature, "nom", "name", "libelle"), tuple(polygons), latitude, longitude
            )
        )
    return rows


def _property(feature: dict[str, Any], *names: str) -> str:
    properties = feature.get("properties") or {}
    lowered = {str(key).lower(): value for key, value in properties.items()}
    return next((str(lowered[name]) for name in names if lowered.get(name) not in (None, "")), "")


def _code(feature: dict[str, Any], number: int) -> str:
    code = _property(feature, "code", "insee", "code_insee", "insee_com", "codgeo")
    try:
        return identifiers.municipality_code(code)
    except UserMistake as error:
        raise UserMistake(
            f"Le contour n° {number} n’a pas de code de commune (propriété « code »)."
        ) from error


def _polygons(feature: dict[str, Any], code: str) -> list[Polygon]:
    geometry = feature.get("geometry") or {}
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    parts: Any = [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else []
    try:
        polygons = [tuple(_ring(ring) for ring in part) for part in parts]
    except (TypeError, ValueError, IndexError) as error:
        raise UserMistake(f"Le contour de la commune {code} est illisible.") from error
    if not polygons:
        raise UserMistake(f"La commune {code} n’a pas de contour (Polygon ou MultiPolygon).")
    return polygons


def _ring(ring: Any) -> Ring:
    points = tuple((float(point[0]), float(point[1])) for point in ring)
    if len(points) < 4 or any(not (abs(x) <= 180 and abs(y) <= 90) for x, y in points):
        raise ValueError("ring")
    return points


def _centre(polygons: list[Polygon]) -> Point:
    """Return the centre of gravity of the largest outer ring (shoelace formula)."""
    largest = max(polygons, key=lambda polygon: abs(_area(polygon[0])))[0]
    area = _area(largest)
    if math.isclose(area, 0.0, abs_tol=1e-15):
        return largest[0]
    x = y = 0.0
    base_x, base_y = largest[0]
    for (x1, y1), (x2, y2) in pairwise(largest):
        x1, y1, x2, y2 = x1 - base_x, y1 - base_y, x2 - base_x, y2 - base_y
        cross = x1 * y2 - x2 * y1
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return base_x + x / (6 * area), base_y + y / (6 * area)


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2
