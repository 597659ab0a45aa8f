"""The professions proposed from the words when what is looked for, or offered, is a skill; kept as a quality."""

from dataclasses import dataclass

from maillage.domain.catalogue.models import ResourceKind
from maillage.domain.matching.bridges.types import proposed_professions
from maillage.interfaces.web.exchanges.forms import IntentForm
from maillage.interfaces.web.exchanges.kinds import Kind, trained

LONGEST = 60
_MOST = 3
_SAID = "métier : "


@dataclass(frozen=True, slots=True)
class Professions:
    """What to show: the labels proposed, best first, and the one that was touched."""

    labels: tuple[str, ...] = ()
    chosen: str = ""


def professions_of(form: IntentForm, kind: Kind) -> Professions:
    """Return the professions to propose; none unless the type is a skill. Nothing is ticked for the person."""
    if not _is_skill(kind):
        return Professions()
    chosen = chosen_profession(form, kind)
    labels = [_short(label) for label, _ in proposed_professions(form.text("words"), _MOST, trained())]
    if chosen and chosen not in labels:
        labels.insert(0, chosen)
    return Professions(tuple(labels), chosen)


def chosen_profession(form: IntentForm, kind: Kind) -> str:
    """Return the profession that was touched, while the type is still a skill; "" otherwise."""
    return _short(form.text("profession")) if _is_skill(kind) else ""


def with_profession(qualities: tuple[str, ...], label: str) -> tuple[str, ...]:
    """Return the qualities with the profession said first, once."""
    said = f"{_SAID}{label}"
    return qualities if not label or said in qualities else (said, *qualities)


def _is_skill(kind: Kind) -> bool:
    return kind.chosen is not None and kind.chosen.kind == ResourceKind.SKILL


def _short(label: str) -> str:
    """Return a label that fits: qualities are separated by commas."""
    return " ".join(label.replace(",", " ").split())[:LONGEST]
