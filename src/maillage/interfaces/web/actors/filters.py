"""The filters of the directory, as the address says them: French names, read without ever failing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.domain.actors.enums import ActorFamily, InclusionType, LegalForm
from maillage.domain.actors.models import College, Pole
from maillage.domain.actors.queries import DirectoryFilters, colleges_of
from maillage.domain.actors.queries.directory import MEMBERS, OTHERS, PARTNERS
from maillage.domain.exchanges.queries import choices
from maillage.domain.places.queries import search_municipalities

LONGEST = 200
LINKS = {
    "membres": (MEMBERS, "Membres"),
    "partenaires": (PARTNERS, "Partenaires"),
    "autres": (OTHERS, "Autres du territoire"),
}
ORDERS = {
    "nom": ("name", "Nom"),
    "commune": ("municipality", "Commune"),
    "famille": ("family", "Famille"),
    "recent": ("recent", "Dernières notées"),
}
FAMILY = "famille"
NAMES = ("texte", "forme", "insertion", "commune", "epci", "lien", "college", "tri", "vue")
_IN_THE_FOLD = ("forme", "insertion", "commune", "epci", "college")


@dataclass(frozen=True, slots=True)
class Active:
    """A filter in use, in words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the room's filters, and the same in words for the page."""

    values: dict[str, str]
    families: tuple[str, ...]
    words: dict[str, str]
    filters: DirectoryFilters
    colleges: tuple[College, ...]
    bodies: tuple[tuple[str, str], ...]

    @property
    def order(self) -> str:
        """The order, as the room names it."""
        return ORDERS[self.values["tri"]][0] if self.values["tri"] else "name"

    @property
    def is_table(self) -> bool:
        """Whether the directory shows as a table."""
        return self.values["vue"] == "tableau"

    @property
    def query(self) -> str:
        """The filters as an address, without the page."""
        return self._address({})

    @property
    def active(self) -> list[Active]:
        """Every filter in use but the link with the pole, which has its tabs."""
        found = [
            Active(words, "?" + self._address({name: ""}))
            for name, words in self.words.items()
            if self.values[name]
        ]
        for code in self.families:
            rest = tuple(one for one in self.families if one != code)
            found.append(Active(str(ActorFamily(code).label), "?" + self._address({}, rest)))
        return found

    @property
    def has_more(self) -> bool:
        """Whether a filter of the fold is in use."""
        return any(self.values[name] for name in _IN_THE_FOLD)

    def with_value(self, name: str, value: str) -> str:
        """The address of the same question with one answer changed."""
        return "?" + self._address({name: value})

    def _address(self, changed: dict[str, str], families: tuple[str, ...] | None = None) -> str:
        kept = {**self.values, **changed}
        pairs = [(name, kept[name]) for name in NAMES if kept[name]]
        chosen = self.families if families is None else families
        return urlencode([*pairs, *((FAMILY, code) for code in chosen)])


def asked_of(*, query: QueryDict, pole: Pole) -> Asked:
    """Read the filters of an address; what is not understood is left out, and so shows in no word."""
    values = {name: query.get(name, "").strip()[:LONGEST] for name in NAMES}
    colleges, bodies = tuple(colleges_of(pole)), tuple(choices.bodies_of(pole))
    known = {
        "forme": dict(LegalForm.choices),
        "insertion": dict(InclusionType.choices),
        "epci": dict(bodies),
        "college": {str(one.pk): one.name for one in colleges},
        "lien": {word: label for word, (_, label) in LINKS.items()},
        "tri": {word: label for word, (_, label) in ORDERS.items()},
        "vue": {"tableau": "Tableau"},
    }
    for name, options in known.items():
        if values[name] not in options:
            values[name] = ""
    words = {"texte": f"« {values['texte']} »", "commune": _municipality(values, query, pole)}
    words |= {name: str(known[name].get(values[name], "")) for name in ("forme", "insertion", "epci")}
    words["college"] = f"Collège : {known['college'].get(values['college'], '')}"
    wanted = query.getlist(FAMILY)
    families = tuple(code for code in ActorFamily.values if code in wanted)
    return Asked(values, families, words, _filters(values, families), colleges, bodies)


def _filters(values: dict[str, str], families: tuple[str, ...]) -> DirectoryFilters:
    return DirectoryFilters(
        text=values["texte"],
        families=families,
        legal_forms=(values["forme"],) if values["forme"] else (),
        inclusion_types=(values["insertion"],) if values["insertion"] else (),
        municipality=values["commune"],
        epci=values["epci"],
        membership=LINKS[values["lien"]][0] if values["lien"] else "",
        college=int(values["college"]) if values["college"] else None,
    )


def _municipality(values: dict[str, str], query: QueryDict, pole: Pole) -> str:
    found = choices.municipality_coded(values["commune"])
    text = query.get("commune_text", "")[:LONGEST]
    if found is None and not values["commune"] and text:
        near = search_municipalities(text=text, limit=1, near_territory=pole.territory)
        found = choices.municipality_coded(near[0].code) if near else None
    values["commune"] = found.code if found else ""
    return found.label if found else ""
