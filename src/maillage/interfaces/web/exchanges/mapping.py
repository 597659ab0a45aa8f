"""What the maps of the room draw: the points of the list, the point and the reach of one sheet."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.queries import IntentView, MapPoint
from maillage.domain.exchanges.queries.position import Precision

_SIDE_WORDS = {"need": "Besoin", "offer": "Offre"}


def list_map(*, pole: Pole, points: Sequence[MapPoint]) -> dict[str, Any]:
    """Describe the map beside the list."""
    return {
        "ground_url": reverse("pages:ground", args=[pole.slug]),
        "points": [_point(pole, one) for one in points],
        "cluster": True,
        "noun": ["besoin ou offre", "besoins ou offres"],
    }


def _point(pole: Pole, one: MapPoint) -> dict[str, Any]:
    where = f"{one.area}, à peu près" if one.point.precision is Precision.AREA else one.area
    return {
        "at": [one.point.latitude, one.point.longitude],
        "side": one.kind,
        "name": f"{_SIDE_WORDS[one.kind]} : {one.title}",
        "detail": ", ".join(part for part in (one.who, where) if part),
        "town": one.area,
        "url": reverse("exchanges:detail", args=[pole.slug, one.pk]),
    }


def sheet_map(*, pole: Pole, view: IntentView) -> dict[str, Any] | None:
    """Describe the map of one intent: its point and how far it can go; nothing when it has no place."""
    if view.point is None:
        return None
    at = [view.point.latitude, view.point.longitude]
    found: dict[str, Any] = {
        "ground_url": reverse("pages:ground", args=[pole.slug]),
        "points": [{"at": at, "side": view.kind, "name": f"{view.title}, {view.area}"}],
    }
    if view.reach_km and not view.is_masked:
        found["range"] = {"at": at, "km": view.reach_km}
    return found
