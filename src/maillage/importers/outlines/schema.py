"""One commune and its border."""

from dataclasses import dataclass

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """``polygons`` hold rings of (longitude, latitude): the outer one first, then the holes; the last point
    repeats the first. ``latitude`` and ``longitude`` are the centre of gravity of the largest polygon.
    """

    code: str
    name: str
    polygons: tuple[Polygon, ...]
    latitude: float
    longitude: float

    def as_geometry(self) -> dict[str, object]:
        """Return the GeoJSON geometry."""
        return {
            "type": "MultiPolygon",
            "coordinates": [[list(ring) for ring in part] for part in self.polygons],
        }
