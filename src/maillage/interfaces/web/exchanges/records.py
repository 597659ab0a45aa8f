"""The list as a table to take away: what the page shows, line by line, and nothing that it hides."""

from collections.abc import Callable
from typing import Any

from maillage.core.periods import PERIOD_LABELS, Period
from maillage.domain.exchanges.queries import IntentView
from maillage.interfaces.web.takeaway import Takeaway

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

INTENTS: Takeaway[IntentView] = Takeaway("Besoins et offres", _COLUMNS)
