"""The words and signs of a synergy on a page, and the offer to undo that the next page makes."""

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from maillage.domain.actors.models import Pole
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Synergy

SIGNS: dict[str, str] = {
    SynergyState.DETECTED: "said",
    SynergyState.PROPOSED: "proposed",
    SynergyState.INTERESTED: "proposed",
    SynergyState.TALKS: "proposed",
    SynergyState.AGREED: "promised",
    SynergyState.RUNNING: "promised",
    SynergyState.ENDED: "done",
    SynergyState.REFUSED: "aside",
    SynergyState.ABANDONED: "aside",
}
# The step that a card offers; to propose or to stop one goes through the sheet.
NEXT_VERB: dict[str, str] = {
    SynergyState.INTERESTED: "talk",
    SynergyState.TALKS: "agree",
    SynergyState.AGREED: "run",
    SynergyState.RUNNING: "end",
}
DONE: dict[str, str] = {
    "propose": "Proposée : chaque structure reçoit un courriel.",
    "talk": "En discussion.",
    "agree": "L’accord est noté.",
    "run": "C’est en cours.",
    "end": "Terminée.",
    "refuse": "Refus noté.",
    "abandon": "Abandonnée.",
    "resume": "De nouveau en discussion.",
    "reopen": "Rouverte : proposez-la de nouveau quand vous voulez.",
}
_KEY = "synergies.undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """The offer to take the last move back."""

    pk: int
    sentence: str


def keep_undo(session: SessionBase, synergy: Synergy, sentence: str) -> None:
    """Remember the move for the next page."""
    session[_KEY] = {"pole": synergy.pole_id, "pk": synergy.pk, "sentence": sentence}


def pending_undo(session: SessionBase, pole: Pole) -> Undo | None:
    """Return the offer to undo, once."""
    kept = session.get(_KEY)
    if kept is None or kept["pole"] != pole.pk:
        return None
    del session[_KEY]
    return Undo(kept["pk"], kept["sentence"])
