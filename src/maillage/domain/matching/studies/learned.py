"""What a pole's decisions taught, as its page tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maillage.core.french import number
from maillage.domain.actors.models import Pole
from maillage.domain.matching.bridges.learning import weights_at_first
from maillage.domain.matching.enums import LearningOutcome
from maillage.domain.matching.learning import last_learning, weights_in_force
from maillage.domain.matching.models import Decision, LearnedWeights

CRITERIA_FR = {
    "meaning": "Le sens des textes",
    "type": "La nature de ce qui est demandé",
    "distance": "La distance",
    "calendar": "Le calendrier",
    "quantity": "La quantité",
    "freshness": "La fraîcheur",
}
ENOUGH = 50
PER_CENT = 100


@dataclass(frozen=True, slots=True)
class WeightLine:
    """One criterion: what it counts in the engine, and now, in thousandths."""

    label: str
    first: int
    now: int


@dataclass(frozen=True, slots=True)
class LearnedShown:
    """The weights in force, the last learning, how many decisions there are, and what the replay says."""

    last: LearnedWeights | None
    is_learned: bool
    decisions: int
    lines: tuple[WeightLine, ...]
    replay: str


def read_learned(*, pole: Pole) -> LearnedShown:
    """Return what the page of the weights shows."""
    first, force, last = weights_at_first(), weights_in_force(pole=pole), last_learning(pole=pole)
    now = force or first
    return LearnedShown(
        last=last,
        is_learned=force is not None,
        decisions=Decision.objects.filter(pole=pole).count(),
        lines=tuple(WeightLine(label, first[code], now[code]) for code, label in CRITERIA_FR.items()),
        replay=_replay(last.replay) if last is not None and last.outcome == LearningOutcome.LEARNED else "",
    )


def _replay(told: Mapping[str, Any]) -> str:
    before, after = told.get("apart_before") or {}, told.get("apart_after") or {}
    if before.get("auc") is None or after.get("auc") is None:
        return ""
    return (
        "Rejoué sur des décisions tenues à part : une piste gardée passe devant une piste mise de côté "
        f"{number(after['auc'] * PER_CENT, digits=0)} fois sur 100, au lieu de "
        f"{number(before['auc'] * PER_CENT, digits=0)}."
    )
