"""Sample contents of the style page: invented, on real communes of Cher."""

from datetime import date
from typing import Any

from django import forms

from maillage.domain.places import mesh

TOWNS: tuple[tuple[str, float, float, int], ...] = (
    ("Bourges", 47.083, 2.398, 64541),
    ("Vierzon", 47.222, 2.070, 25903),
    ("Saint-Amand-Montrond", 46.722, 2.505, 9305),
    ("Mehun-sur-Yèvre", 47.145, 2.222, 6500),
    ("Aubigny-sur-Nère", 47.489, 2.439, 5500),
    ("Foëcy", 47.180, 2.158, 2000),
    ("Graçay", 47.141, 1.857, 1400),
    ("Sancerre", 47.331, 2.839, 1400),
    ("Dun-sur-Auron", 46.884, 2.575, 3900),
    ("Henrichemont", 47.305, 2.525, 1700),
)


class StyleForm(forms.Form):
    """One field of each look; nothing is ever saved."""

    words = forms.CharField(
        label="Qu’est-ce qui manque ?",
        help_text="Avec les mots de la personne.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    municipality = forms.CharField(label="Où ?", error_messages={"required": "Choisissez une commune."})
    moment = forms.ChoiceField(
        label="Combien de temps ?",
        choices=[("once", "Une fois"), ("year", "Toute l’année")],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label="Nature", choices=[("service", "Service"), ("room", "Local")], required=False
    )
    agreed = forms.BooleanField(label="La personne est d’accord", required=False)


def ground() -> dict[str, Any]:
    """Draw an invented mesh, the way the places room draws a true one."""
    positions = [
        (
            46.6 + row * 0.09 + (row * 7 + column * 5) % 6 * 0.01,
            1.8 + column * 0.12 + (row % 2) * 0.06 + (row * 3 + column * 11) % 5 * 0.014,
        )
        for row in range(11)
        for column in range(10)
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"name": "", "population": None, "body": f"{n // 40}-{n % 10 // 4}"},
            "geometry": {"type": "Polygon", "coordinates": [[list(corner) for corner in cell.ring]]},
        }
        for n, cell in enumerate(mesh.cells(positions))
    ]
    return {"type": "FeatureCollection", "schematic": True, "source": "", "vintage": "", "features": features}


def _towns() -> list[dict[str, Any]]:
    return [{"name": name, "at": [lat, lon], "weight": people} for name, lat, lon, people in TOWNS]


def desk_map() -> dict[str, Any]:
    """Describe the map of a need and its offers."""
    need = [47.222, 2.070]
    offers = [
        ("Plateforme Terre Brune, Mehun-sur-Yèvre", [47.145, 2.222]),
        ("Jardins du Canal, Foëcy", [47.18, 2.158]),
    ]
    pins = [
        {"at": at, "side": "offer", "label": str(n), "name": f"Piste {n} : {name}"}
        for n, (name, at) in enumerate(offers, 1)
    ]
    return {
        "ground": ground(),
        "towns": _towns(),
        "range": {"at": need, "km": 30},
        "links": [{"from": need, "to": at} for _, at in offers],
        "points": [
            {"at": need, "side": "need", "name": "Le besoin : Cuisine partagée des Forges, Vierzon"},
            *pins,
        ],
    }


def directory_map() -> dict[str, Any]:
    """Describe the map of sixty members, gathered."""
    families = ("social", "business", "authority", "training", "people")
    points = [
        {
            "at": list(TOWNS[n % 7 if n % 3 else 0][1:3]),
            "town": TOWNS[n % 7 if n % 3 else 0][0],
            "family": families[n % 5],
            "name": f"Structure {n + 1}",
            "url": f"#structure-{n + 1}",
        }
        for n in range(60)
    ]
    return {
        "ground": ground(),
        "towns": _towns(),
        "points": points,
        "cluster": True,
        "noun": ["membre", "membres"],
    }


ROWS: list[dict[str, Any]] = [
    {
        "title": "Un camion avec hayon, le mardi",
        "meta": "Recyclerie Second Souffle, Saint-Amand-Montrond",
        "url": "#",
        "aside": "il y a 4 jours",
    },
    {
        "title": "Un monte-charge",
        "meta": "avant juin 2027",
        "url": "#",
        "state": "said",
        "state_label": "Sans réponse",
        "side": "need",
    },
    {
        "title": "Une salle de formation de 12 places",
        "meta": "le vendredi",
        "url": "#",
        "state": "said",
        "state_label": "Libre",
        "side": "offer",
    },
]
HISTORY: list[dict[str, Any]] = [
    {
        "kind": "proposed",
        "state": "Proposé",
        "on": date(2026, 11, 19),
        "title": "Reprendre les 40 ordinateurs",
        "text": "Réponse attendue avant le 28 novembre.",
    },
    {
        "kind": "promised",
        "state": "Promis",
        "on": date(2026, 11, 4),
        "title": "Deux matinées de fourgon par mois",
        "text": "Convention signée.",
    },
    {
        "kind": "done",
        "state": "Fait",
        "on": date(2026, 10, 12),
        "title": "34 ordinateurs remis",
        "text": "Bon de remise.",
    },
    {
        "kind": "said",
        "state": "Dit",
        "on": date(2026, 9, 30),
        "title": "« C’est le dos qui trinque. »",
        "text": "",
    },
]


def samples() -> dict[str, Any]:
    """Give the style page its contents."""
    return {
        "parts": [("done", 28, "28 faits"), ("promised", 9, "9 promis"), ("missing", 15, "15 attendent")],
        "proposed": [("proposed", 8, "8 t chez Terre Brune"), ("missing", 4, "4 t à trouver")],
        "why": [
            ("for", "Son fourgon passe déjà à Vierzon le mardi : aucun détour."),
            ("check", "Le prix reste à convenir."),
            ("against", "Ne prend ni viande ni agrumes."),
        ],
        "facts": [
            ("Nature", "yes", "Compostage agréé"),
            ("Quantité", "half", "8 t sur 12"),
            ("Calendrier", "yes", "Toute l’année"),
            ("Distance", "no", "79 km"),
        ],
        "rows": ROWS,
        "history": HISTORY,
        "desk_map": desk_map(),
        "directory_map": directory_map(),
    }
