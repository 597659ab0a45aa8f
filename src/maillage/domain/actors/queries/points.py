"""The directory as points, light enough for ten thousand on one map."""

from typing import NamedTuple

from maillage.domain.actors.models import Pole, Site
from maillage.domain.actors.queries.directory import DirectoryFilters, filtered
from maillage.domain.actors.viewer import Viewer
from maillage.domain.places.models import Municipality
from maillage.domain.places.queries import positions_of


class DirectoryPoint(NamedTuple):
    """One organisation on the map; ``approximate`` when the point is its commune's and not its own."""

    pk: int
    name: str
    family: str
    latitude: float
    longitude: float
    approximate: bool
    municipality_code: str


def directory_points(
    *, viewer: Viewer, pole: Pole, filters: DirectoryFilters | None = None
) -> list[DirectoryPoint]:
    """Return where each organisation of the directory is; those nobody can place are left to the list.

    Four questions at most, whatever the number.
    """
    wanted = filtered(viewer=viewer, pole=pole, filters=filters or DirectoryFilters())
    rows = list(
        Site.objects.filter(organisation__in=wanted.values("pk"))
        .order_by("organisation_id", "-is_head", "pk")
        .distinct("organisation_id")
        .values_list(
            "organisation_id",
            "organisation__name",
            "organisation__family",
            "latitude",
            "longitude",
            "municipality_id",
        )
    )
    communes = {code for *_, latitude, _, code in rows if code and latitude is None}
    centres = positions_of(Municipality.objects.filter(pk__in=communes))
    points = []
    for pk, name, family, latitude, longitude, code in rows:
        if latitude is not None and longitude is not None:
            points.append(DirectoryPoint(pk, name, family, latitude, longitude, False, code or ""))
        elif code in centres:
            centre = centres[code]
            points.append(DirectoryPoint(pk, name, family, centre.latitude, centre.longitude, True, code))
    return points
