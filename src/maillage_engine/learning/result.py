"""What the learning gives, and its readable JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidArgument
from maillage_engine.learning.bounds import Bounds
from maillage_engine.learning.replay import Replay
from maillage_engine.scoring.registry import CRITERION_CODES
from maillage_engine.scoring.weights import Weights

Outcome = Literal["learned", "too_few", "no_better"]
"""``too_few``: under the least number of decisions; ``no_better``: on decisions kept apart, the new weights would
have ranked worse. In both cases the weights in force stay."""

FORMAT = "maillage-weights-1"


@dataclass(frozen=True, slots=True)
class LearnedPole:
    """One pole: the weights it should use, and what they change on past decisions.

    ``before`` and ``after`` replay the decisions that were learned from; ``apart_before`` and ``apart_after`` replay
    each decision with weights learned without its need (None when nothing was learned).
    """

    pole: str
    outcome: Outcome
    weights: Weights
    decisions: int
    before: Replay
    after: Replay
    apart_before: Replay | None
    apart_after: Replay | None


@dataclass(frozen=True, eq=False)
class LearningResult:
    """``shared``: the weights that all poles together suggest; ``flat``: the coefficients at the minimum (see
    ``fit.Coefficients``), ``objective`` their loss."""

    status: str
    in_force: Weights
    bounds: Bounds
    least_decisions: int
    seed: int
    shared: Weights
    poles: tuple[LearnedPole, ...]
    flat: Floats
    objective: float
    digest: str
    engine_version: str

    def of(self, pole: str) -> LearnedPole:
        """Return one pole's. Raises ``KeyError`` when it has no decision."""
        for one in self.poles:
            if one.pole == pole:
                return one
        raise KeyError(pole)

    def as_dict(self) -> dict[str, Any]:
        """Everything a person may want to read or carry elsewhere, as JSON takes it."""
        return {
            "format": FORMAT,
            "engine_version": self.engine_version,
            "digest": self.digest,
            "least_decisions": self.least_decisions,
            "bounds": {
                code: [low, high]
                for code, low, high in zip(CRITERION_CODES, self.bounds.least, self.bounds.most, strict=True)
            },
            "in_force": named(self.in_force),
            "shared": named(self.shared),
            "poles": {
                one.pole: {
                    "outcome": one.outcome,
                    "weights": named(one.weights),
                    "decisions": one.decisions,
                    "before": asdict(one.before),
                    "after": asdict(one.after),
                    "apart_before": asdict(one.apart_before) if one.apart_before else None,
                    "apart_after": asdict(one.apart_after) if one.apart_after else None,
                }
                for one in self.poles
            },
        }


def named(weights: Weights) -> dict[str, int]:
    """Return weights by the code of their criterion."""
    return dict(zip(CRITERION_CODES, weights.in_order(), strict=True))


def weights_from(told: Mapping[str, Any]) -> Weights:
    """Return the weights of a mapping by code. Raises ``InvalidArgument`` when a code is absent, unknown, not whole."""
    if set(told) != set(CRITERION_CODES):
        raise InvalidArgument("weights", f"il faut un poids pour chacun de : {', '.join(CRITERION_CODES)}.")
    values = [told[code] for code in CRITERION_CODES]
    if not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        raise InvalidArgument("weights", "les poids sont des nombres entiers.")
    return Weights(*values)
