"""What the public home of a pole shows: its figures, its map, the needs and offers said last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from maillage.core.french import plural
from maillage.domain.actors.models import Pole
from maillage.domain.actors.queries import directory_points, pole_overview
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.queries import IntentView, PoleFigures, latest_of_each, pole_figures

LATEST = 4


@dataclass(frozen=True, slots=True)
class HomeRow:
    """One line of the last needs or offers."""

    title: str
    url: str
    meta: str
    said_on: Any


def home_of(*, pole: Pole, viewer: Viewer, at: datetime) -> dict[str, Any]:
    """Return the contents of the home page; ``at`` is the moment the figures are read."""
    on = localdate(at)
    figures = pole_figures(viewer=viewer, pole=pole, on=on)
    last = latest_of_each(viewer=viewer, pole=pole, n=LATEST)
    return {
        "overview": pole_overview(pole=pole, on=on),
        "figures": figures,
        "needs_bar": _needs_bar(figures),
        "needs_sentence": _needs_sentence(figures),
        "needs": _rows(pole, last[IntentKind.NEED]),
        "offers": _rows(pole, last[IntentKind.OFFER]),
        "map": {
            "url": reverse("pages:map", args=[pole.slug]),
            "list_url": reverse("actors:list", args=[pole.slug]),
        },
        "lists": reverse("exchanges:list", args=[pole.slug]),
        "at": at,
    }


def home_map(*, pole: Pole, viewer: Viewer) -> dict[str, Any]:
    """Describe the map of the home page: every organisation of the directory, gathered."""
    points = directory_points(viewer=viewer, pole=pole)
    return {
        "ground_url": reverse("pages:ground", args=[pole.slug]),
        "fit": "ground",
        "zoom": False,
        "cluster": True,
        "points": [
            {
                "at": [point.latitude, point.longitude],
                "name": point.name,
                "family": point.family,
                "url": reverse("actors:detail", args=[pole.slug, point.pk]),
            }
            for point in points
        ],
    }


def _needs_bar(figures: PoleFigures) -> list[tuple[str, int, str]]:
    answered, waiting = figures.needs_answered.count, figures.needs_waiting.count
    return [("done", answered, f"{answered} ont trouvé"), ("missing", waiting, f"{waiting} attendent")]


def _needs_sentence(figures: PoleFigures) -> str:
    said = figures.needs_said.count
    parts = ", ".join(words for _, _, words in _needs_bar(figures))
    return f"Sur {said} {plural(said, 'besoin dit', 'besoins dits')} : {parts}"


def _rows(pole: Pole, views: list[IntentView]) -> list[HomeRow]:
    return [
        HomeRow(
            view.title,
            reverse("exchanges:detail", args=[pole.slug, view.pk]),
            ", ".join(part for part in (view.who, view.area) if part),
            view.said_on,
        )
        for view in views
    ]
