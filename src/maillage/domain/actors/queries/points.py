"""The directory as points, light enough for ten thousand on one map."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import QuerySet

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
    municipality: str = ""


def directory_points(
    *, viewer: Viewer, pole: Pole, filters: DirectoryFilters | None = None
) -> list[DirectoryPoint]:
    """Return where each organisation of the directory is; those nobody can place are left to the list.

    Four questions at most, whatever the number.
    """
    wanted = filtered(viewer=viewer, pole=pole, filters=filters or DirectoryFilters())
    return _placed(Site.objects.filter(organisation__in=wanted.values("pk")))


def points_of(organisation_ids: Collection[int]) -> list[DirectoryPoint]:
    """Return where some organisations are; those nobody can place are left out. Four questions at most."""
    return _placed(Site.objects.filter(organisation__in=organisation_ids)) if organisation_ids else []


def _placed(sites: QuerySet[Site]) -> list[DirectoryPoint]:
    rows = list(
        sites.order_by("organisation_id", "-is_head", "pk")
        .distinct("organisation_id")
        .values_list(
            "organisation_id",
            "organisation__name",
            "organisation__family",
            "latitude",
            "longitude",
            "municipality_id",
            "municipality__name",
        )
    )
    communes = {code for *_, latitude, _, code, _ in rows if code and latitude is None}
    centres = positions_of(Municipality.objects.filter(pk__in=communes))
    points = []
    for pk, name, family, latitude, longitude, code, town in rows:
        if latitude is not None and longitude is not None:
            points.append(
                DirectoryPoint(pk, name, family, latitude, longitude, False, code or "", town or "")
            )
        elif code in centres:
            centre = centres[code]
            points.append(
                DirectoryPoint(pk, name, family, centre.latitude, centre.longitude, True, code, town or "")
            )
    return points
