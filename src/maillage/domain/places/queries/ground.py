"""The ground of a territory's map: official outlines when they were imported, else the schematic mesh."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.cache import caches

from maillage.domain.places import mesh
from maillage.domain.places.models import Municipality, Outline, Territory
from maillage.domain.places.queries.positions import positions_of

_A_DAY = 86_400
_ENOUGH = 0.5


def territory_map(territory: Territory) -> dict[str, Any]:
    """Return a GeoJSON collection, one feature a commune (``code``, ``name``, ``body``: its EPCI, ``approximate``).

    ``schematic`` tells the mesh from true borders; ``source`` and ``vintage`` say where the borders come from;
    ``missing`` names the communes that have no shape.
    """
    communes = list(territory.municipalities.order_by("code"))
    outlines = {row.pk: row for row in Outline.objects.filter(municipality__territories=territory)}
    if communes and len(outlines) >= _ENOUGH * len(communes):
        return _outlined(communes, outlines)
    return _schematic(communes)


def _outlined(communes: list[Municipality], rows: Mapping[str, Outline]) -> dict[str, Any]:
    features = [
        _feature(one, {"type": "MultiPolygon", "coordinates": rows[one.pk].polygons}, approximate=False)
        for one in communes
        if one.pk in rows
    ]
    return {
        "type": "FeatureCollection",
        "schematic": False,
        "source": " ; ".join(sorted({row.source for row in rows.values()})),
        "vintage": " ; ".join(sorted({row.vintage for row in rows.values()})),
        "missing": [one.label for one in communes if one.pk not in rows],
        "features": features,
    }


def _schematic(communes: list[Municipality]) -> dict[str, Any]:
    positions = positions_of(communes)
    placed = [one for one in communes if one.pk in positions]
    points = [(positions[one.pk].latitude, positions[one.pk].longitude) for one in placed]
    key = _digest(placed, points)
    features = caches["near"].get(key)
    if features is None:
        features = [
            _feature(
                one,
                {"type": "Polygon", "coordinates": [[list(corner) for corner in cell.ring]]},
                approximate=positions[one.pk].approximate,
            )
            for one, cell in zip(placed, mesh.cells(points), strict=True)
        ]
        caches["near"].set(key, features, _A_DAY)
    return {
        "type": "FeatureCollection",
        "schematic": True,
        "source": "Maillage schématique calculé à partir des points des communes",
        "vintage": "",
        "missing": [one.label for one in communes if one.pk not in positions],
        "features": features,
    }


def _digest(communes: list[Municipality], points: list[tuple[float, float]]) -> str:
    rows = [
        (one.code, one.label, one.intermunicipal_body_id, *point)
        for one, point in zip(communes, points, strict=True)
    ]
    return "places.mesh." + hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _feature(commune: Municipality, geometry: dict[str, Any], *, approximate: bool) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": commune.code,
        "properties": {
            "code": commune.code,
            "name": commune.label,
            "body": commune.intermunicipal_body_id,
            "population": commune.population,
            "approximate": approximate,
        },
        "geometry": geometry,
    }
