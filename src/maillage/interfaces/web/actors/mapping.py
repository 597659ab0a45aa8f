"""What the maps of the room draw: the directory, and one structure among those it worked with."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.urls import reverse

from maillage.domain.actors.models import Pole
from maillage.domain.actors.queries import DirectoryPoint, OrganisationSheet

_CLOSE = 2  # decimals that say « the same place » on a small map


def list_map(*, pole: Pole, points: Sequence[DirectoryPoint]) -> dict[str, Any]:
    """Describe the map of the directory: one address prefix for ten thousand points, five decimals (a metre)."""
    prefix = reverse("actors:list", args=[pole.slug])
    return {
        "ground_url": reverse("pages:ground", args=[pole.slug]),
        "cluster": True,
        "points": [
            {
                "at": [round(one.latitude, 5), round(one.longitude, 5)],
                "name": one.name,
                "family": one.family,
                "town": one.municipality,
                "url": f"{prefix}{one.pk}/",
            }
            for one in points
        ],
    }


def sheet_map(
    *, pole: Pole, sheet: OrganisationSheet, others: Iterable[DirectoryPoint], done_with: Collection[int]
) -> dict[str, Any] | None:
    """Describe the map of a sheet: its sites, those it worked with, an arc where something was done."""
    own = [site for site in sheet.sites if site.position is not None]
    if not own:
        return None
    points: list[dict[str, Any]] = []
    for site in own:
        at = [site.position.latitude, site.position.longitude] if site.position else []
        name = ", ".join(part for part in (sheet.name, site.name, site.municipality) if part)
        points.append({"at": at, "name": name, "family": sheet.family, "size": 36 if site.is_head else 28})
    head, links = points[0]["at"], []
    for one in others:
        at = [round(one.latitude, 5), round(one.longitude, 5)]
        points.append(
            {
                "at": at,
                "name": ", ".join(part for part in (one.name, one.municipality) if part),
                "family": one.family,
                "url": reverse("actors:detail", args=[pole.slug, one.pk]),
            }
        )
        if [round(part, _CLOSE) for part in at] != [round(part, _CLOSE) for part in head]:
            links.append({"from": head, "to": at, "kind": "done" if one.pk in done_with else "promised"})
    return {
        "ground_url": reverse("pages:ground", args=[pole.slug]),
        "points": points,
        "links": links,
        "cluster": False,
    }
