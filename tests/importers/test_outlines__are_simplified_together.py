"""Outlines from GeoJSON."""

import io
import json
import math
from typing import Any

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.outlines import read_outlines


def _feature(code: str, ring: list[list[float]]) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code, "nom": "X"}, "geometry": geometry}


def _file(*features: dict[str, Any]) -> io.BytesIO:
    return io.BytesIO(json.dumps({"type": "FeatureCollection", "features": list(features)}).encode())


BORDER = [[1.0, 0.1 * step + 0.0] if step % 2 else [1.0002, 0.1 * step] for step in range(11)]
LEFT = [[0.0, 0.0], *BORDER, [0.0, 1.0], [0.0, 0.0]]
RIGHT = [[2.0, 0.0], [2.0, 1.0], *reversed(BORDER), [2.0, 0.0]]


def test_outlines__a_shared_border_stays_shared() -> None:
    left, right = read_outlines(_file(_feature("18001", LEFT), _feature("18002", RIGHT)), tolerance=0.001)
    shared = set(left.polygons[0][0]) & set(right.polygons[0][0])
    assert shared == {(1.0002, 0.0), (1.0002, 1.0)}
    assert len(left.polygons[0][0]) == 5


def test_outlines__the_centre_is_that_of_gravity() -> None:
    (row,) = read_outlines(_file(_feature("18001", [[2, 47], [3, 47], [3, 48], [2, 48], [2, 47]])))
    assert (row.longitude, row.latitude) == (2.5, 47.5)
    assert (row.code, row.name) == ("18001", "X")


def test_outlines__a_round_commune_without_neighbour_keeps_its_shape() -> None:
    circle = [[2 + math.cos(a / 50 * math.pi) / 10, 47 + math.sin(a / 50 * math.pi) / 10] for a in range(100)]
    (row,) = read_outlines(_file(_feature("18001", [*circle, circle[0]])), tolerance=0.005)
    assert 6 <= len(row.polygons[0][0]) < 60
    assert row.latitude == pytest.approx(47, abs=0.01)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"bonjour", "GeoJSON lisible"),
        (b"{}", "collection"),
        (b'{"features":[]}', "aucun contour"),
        (b'{"features":[{"properties":{"code":"X"}}]}', "code de commune"),
        (
            b'{"features":[{"properties":{"code":"18001"},"geometry":{"type":"Point","coordinates":[2,47]}}]}',
            "contour",
        ),
    ],
)
def test_outlines__another_file_is_told(content: bytes, sentence: str) -> None:
    with pytest.raises(UserMistake, match=sentence):
        read_outlines(io.BytesIO(content))
