"""The ground of a map: the communes that have a point."""

from maillage.importers.municipalities import Gazetteer
from maillage.interfaces.drawing.map_frame import Town


def ground_of(gazetteer: Gazetteer | None) -> list[Town]:
    """Return the communes of a gazetteer; none when it is not installed."""
    return [
        Town(row.latitude, row.longitude, row.name, row.population or 0)
        for row in (gazetteer.municipalities if gazetteer else ())
        if row.latitude is not None and row.longitude is not None
    ]
