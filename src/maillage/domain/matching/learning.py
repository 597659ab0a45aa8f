"""Learning from what the team decides: the weights of the criteria, one dated row a learning."""

from datetime import datetime

from maillage.domain.actors.models import Account, Pole
from maillage.domain.matching.bridges.learning import DecisionRow, is_complete, lesson_for, weights_at_first
from maillage.domain.matching.enums import DecisionKind, LearningOutcome, SetAsideReason
from maillage.domain.matching.models import Decision, LearnedWeights

BLAMED: dict[str, tuple[str, ...]] = {
    SetAsideReason.TOO_FAR: ("distance",),
    SetAsideReason.NOT_THAT: ("meaning", "type"),
    SetAsideReason.TIMING: ("calendar",),
}
"""Which criteria a reason speaks of. The other reasons (price, trust, already tried…) say nothing of the criteria:
a pair set aside for one of them is not learned from."""


def learn_weights(*, pole: Pole, at: datetime, by: Account | None = None) -> LearnedWeights:
    """Learn from every decision of every pole, and keep what it changes for this one.

    Under fifty decisions, or when the new weights would not sort better, the row says so and its weights are those
    of the engine.
    """
    lesson = lesson_for(pole=str(pole.pk), rows=_rows())
    if lesson is None:
        first = weights_at_first()
        return LearnedWeights.objects.create(
            pole=pole, at=at, by=by, outcome=LearningOutcome.TOO_FEW, decisions=0, weights=first, shared=first
        )
    return LearnedWeights.objects.create(
        pole=pole,
        at=at,
        by=by,
        outcome=lesson.outcome,
        decisions=lesson.decisions,
        weights=lesson.weights,
        shared=lesson.shared,
        replay=lesson.replay,
        export=lesson.export,
        certificate=lesson.certificate,
    )


def put_back_weights(*, pole: Pole, at: datetime, by: Account | None = None) -> LearnedWeights:
    """Go back to the weights of the engine; what was learned before stays readable."""
    return LearnedWeights.objects.create(
        pole=pole, at=at, by=by, outcome=LearningOutcome.PUT_BACK, decisions=0, weights=weights_at_first()
    )


def last_learning(*, pole: Pole) -> LearnedWeights | None:
    """The last learning of a pole, whatever it gave."""
    return LearnedWeights.objects.filter(pole=pole).first()


def weights_in_force(*, pole: Pole) -> dict[str, int] | None:
    """The learned weights that the searches of a pole use; None: those of the engine."""
    last = last_learning(pole=pole)
    return last.weights if last is not None and last.outcome == LearningOutcome.LEARNED else None


def _rows() -> list[DecisionRow]:
    decided = Decision.objects.order_by("pk").values_list("pole_id", "need_id", "criteria", "kind", "reason")
    return [
        DecisionRow(str(pole), str(need), criteria, kind == DecisionKind.ACCEPTED, BLAMED.get(reason, ()))
        for pole, need, criteria, kind, reason in decided
        if is_complete(criteria) and (kind == DecisionKind.ACCEPTED or reason in BLAMED)
    ]
