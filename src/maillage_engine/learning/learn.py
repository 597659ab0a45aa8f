"""From decisions to weights: fit, bring within bounds, check on decisions kept apart."""

from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import AnyArray, Floats, frozen
from maillage_engine.errors import InvalidArgument
from maillage_engine.learning.bounds import DEFAULT_BOUNDS, Bounds
from maillage_engine.learning.decisions import Decisions
from maillage_engine.learning.fit import Coefficients, curvature, evidence_of, in_force, loss, slope
from maillage_engine.learning.replay import Replay, replay, totals_of
from maillage_engine.learning.result import LearnedPole, LearningResult, Outcome
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, TOTAL, Weights
from maillage_engine.stop import NO_LIMIT, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

LEAST_DECISIONS = 50
FOLDS = 5
NEWTON_STEPS = 100
SMALL_SLOPE = 1e-9


@dataclass(frozen=True, slots=True)
class _Asked:
    in_force: Weights
    bounds: Bounds
    least: int
    watch: Watch


def learn(
    decisions: Decisions,
    *,
    weights: Weights = DEFAULT_WEIGHTS,
    bounds: Bounds = DEFAULT_BOUNDS,
    least_decisions: int = LEAST_DECISIONS,
    stop: Stop = NO_LIMIT,
    seed: int = 0,
) -> LearningResult:
    """Return the weights that decisions teach to each pole, ``weights`` being those in force.

    A pole with fewer than ``least_decisions`` keeps ``weights``; so does one whose new weights would have ranked its
    decisions worse than those in force when learned without them (by needs, in 5 parts drawn with ``seed``).
    Weights are whole, sum to 1000, and stay within ``bounds``.
    Raises ``InvalidArgument`` when ``weights`` are out of ``bounds`` or ``least_decisions`` is under 1, ``Cancelled``
    when ``stop`` says so; its limits do not shorten a fit, which takes a few steps.
    """
    if least_decisions < 1:
        raise InvalidArgument("least_decisions", "il faut au moins une décision.")
    if not bounds.hold(weights):
        raise InvalidArgument("weights", "les poids en vigueur sont hors des bornes.")
    asked = _Asked(weights, bounds, least_decisions, stop.watch())
    flat = _fitted(decisions, asked)
    apart = _totals_apart(decisions, asked, seed)
    poles = tuple(_pole(decisions, pole, flat, apart, asked) for pole in range(len(decisions.poles)))
    enough = any(one.outcome != "too_few" for one in poles)
    found = Coefficients.unpacked(flat, len(decisions.poles), len(weights.in_order()))
    return LearningResult(
        status="optimal",
        in_force=weights,
        bounds=bounds,
        least_decisions=least_decisions,
        seed=seed,
        shared=readable(found.shared, asked.in_force, bounds) if enough else weights,
        poles=poles,
        flat=frozen(flat),
        objective=loss(flat, evidence_of(decisions), in_force(weights)),
        digest=decisions.digest(),
        engine_version=ENGINE_VERSION,
    )


def readable(coefficients: Floats, in_use: Weights, bounds: Bounds) -> Weights:
    """Return the whole weights that coefficients (6,) stand for, within bounds; ``in_use`` when none is above 0."""
    positive = np.maximum(coefficients, 0.0)
    if positive.sum() <= 0:
        return in_use
    return bounds.nearest(positive / positive.sum() * TOTAL)


def _fitted(decisions: Decisions, asked: _Asked) -> Floats:
    """Newton's method with halved steps: the loss is strictly convex, a handful of steps reach its minimum."""
    evidence, prior = evidence_of(decisions), in_force(asked.in_force)
    poles = len(decisions.poles)
    flat = Coefficients(prior, np.zeros((poles, len(prior))), np.zeros(poles)).packed()
    here = loss(flat, evidence, prior)
    for _ in range(NEWTON_STEPS):
        asked.watch.check()
        down = slope(flat, evidence, prior)
        if np.abs(down).max(initial=0.0) <= SMALL_SLOPE:
            break
        step = np.linalg.solve(curvature(flat, evidence, prior), down)
        size = 1.0
        while (
            size > SMALL_SLOPE and loss(flat - size * step, evidence, prior) > here - size * (down @ step) / 4
        ):
            size /= 2
        if size <= SMALL_SLOPE:
            break
        flat = flat - size * step
        here = loss(flat, evidence, prior)
    return flat


def _pole_weights(flat: Floats, poles: int, pole: int, asked: _Asked) -> Weights:
    found = Coefficients.unpacked(flat, poles, len(asked.in_force.in_order()))
    return readable(found.shared + found.own[pole], asked.in_force, asked.bounds)


def _totals_apart(decisions: Decisions, asked: _Asked, seed: int) -> Floats:
    """Return the total (n,) of each decision, by weights learned without its need; in force where too few are left."""
    totals = totals_of(decisions, asked.in_force)
    if len(decisions) < asked.least:
        return totals
    part = _parts(decisions, seed)
    for one in range(FOLDS):
        rows = np.flatnonzero(part == one)
        if len(rows) == 0:
            continue
        flat = _fitted(decisions.only(np.flatnonzero(part != one)), asked)
        for pole in np.unique(decisions.pole[rows]):
            here = rows[decisions.pole[rows] == pole]
            weights = _pole_weights(flat, len(decisions.poles), int(pole), asked)
            totals[here] = totals_of(decisions.only(here), weights)
    return totals


def _parts(decisions: Decisions, seed: int) -> AnyArray:
    """Draw the part of each decision, those of one need together."""
    needs = sorted(set(decisions.need))
    drawn = np.random.default_rng(seed).permutation(len(needs)) % FOLDS
    part_of = dict(zip(needs, drawn.tolist(), strict=True))
    return np.array([part_of[need] for need in decisions.need], dtype=np.int64)


def _pole(decisions: Decisions, pole: int, flat: Floats, apart: Floats, asked: _Asked) -> LearnedPole:
    rows = decisions.of_pole(pole)
    mine = decisions.only(rows)
    before = replay(mine, totals_of(mine, asked.in_force))
    weights = _pole_weights(flat, len(decisions.poles), pole, asked)
    outcome: Outcome = "learned"
    apart_after: Replay | None = None
    if len(rows) < asked.least:
        outcome = "too_few"
    else:
        apart_after = replay(mine, apart[rows])
        if _is_worse(apart_after, before):
            outcome = "no_better"
    if outcome != "learned":
        weights = asked.in_force
    return LearnedPole(
        pole=decisions.poles[pole],
        outcome=outcome,
        weights=weights,
        decisions=len(rows),
        before=before,
        after=replay(mine, totals_of(mine, weights)),
        apart_before=None if apart_after is None else before,
        apart_after=apart_after,
    )


def _is_worse(after: Replay, before: Replay) -> bool:
    """Whether accepted and refused are told apart worse, over all of them: those of one need are often few."""
    return after.auc is not None and before.auc is not None and after.auc < before.auc
