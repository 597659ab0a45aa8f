"""The bridge to the engine's learning: decisions become weights, with what they would have changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from maillage_engine.certify.learning import certify_learning
from maillage_engine.learning import Decisions, learn
from maillage_engine.learning.result import named
from maillage_engine.scoring.registry import CRITERION_CODES
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision: the pole, the need it was about, the criteria by code, whether kept, which criteria are blamed."""

    pole: str
    need: str
    criteria: dict[str, int]
    accepted: bool
    blamed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the decisions of all teach to one pole, as plain values."""

    outcome: str
    decisions: int
    weights: dict[str, int]
    shared: dict[str, int]
    replay: dict[str, Any]
    export: dict[str, Any]
    certificate: dict[str, Any]


def weights_at_first() -> dict[str, int]:
    """The weights of the engine, before anything is learned."""
    return named(DEFAULT_WEIGHTS)


def is_complete(criteria: dict[str, int]) -> bool:
    """Say whether a decision kept every criterion of its pair."""
    return all(code in criteria for code in CRITERION_CODES)


def lesson_for(*, pole: str, rows: Iterable[DecisionRow], seed: int = 0) -> Lesson | None:
    """Return what the decisions teach to one pole; None when it has decided nothing.

    Raises ``ValueError`` when the engine's own certificate does not hold: nothing is then kept.
    """
    decisions = Decisions.of_rows(
        [
            (row.pole, row.need, [row.criteria[code] for code in CRITERION_CODES], row.accepted, row.blamed)
            for row in rows
        ]
    )
    if pole not in decisions.poles:
        return None
    result = learn(decisions, seed=seed)
    proof = certify_learning(decisions, result)
    if not proof.valid:
        raise ValueError("le certificat du moteur ne tient pas")
    told = result.as_dict()
    mine = told["poles"][pole]
    return Lesson(
        outcome=mine["outcome"],
        decisions=mine["decisions"],
        weights=mine["weights"],
        shared=told["shared"],
        replay={name: mine[name] for name in ("before", "after", "apart_before", "apart_after")},
        export={**told, "poles": {pole: mine}},
        certificate=proof.as_dict(),
    )
