"""Where an intent stands on the map: its own point, its site's, its commune's, or its intermunicipal body's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Avg, Count, OuterRef, Subquery
from django.db.models.functions import JSONObject

from maillage.domain.exchanges.models import Intent
from maillage.domain.places.models import IntermunicipalBody, Municipality

FEWEST_COMMUNES = 2
_SHOWN = {
    *("code", "name", "has_homonym", "department_id", "intermunicipal_body_id", "latitude", "longitude"),
    "siren",
}
"""What a view shows of a commune and of its body; the rest is not read."""
_COMMUNE, _BODY = (
    tuple(
        one.attname for one in model._meta.concrete_fields if one.attname in _SHOWN
    )  # in the order of the model
    for model in (Municipality, IntermunicipalBody)
)


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


@dataclass(frozen=True, slots=True)
class Area:
    """An intermunicipal body on the map: its centre, of how many communes that have a point, out of how many."""

    centre: Point | None
    points: int
    communes: int

    @property
    def is_rough(self) -> bool:
        """Whether naming it names no commune."""
        return self.communes >= FEWEST_COMMUNES

    @property
    def rough_centre(self) -> Point | None:
        """Its centre, unless it is the point of one commune."""
        return self.centre if self.is_rough and self.points >= FEWEST_COMMUNES else None


def commune_at(path: str) -> Subquery:
    """Return the commune that ``path`` names, with its body, looked up for the lines that are read alone.

    Joined to every line, by the intent and by its site, communes and bodies cost more to plan than to read.
    """
    told = JSONObject(**{name: name for name in _COMMUNE}, body="intermunicipal_body__name")
    return Subquery(Municipality.objects.filter(pk=OuterRef(path)).order_by().values_list(told)[:1])


def read_places(intents: Iterable[Intent]) -> None:
    """Give each intent and its site the communes that ``commune_at`` read as ``commune`` and ``site_commune``."""
    known: dict[str, Municipality] = {}
    for intent in intents:
        for holder, name in ((intent, "commune"), (intent.site, "site_commune")):
            told = getattr(intent, name)
            if holder is not None and told is not None:
                holder.municipality = known.get(told["code"]) or known.setdefault(
                    told["code"], _commune(told)
                )


def _commune(told: dict[str, Any]) -> Municipality:
    found = Municipality.from_db(None, _COMMUNE, [told[name] for name in _COMMUNE])
    siren = told["intermunicipal_body_id"]
    if siren is not None:
        found.intermunicipal_body = IntermunicipalBody.from_db(None, _BODY, (siren, told["body"]))
    return found


def place_of(intent: Intent) -> Municipality | None:
    """Return the commune of an intent: its own, or its site's."""
    if intent.municipality is not None:
        return intent.municipality
    return intent.site.municipality if intent.site is not None else None


def position_of(intent: Intent, areas: Mapping[str, Area]) -> Point | None:
    """Return the best known point of an intent that the viewer sees whole."""
    place = place_of(intent)
    for holder, precision in (
        (intent, Precision.EXACT),
        (intent.site, Precision.EXACT),
        (place, Precision.MUNICIPALITY),
    ):
        if holder is not None and holder.latitude is not None and holder.longitude is not None:
            return Point(holder.latitude, holder.longitude, precision)
    area = areas.get(place.intermunicipal_body_id or "") if place is not None else None
    return area.centre if area is not None else None


def areas_of(sirens: Iterable[str]) -> dict[str, Area]:
    """Return intermunicipal bodies on the map, their centre the mean of the points of their communes; one query."""
    wanted = set(sirens)
    if not wanted:
        return {}
    rows = (
        Municipality.objects.filter(intermunicipal_body__in=wanted)
        .order_by()
        .values_list("intermunicipal_body")
        .annotate(Avg("latitude"), Avg("longitude"), Count("latitude"), Count("pk"))
    )
    return {
        siren: Area(_centre(latitude, longitude), points, communes)
        for siren, latitude, longitude, points, communes in rows
    }


def _centre(latitude: float | None, longitude: float | None) -> Point | None:
    if latitude is None or longitude is None:
        return None
    return Point(round(latitude, 4), round(longitude, 4), Precision.AREA)


def is_rough(siren: str) -> bool:
    """Whether naming this intermunicipal body names no commune."""
    return Municipality.objects.filter(intermunicipal_body=siren)[:FEWEST_COMMUNES].count() >= FEWEST_COMMUNES
