"""Where: the commune that was chosen or typed, or the chips that repair it."""

from dataclasses import dataclass

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.queries import choices
from maillage.domain.places.models import Municipality
from maillage.domain.places.queries import (
    AmbiguousMunicipality,
    MunicipalityFound,
    UnknownMunicipality,
    municipality_named,
    search_municipalities,
)
from maillage.interfaces.web.exchanges.forms import IntentForm

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Repair:
    """A chip that mends a field: its value, its words, what is said softly after them."""

    value: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """The commune, or the sentence and the chips when it is not known; all empty when nothing was typed."""

    municipality: Municipality | None = None
    text: str = ""
    mistake: str = ""
    repairs: tuple[Repair, ...] = ()


def where_of(form: IntentForm, *, pole: Pole) -> Where:
    """Read the commune of a form: the one chosen, else the one named."""
    chosen = choices.municipality_coded(form.text("municipality"))
    if chosen is not None:
        return Where(chosen, chosen.label)
    text = form.text("municipality_text")[:LONGEST]
    return municipality_typed(text, pole=pole) if text else Where()


def municipality_typed(text: str, *, pole: Pole) -> Where:
    """Understand a commune that was typed; a postcode of one commune is enough."""
    try:
        return Where(municipality_named(text, near_territory=pole.territory), text)
    except UnknownMunicipality as mistake:
        if text.isdigit():
            near = search_municipalities(text=text, limit=4, near_territory=pole.territory)
            if len(near) == 1:
                return Where(choices.municipality_coded(near[0].code), text)
            if near:
                sentence = f"Plusieurs communes ont le code {text}. Laquelle ?"
                return Where(None, text, sentence, tuple(map(_repair, near)))
        sentence = f"Aucune commune ne s’écrit « {text} »."
        ask = " Vouliez-vous dire :" if mistake.candidates else " Essayez avec le code postal."
        return Where(None, text, sentence + ask, tuple(map(_repair, mistake.candidates)))
    except AmbiguousMunicipality as mistake:
        sentence = f"Plusieurs communes s’appellent « {text} ». Laquelle ?"
        return Where(None, text, sentence, tuple(map(_repair, mistake.candidates)))
    except UserMistake as mistake:
        return Where(None, text, mistake.message)


def _repair(found: MunicipalityFound) -> Repair:
    inside = "dans votre territoire" if found.in_territory else ""
    return Repair(found.code, f"{found.name} ({found.department_code})", inside)
