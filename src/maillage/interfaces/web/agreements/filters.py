"""What the address of the list asks, and the same in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from maillage.domain.actors.models import Pole
from maillage.domain.agreements.queries import AgreementFilters
from maillage.domain.agreements.templates import read_templates
from maillage.domain.exchanges.queries import choices
from maillage.domain.ledger.enums import AgreementState
from maillage.interfaces.web.door import line_number

NAMES = ("texte", "etat", "modele", "structure", "bientot")
STATES = {
    "brouillon": (AgreementState.DRAFT.value, "Brouillons"),
    "a-signer": (AgreementState.TO_SIGN.value, "À signer"),
    "en-cours": (AgreementState.ACTIVE.value, "En cours"),
    "termine": (AgreementState.ENDED.value, "Terminés"),
    "annule": (AgreementState.CANCELLED.value, "Annulés"),
}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Active:
    """A filter in use: its words, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the room's filters, and the same in words for the page."""

    values: dict[str, str]
    words: dict[str, str]
    filters: AgreementFilters

    @property
    def query(self) -> str:
        """The filters as an address, without the page."""
        return urlencode([(name, value) for name, value in self.values.items() if value])

    @property
    def active(self) -> list[Active]:
        """Every filter in use."""
        return [
            Active(words, "?" + urlencode([(n, v) for n, v in self.values.items() if v and n != name]))
            for name, words in self.words.items()
            if self.values[name]
        ]


def asked_of(*, query: Mapping[str, str], pole: Pole) -> Asked:
    """Read the filters of an address; what is not understood is left out, and so shows in no word."""
    values = {name: query.get(name, "").strip()[:LONGEST] for name in NAMES}
    values["etat"] = values["etat"] if values["etat"] in STATES else ""
    values["modele"] = values["modele"] if values["modele"] in read_templates() else ""
    values["bientot"] = "oui" if values["bientot"] == "oui" else ""
    party = _party(values, query, pole)
    words = {
        "texte": f"« {values['texte']} »",
        "etat": STATES[values["etat"]][1] if values["etat"] else "",
        "modele": read_templates()[values["modele"]].label if values["modele"] else "",
        "structure": party,
        "bientot": "Se terminent bientôt",
    }
    filters = AgreementFilters(
        text=values["texte"],
        state=STATES[values["etat"]][0] if values["etat"] else "",
        template=values["modele"],
        party=int(values["structure"]) if values["structure"] else None,
        ends_soon=bool(values["bientot"]),
    )
    return Asked(values, words, filters)


def _party(values: dict[str, str], query: Mapping[str, str], pole: Pole) -> str:
    number, text = line_number(values["structure"]), query.get("structure_text", "")[:LONGEST]
    found = None
    if number is not None:
        found = choices.organisation_known(pole=pole, pk=number)
    elif text:
        near = choices.known_organisations(pole=pole, text=text, limit=1)
        found = near[0] if near else None
    values["structure"] = str(found.pk) if found else ""
    return found.name if found else ""
