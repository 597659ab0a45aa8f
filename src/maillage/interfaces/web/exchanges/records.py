"""The list as a table to take away: what the page shows, line by line, and nothing that it hides."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from maillage.core.periods import PERIOD_LABELS, Period
from maillage.domain.exchanges.queries import IntentView
from maillage.importers.export import write_csv, write_geojson, write_json, write_xlsx

_COLUMNS: tuple[tuple[str, str, Callable[[IntentView], Any]], ...] = (
    ("numero", "Numéro", lambda view: view.pk),
    ("sens", "Sens", lambda view: view.kind_label),
    ("intitule", "Intitulé", lambda view: view.title),
    ("description", "Description", lambda view: view.words),
    ("type", "Type", lambda view: view.type.label if view.type else ""),
    ("structure", "Structure", lambda view: view.author.name if view.author else ""),
    (
        "commune",
        "Commune",
        lambda view: "" if view.is_masked else view.area if view.place.municipality else "",
    ),
    ("code_commune", "Code commune", lambda view: view.place.municipality),
    ("epci", "Intercommunalité", lambda view: view.place.body),
    ("latitude", "Latitude", lambda view: view.point.latitude if view.point else None),
    ("longitude", "Longitude", lambda view: view.point.longitude if view.point else None),
    ("quantite", "Quantité", lambda view: view.quantity.value if view.quantity else None),
    ("unite", "Unité", lambda view: view.quantity.unit.code if view.quantity else ""),
    ("periode", "Période", lambda view: PERIOD_LABELS[Period(view.period)] if view.quantity else ""),
    ("quantite_minimale", "Quantité minimale", lambda view: view.minimum),
    ("a_partir_du", "À partir du", lambda view: view.available_from),
    ("jusquau", "Jusqu’au", lambda view: view.available_until),
    ("calendrier", "Calendrier", lambda view: view.calendar_text),
    ("distance_km", "Distance (km)", lambda view: view.reach_km),
    ("prix", "En échange", lambda view: view.price_text),
    ("conditions", "Conditions", lambda view: view.conditions),
    ("qualites", "Qualités", lambda view: ", ".join(view.qualities)),
    ("etat", "État", lambda view: view.state_text),
    ("visible_par", "Visible par", lambda view: view.visibility_text),
    ("soutiens", "Autres structures", lambda view: view.supports),
    ("personnes", "Personnes concernées", lambda view: view.people),
    ("dit_le", "Dit le", lambda view: view.said_on),
    ("confirme_le", "Confirmé le", lambda view: view.confirmed_on),
)
HEADERS = tuple(header for _, header, _ in _COLUMNS)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to take the list away."""

    ending: str
    label: str
    content_type: str
    write: Callable[[BinaryIO, Iterable[IntentView]], None]


def _lines(views: Iterable[IntentView]) -> Iterable[Sequence[Any]]:
    return ([value(view) for _, _, value in _COLUMNS] for view in views)


def _records(views: Iterable[IntentView]) -> Iterable[dict[str, Any]]:
    return ({name: value(view) for name, _, value in _COLUMNS} for view in views)


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format(
            "csv",
            "CSV",
            "text/csv; charset=utf-8",
            lambda file, views: write_csv(file, HEADERS, _lines(views)),
        ),
        Format(
            "xlsx",
            "Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda file, views: write_xlsx(file, HEADERS, _lines(views), title="Besoins et offres"),
        ),
        Format(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            lambda file, views: write_geojson(file, _records(views)),
        ),
        Format("json", "JSON", "application/json", lambda file, views: write_json(file, _records(views))),
    )
}


def written(views: Iterable[IntentView], *, ending: str) -> bytes:
    """Return the file of one format."""
    file = io.BytesIO()
    FORMATS[ending].write(file, views)
    return file.getvalue()
