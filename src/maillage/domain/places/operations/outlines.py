"""Stores the official borders of communes; their middle becomes the commune's point."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Municipality, Outline, PositionSource
from maillage.domain.places.operations.positions import set_positions

Ring: TypeAlias = Sequence[Sequence[float]]
Polygons: TypeAlias = Sequence[Sequence[Ring]]

_DIGITS = 5  # one metre


@dataclass(frozen=True, slots=True)
class OutlineReport:
    """What was stored; ``unknown`` are codes that no commune of the present list bears."""

    created: int
    updated: int
    unchanged: int
    unknown: tuple[str, ...]


@transaction.atomic
def store_outlines(*, outlines: Mapping[str, Polygons], vintage: str, source: str) -> OutlineReport:
    """Store polygons by commune code, each a list of rings of [longitude, latitude]; unchanged ones stay."""
    known = set(Municipality.objects.filter(code__in=outlines).values_list("code", flat=True))
    present = {row.pk: row for row in Outline.objects.filter(municipality__in=known)}
    created, updated = [], []
    for code in sorted(known):
        polygons = _rounded(code, outlines[code])
        row = present.get(code)
        if row is None:
            created.append(Outline(municipality_id=code, polygons=polygons, vintage=vintage, source=source))
        elif (row.polygons, row.vintage, row.source) != (polygons, vintage, source):
            row.polygons, row.vintage, row.source = polygons, vintage, source
            updated.append(row)
    Outline.objects.bulk_create(created, batch_size=500)
    Outline.objects.bulk_update(updated, ["polygons", "vintage", "source"], batch_size=500)
    set_positions(
        positions={row.pk: _middle(row.polygons) for row in (*created, *updated)},
        source=PositionSource.OUTLINE,
    )
    return OutlineReport(
        created=len(created),
        updated=len(updated),
        unchanged=len(known) - len(created) - len(updated),
        unknown=tuple(sorted(set(outlines) - known)),
    )


def _rounded(code: str, polygons: Polygons) -> list[list[list[list[float]]]]:
    rounded = [
        [[[round(point[0], _DIGITS), round(point[1], _DIGITS)] for point in ring] for ring in polygon]
        for polygon in polygons
    ]
    if not rounded or any(not polygon or len(polygon[0]) < 4 for polygon in rounded):
        raise UserMistake(
            f"Le contour de la commune {code} n’est pas fermé : il lui faut au moins quatre points. "
            "Vérifiez que le fichier est complet."
        )
    return rounded


def _middle(polygons: Polygons) -> tuple[float, float]:
    """Return (latitude, longitude) of the centroid of the largest outer ring (shoelace formula)."""
    _, longitude, latitude = max((_centroid(polygon[0]) for polygon in polygons), key=lambda one: one[0])
    return round(latitude, _DIGITS), round(longitude, _DIGITS)


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Return (area, x, y); about the first point, so that small communes lose no precision."""
    x0, y0 = ring[0][0], ring[0][1]
    twice, sum_x, sum_y = 0.0, 0.0, 0.0
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        ax, ay, bx, by = one[0] - x0, one[1] - y0, other[0] - x0, other[1] - y0
        cross = ax * by - bx * ay
        twice += cross
        sum_x += (ax + bx) * cross
        sum_y += (ay + by) * cross
    if twice == 0:
        return 0.0, sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)
    return abs(twice) / 2, x0 + sum_x / (3 * twice), y0 + sum_y / (3 * twice)
