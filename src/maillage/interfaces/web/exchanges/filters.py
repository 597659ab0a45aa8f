"""The filters of the list, as the address says them: French names, read without ever failing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.queries import search_types
from maillage.domain.exchanges.enums import IntentKind, IntentState, Visibility
from maillage.domain.exchanges.queries import IntentFilters, choices
from maillage.domain.exchanges.queries.filters import ANY_STATE, LONGEST_QUESTION
from maillage.domain.places.queries import search_municipalities

SIDES = {"besoin": IntentKind.NEED.value, "offre": IntentKind.OFFER.value}
SIDE_OF = {kind: word for word, kind in SIDES.items()}
STATES = {
    "ouvert": (IntentState.OPEN.value, "En attente, disponibles"),
    "repondu": (IntentState.COVERED.value, "Qui ont trouvé"),
    "retire": (IntentState.WITHDRAWN.value, "Retirés"),
    "tous": (ANY_STATE, "Tous, retirés compris"),
}
FRESHNESS = {
    "3": "Non confirmés depuis 3 mois",
    "6": "Non confirmés depuis 6 mois",
    "12": "Non confirmés depuis un an",
}
ORDERS = {"soutiens": "Les plus partagés d’abord"}
_DAYS_A_MONTH = 30
NAMES = ("sens", "texte", "etat", "type", "commune", "epci", "structure", "fraicheur", "visible", "tri")


@dataclass(frozen=True, slots=True)
class Active:
    """A filter in use, in words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the room's filters, and the same in words for the page."""

    values: dict[str, str]
    words: dict[str, str]
    filters: IntentFilters

    @property
    def query(self) -> str:
        """The filters as an address, without the page."""
        return urlencode([(name, value) for name, value in self.values.items() if value])

    @property
    def active(self) -> list[Active]:
        """Every filter in use but the side, which has its tabs."""
        return [
            Active(words, "?" + urlencode([(n, v) for n, v in self.values.items() if v and n != name]))
            for name, words in self.words.items()
            if self.values.get(name)
        ]

    @property
    def has_more(self) -> bool:
        """Whether a filter of the fold is in use."""
        return any(self.values[name] for name in NAMES[3:-1])

    def with_side(self, side: str) -> str:
        """The address of the same question on one side."""
        return "?" + urlencode([(n, v) for n, v in ({**self.values, "sens": side}).items() if v])


def asked_of(*, query: Mapping[str, str], viewer: Viewer, pole: Pole, on: date) -> Asked:
    """Read the filters of an address; what is not understood is left out, and so shows in no word."""
    values = {name: query.get(name, "").strip()[:LONGEST_QUESTION] for name in NAMES}
    if values["sens"] not in SIDES:
        values["sens"] = ""
    if values["etat"] not in STATES:
        values["etat"] = ""
    if values["fraicheur"] not in FRESHNESS:
        values["fraicheur"] = ""
    if values["tri"] not in ORDERS:
        values["tri"] = ""
    if values["visible"] not in Visibility.values or not viewer.runs(pole.pk):
        values["visible"] = ""
    words = {"texte": f"« {values['texte']} »"}
    words |= {
        "etat": STATES.get(values["etat"], ("", ""))[1],
        "fraicheur": FRESHNESS.get(values["fraicheur"], ""),
        "tri": ORDERS.get(values["tri"], ""),
        "visible": dict(Visibility.choices).get(values["visible"], ""),
    }
    words["type"] = _type(values, query)
    words["commune"] = _municipality(values, query, pole)
    words["epci"] = _body(values, pole)
    words["structure"] = _author(values, query, viewer, pole)
    return Asked(values, {name: str(said) for name, said in words.items()}, _filters(values, on))


def _filters(values: Mapping[str, str], on: date) -> IntentFilters:
    months = int(values["fraicheur"]) if values["fraicheur"] else 0
    state = STATES[values["etat"]][0] if values["etat"] else ""
    return IntentFilters(
        kind=SIDES.get(values["sens"], ""),
        state=state or (IntentState.OPEN.value if months else ""),
        type=values["type"],
        text=values["texte"],
        municipality=values["commune"],
        body=values["epci"],
        organisation=int(values["structure"]) if values["structure"] else None,
        visibility=values["visible"],
        by_support=bool(values["tri"]),
        stale_before=on - timedelta(days=months * _DAYS_A_MONTH) if months else None,
    )


def _type(values: dict[str, str], query: Mapping[str, str]) -> str:
    found = choices.type_coded(values["type"])
    if found is None and not values["type"]:
        near = search_types(text=query.get("type_text", "")[:LONGEST_QUESTION], limit=1)
        found = choices.type_coded(near[0].code) if near else None
    values["type"] = found.code if found else ""
    return found.label if found else ""


def _municipality(values: dict[str, str], query: Mapping[str, str], pole: Pole) -> str:
    found = choices.municipality_coded(values["commune"])
    text = query.get("commune_text", "")[:LONGEST_QUESTION]
    if found is None and not values["commune"] and text:
        near = search_municipalities(text=text, limit=1, near_territory=pole.territory)
        found = choices.municipality_coded(near[0].code) if near else None
    values["commune"] = found.code if found else ""
    return found.label if found else ""


def _body(values: dict[str, str], pole: Pole) -> str:
    name = dict(choices.bodies_of(pole)).get(values["epci"], "") if values["epci"] else ""
    values["epci"] = values["epci"] if name else ""
    return name


def _author(values: dict[str, str], query: Mapping[str, str], viewer: Viewer, pole: Pole) -> str:
    number, text = values["structure"], query.get("structure_text", "")[:LONGEST_QUESTION]
    rows: list[choices.Choice] = []
    if number.isascii() and number.isdigit() and len(number) < 10:
        rows = choices.authors_seen(viewer=viewer, pole=pole, pk=int(number), limit=1)
    elif text and not number:
        rows = choices.authors_seen(viewer=viewer, pole=pole, text=text, limit=1)
    values["structure"], name = rows[0] if rows else ("", "")
    return name
