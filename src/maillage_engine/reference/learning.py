"""Weights from decisions by plain gradient descent, one decision after another: the twin of ``learning``."""

import math

from maillage_engine.learning.decisions import Decisions
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights

SPREADS = {"shared": 1.0, "own": 1.0, "level": 3.0}


def slow_fit(
    decisions: Decisions, *, weights: Weights = DEFAULT_WEIGHTS, steps: int = 3_000
) -> tuple[list[float], list[list[float]], list[float]]:
    """Return (shared, what each pole adds, level of each pole) after ``steps`` small steps down the slope."""
    prior = [8.0 * one / 1000 for one in weights.in_order()]
    shared, own = list(prior), [[0.0] * len(prior) for _ in decisions.poles]
    level = [0.0 for _ in decisions.poles]
    told = told_by(decisions)
    # no step longer than the inverse of the steepest curvature: n × |(x, x, 1)|² / 4 + 1 bounds it
    pace = 1.0 / (
        len(told) * max((2 * sum(one * one for one in seen) + 1 for seen in told), default=1.0) / 4 + 1
    )
    for _ in range(steps):
        d_shared = [one - start for one, start in zip(shared, prior, strict=True)]
        d_own = [[one / SPREADS["own"] ** 2 for one in mine] for mine in own]
        d_level = [one / SPREADS["level"] ** 2 for one in level]
        for row, seen in enumerate(told):
            pole = int(decisions.pole[row])
            odds = level[pole] + sum(
                x * (one + more) for x, one, more in zip(seen, shared, own[pole], strict=True)
            )
            pull = 1.0 / (1.0 + math.exp(-odds)) - (1.0 if decisions.accepted[row] else 0.0)
            d_level[pole] += pull
            for at, x in enumerate(seen):
                d_shared[at] += pull * x
                d_own[pole][at] += pull * x
        shared = [one - pace * down for one, down in zip(shared, d_shared, strict=True)]
        own = [
            [one - pace * down for one, down in zip(*both, strict=True)]
            for both in zip(own, d_own, strict=True)
        ]
        level = [one - pace * down for one, down in zip(level, d_level, strict=True)]
    return shared, own, level


def told_by(decisions: Decisions) -> list[list[float]]:
    """What each decision says of each criterion: its distance to the pole's mean, as the reason lets it speak."""
    width = decisions.criteria.shape[1]
    sums = [[0] * width for _ in decisions.poles]
    counts = [0 for _ in decisions.poles]
    for row, pole in enumerate(decisions.pole.tolist()):
        counts[pole] += 1
        for criterion in range(width):
            sums[pole][criterion] += int(decisions.criteria[row, criterion])
    told = []
    for row, pole in enumerate(decisions.pole.tolist()):
        means = [one / counts[pole] for one in sums[pole]]
        apart = [(int(one) - mean) / 1000 for one, mean in zip(decisions.criteria[row], means, strict=True)]
        blamed = decisions.fault[row].tolist()
        if any(blamed):
            apart = [min(one, 0.0) if guilty else 0.0 for one, guilty in zip(apart, blamed, strict=True)]
        told.append(apart)
    return told
