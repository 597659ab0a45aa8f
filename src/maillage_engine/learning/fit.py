"""The regression: how much each criterion speaks for an acceptance, in every pole and in one of them.

Logistic regression of « accepted », with a normal prior: each pole's coefficients are drawn around shared ones, which
are drawn around the weights in force (A. Gelman, J. Hill, "Data Analysis Using Regression and Multilevel/
Hierarchical Models", 2007, chapters 11–14; here the most likely coefficients, for fixed spreads). The loss is
strictly convex: its minimum is unique, and the slope left says how far from it one can be.

A refusal speaks only against the criteria that its reason blames: the others are set to their mean, and a criterion
blamed although it was better than usual is set to its mean too, so that no reason plays against its own criterion.
"""

from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Floats, Int32s
from maillage_engine.learning.decisions import Decisions
from maillage_engine.scoring.weights import TOTAL, Weights

SLOPE = 8.0
"""Coefficients of the weights in force: a total better by one eighth multiplies the odds of acceptance by e."""
SHARED_SPREAD = 1.0
POLE_SPREAD = 1.0
LEVEL_SPREAD = 3.0
"""How far a pole's general readiness to accept may be from even odds."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """``seen`` float64 (n, 6) the criteria as evidence, centred by pole, in units of 1000; ``sign`` ±1 (n,)."""

    seen: Floats
    sign: Floats
    pole: Int32s
    poles: int


@dataclass(frozen=True, eq=False)
class Coefficients:
    """``shared`` (6,); ``own`` (P, 6) what each pole adds to it; ``level`` (P,)."""

    shared: Floats
    own: Floats
    level: Floats

    @classmethod
    def unpacked(cls, flat: Floats, poles: int, criteria: int) -> "Coefficients":
        """Return the coefficients of one vector."""
        cut = criteria + poles * criteria
        return cls(flat[:criteria], flat[criteria:cut].reshape(poles, criteria), flat[cut:])

    def packed(self) -> Floats:
        """Return one vector: shared, each pole's, levels."""
        return np.concatenate([self.shared, self.own.ravel(), self.level])


def evidence_of(decisions: Decisions) -> Evidence:
    """Return what decisions say, each refusal as its reason tells it."""
    seen = decisions.criteria.astype(np.float64) / 1000
    for pole in range(len(decisions.poles)):
        rows = decisions.of_pole(pole)
        if len(rows):
            seen[rows] -= seen[rows].mean(axis=0)
    told = decisions.fault.any(axis=1)
    seen[told] = np.where(decisions.fault[told], np.minimum(seen[told], 0.0), 0.0)
    return Evidence(seen, np.where(decisions.accepted, 1.0, -1.0), decisions.pole, len(decisions.poles))


def in_force(weights: Weights) -> Floats:
    """Return the coefficients (6,) that weights stand for."""
    return SLOPE * np.array(weights.in_order(), dtype=np.float64) / TOTAL


def loss(flat: Floats, evidence: Evidence, prior: Floats) -> float:
    """Minus the log of the likelihood and of the prior, but for a constant."""
    one = Coefficients.unpacked(flat, evidence.poles, len(prior))
    misfit = np.logaddexp(0.0, -evidence.sign * _odds(one, evidence)).sum()
    spread = ((one.shared - prior) ** 2).sum() / SHARED_SPREAD**2
    spread += (one.own**2).sum() / POLE_SPREAD**2 + (one.level**2).sum() / LEVEL_SPREAD**2
    return float(misfit + spread / 2)


def slope(flat: Floats, evidence: Evidence, prior: Floats) -> Floats:
    """The gradient of ``loss``."""
    one = Coefficients.unpacked(flat, evidence.poles, len(prior))
    pull = -evidence.sign / (1.0 + np.exp(evidence.sign * _odds(one, evidence)))
    by_row = pull[:, None] * evidence.seen
    own, level = one.own / POLE_SPREAD**2, one.level / LEVEL_SPREAD**2
    np.add.at(own, evidence.pole, by_row)
    np.add.at(level, evidence.pole, pull)
    shared = by_row.sum(axis=0) + (one.shared - prior) / SHARED_SPREAD**2
    return Coefficients(shared, own, level).packed()


def curvature(flat: Floats, evidence: Evidence, prior: Floats) -> Floats:
    """The Hessian of ``loss``."""
    poles, width = evidence.poles, len(prior)
    sure = 1.0 / (1.0 + np.exp(-_odds(Coefficients.unpacked(flat, poles, width), evidence)))
    weight = sure * (1.0 - sure)
    spreads = [SHARED_SPREAD] * width + [POLE_SPREAD] * (poles * width) + [LEVEL_SPREAD] * poles
    bent: Floats = np.diag(1.0 / np.array(spreads) ** 2)
    shared = np.arange(width)
    for pole in range(poles):
        rows = evidence.pole == pole
        # a pole's rows bear on the shared coefficients, on its own and on its level: twice the same columns, and one
        columns = np.column_stack([evidence.seen[rows], evidence.seen[rows], np.ones(int(rows.sum()))])
        own = width + pole * width + shared
        at = np.concatenate([shared, own, [width + poles * width + pole]])
        bent[np.ix_(at, at)] += columns.T @ (weight[rows][:, None] * columns)
    return bent


def _odds(one: Coefficients, evidence: Evidence) -> Floats:
    mixed = one.shared + one.own[evidence.pole]
    odds: Floats = (evidence.seen * mixed).sum(axis=1) + one.level[evidence.pole]
    return odds
