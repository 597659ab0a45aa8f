"""The points of the map."""

from dataclasses import dataclass

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.filters import IntentFilters, filtered
from maillage.domain.exchanges.queries.position import Point, centres_of, place_of, position_of
from maillage.domain.exchanges.queries.view import NO_NAME
from maillage.domain.exchanges.sight import Sight, sight_of


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
    rows = list(
        filtered(viewer, pole.pk, filters or IntentFilters()).select_related(
            "author",
            "resource_type",
            "municipality__intermunicipal_body",
            "site__municipality__intermunicipal_body",
        )
    )
    places = [place_of(intent) for intent in rows]
    centres = centres_of(
        place.intermunicipal_body_id for place in places if place and place.intermunicipal_body_id
    )
    return [point for intent in rows if (point := _point(intent, viewer, centres)) is not None]


def _point(intent: Intent, viewer: Viewer, centres: dict[str, Point]) -> MapPoint | None:
    place = place_of(intent)
    body = place.intermunicipal_body if place is not None else None
    if sight_of(viewer, intent) is Sight.WHOLE:
        point = position_of(intent, centres)
        author, title, area = intent.author, intent.title, place.label if place else ""
        who, family = author.name, author.family
    else:
        point = centres.get(body.siren) if body is not None else None
        title = intent.resource_type.label if intent.resource_type else NO_NAME[intent.kind]
        who, family, area = "", "", body.name if body is not None else ""
    if point is None:
        return None
    return MapPoint(
        pk=intent.pk, kind=intent.kind, title=title, who=who, family=family, area=area, point=point
    )
