"""The points of the map: thousands of them, hence plain columns and no model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, F, QuerySet, Value, When

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.filters import IntentFilters, filtered
from maillage.domain.exchanges.queries.position import Area, Point, Precision, areas_of
from maillage.domain.exchanges.queries.view import NO_NAME
from maillage.domain.exchanges.sight import seen_whole

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One intent on the map; an anonymous one stands at the centre of its intermunicipal body."""

    pk: int
    kind: str
    title: str
    who: str
    family: str
    area: str
    point: Point


def map_points(*, viewer: Viewer, pole: Pole, filters: IntentFilters | None = None) -> list[MapPoint]:
    """Return a point for each intent that has a place, in two queries whatever their number."""
    rows = list(_columns(filtered(viewer, pole.pk, filters or IntentFilters()), viewer, pole))
    areas = areas_of(row["body"] for row in rows if row["body"])
    return [made for row in rows if (made := _point(row, areas)) is not None]


def _columns(intents: QuerySet[Intent], viewer: Viewer, pole: Pole) -> Iterable[_Row]:
    """Return the columns of a point; the place is the intent's commune, or its site's."""
    is_whole = Case(
        When(seen_whole(viewer, pole.pk), then=Value(True)), default=Value(False), output_field=BooleanField()
    )
    return intents.values(
        "pk",
        "kind",
        "title",
        "latitude",
        "longitude",
        is_whole=is_whole,
        who=F("author__name"),
        family=F("author__family"),
        type_label=F("resource_type__label"),
        site_latitude=F("site__latitude"),
        site_longitude=F("site__longitude"),
        **{name: _of_place(column) for name, column in _PLACE.items()},
    )


_PLACE = {
    "place": "name",
    "department": "department_id",
    "has_homonym": "has_homonym",
    "place_latitude": "latitude",
    "place_longitude": "longitude",
    "body": "intermunicipal_body_id",
    "body_name": "intermunicipal_body__name",
}


def _of_place(column: str) -> Case:
    """Return a column of the intent's own commune, or of its site's when it names none."""
    return Case(
        When(municipality__isnull=False, then=F(f"municipality__{column}")),
        default=F(f"site__municipality__{column}"),
    )


def _point(row: _Row, areas: Mapping[str, Area]) -> MapPoint | None:
    area_of_it = areas.get(row["body"] or "")
    if not row["is_whole"]:
        title = row["type_label"] or NO_NAME[row["kind"]]
        made = (title, "", "", row["body_name"] or "", area_of_it.rough_centre if area_of_it else None)
    else:
        centre = area_of_it.centre if area_of_it else None
        made = (row["title"], row["who"], row["family"], _label(row), _exact(row) or centre)
    title, who, family, area, point = made
    if point is None:
        return None
    return MapPoint(row["pk"], row["kind"], title, who, family, area, point)


def _label(row: _Row) -> str:
    if not row["place"]:
        return ""
    return f"{row['place']} ({row['department']})" if row["has_homonym"] else str(row["place"])


def _exact(row: _Row) -> Point | None:
    for holder, precision in (
        ("", Precision.EXACT),
        ("site_", Precision.EXACT),
        ("place_", Precision.MUNICIPALITY),
    ):
        latitude, longitude = row[f"{holder}latitude"], row[f"{holder}longitude"]
        if latitude is not None and longitude is not None:
            return Point(latitude, longitude, precision)
    return None
