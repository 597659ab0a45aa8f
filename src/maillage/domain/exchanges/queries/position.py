"""Where an intent stands on the map: its own point, its site's, its commune's, or its intermunicipal body's."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Avg

from maillage.domain.exchanges.models import Intent
from maillage.domain.places.models import Municipality


class Precision(StrEnum):
    """How near the truth a point is."""

    EXACT = "exact"
    MUNICIPALITY = "municipality"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Point:
    """A point and how near the truth it is."""

    latitude: float
    longitude: float
    precision: Precision


def place_of(intent: Intent) -> Municipality | None:
    """Return the commune of an intent: its own, or its site's."""
    if intent.municipality is not None:
        return intent.municipality
    return intent.site.municipality if intent.site is not None else None


def position_of(intent: Intent, centres: dict[str, Point]) -> Point | None:
    """Return the best known point of an intent that the viewer sees whole."""
    place = place_of(intent)
    for holder, precision in (
        (intent, Precision.EXACT),
        (intent.site, Precision.EXACT),
        (place, Precision.MUNICIPALITY),
    ):
        if holder is not None and holder.latitude is not None and holder.longitude is not None:
            return Point(holder.latitude, holder.longitude, precision)
    return centres.get(place.intermunicipal_body_id or "") if place is not None else None


def centres_of(sirens: Iterable[str]) -> dict[str, Point]:
    """Return the centre of intermunicipal bodies: the mean of the points of their communes, in one query."""
    wanted = set(sirens)
    if not wanted:
        return {}
    rows = (
        Municipality.objects.filter(intermunicipal_body__in=wanted, latitude__isnull=False)
        .order_by()
        .values_list("intermunicipal_body")
        .annotate(latitude_mean=Avg("latitude"), longitude_mean=Avg("longitude"))
    )
    return {
        siren: Point(round(latitude, 4), round(longitude, 4), Precision.AREA)
        for siren, latitude, longitude in rows
    }
