"""The certificate of learned weights: the minimum is one, the weights are those it stands for, nothing leaves its rule.

The loss is at least as curved everywhere as its prior (curvature c), so a slope g left at a point is at most
|g|² / 2c above the minimum: that is the bound. Slope and loss are recomputed here by the slow formulas.
"""

import math

from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.learning.decisions import Decisions
from maillage_engine.learning.fit import Coefficients
from maillage_engine.learning.learn import readable
from maillage_engine.learning.result import LearnedPole, LearningResult
from maillage_engine.reference.learning import SPREADS, told_by


def certify_learning(decisions: Decisions, result: LearningResult) -> Proof:
    """Return the certificate of ``result`` for ``decisions``."""
    told = told_by(decisions)
    objective, squared_slope = _at(decisions, told, result)
    bound = objective - squared_slope * max(SPREADS.values()) ** 2 / 2
    gap = relative_gap(objective, bound)
    checks = (
        Check("problem", result.digest == decisions.digest(), "le résultat vient de ces décisions"),
        Check(
            "objective",
            abs(objective - result.objective) <= TOLERANCE * max(1.0, objective),
            f"{objective:.6f}",
        ),
        Check("minimum", gap is not None and gap <= TOLERANCE, f"écart au minimum : {gap}"),
        Check(
            "bounds",
            all(_is_bounded(one, result) for one in result.poles),
            "poids entiers, de somme 1000, bornés",
        ),
        Check("weights", _are_those_of_minimum(decisions, result), "poids tirés des coefficients"),
        Check("few", all(_is_patient(one, result) for one in result.poles), "rien ne change sous le seuil"),
    )
    return Proof(checks, objective, bound, gap, result.digest, result.engine_version)


def _at(decisions: Decisions, told: list[list[float]], result: LearningResult) -> tuple[float, float]:
    """The loss at the coefficients, and the square of its slope."""
    prior = [8.0 * one / 1000 for one in result.in_force.in_order()]
    found = Coefficients.unpacked(result.flat, len(decisions.poles), len(prior))
    shared, own, level = found.shared.tolist(), found.own.tolist(), found.level.tolist()
    pull_shared = [one - start for one, start in zip(shared, prior, strict=True)]
    pull_own = [list(mine) for mine in own]
    pull_level = [one / SPREADS["level"] ** 2 for one in level]
    total = sum((one - start) ** 2 for one, start in zip(shared, prior, strict=True)) / 2
    total += sum(one * one for mine in own for one in mine) / 2
    total += sum(one * one for one in level) / SPREADS["level"] ** 2 / 2
    for row, seen in enumerate(told):
        pole = int(decisions.pole[row])
        odds = level[pole] + sum(
            x * (one + more) for x, one, more in zip(seen, shared, own[pole], strict=True)
        )
        sign = 1.0 if decisions.accepted[row] else -1.0
        total += (
            math.log1p(math.exp(-sign * odds))
            if sign * odds > 0
            else math.log1p(math.exp(sign * odds)) - sign * odds
        )
        pull = -sign / (1.0 + math.exp(sign * odds))
        pull_level[pole] += pull
        for at, x in enumerate(seen):
            pull_shared[at] += pull * x
            pull_own[pole][at] += pull * x
    square = sum(one * one for one in [*pull_shared, *pull_level]) + sum(
        one * one for mine in pull_own for one in mine
    )
    return total, square


def _is_bounded(one: LearnedPole, result: LearningResult) -> bool:
    return sum(one.weights.in_order()) == 1000 and result.bounds.hold(one.weights)


def _are_those_of_minimum(decisions: Decisions, result: LearningResult) -> bool:
    found = Coefficients.unpacked(result.flat, len(decisions.poles), len(result.in_force.in_order()))
    return all(
        one.weights
        == (
            readable(found.shared + found.own[pole], result.in_force, result.bounds)
            if one.outcome == "learned"
            else result.in_force
        )
        for pole, one in enumerate(result.poles)
    )


def _is_patient(one: LearnedPole, result: LearningResult) -> bool:
    return one.decisions >= result.least_decisions or one.weights == result.in_force
