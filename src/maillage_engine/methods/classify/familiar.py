"""« None of these »: the chance that a text speaks of something known, by a logistic regression.

Learnt from the texts of the problem, each seen without itself, and from texts that are strangers to it.
"""

from typing import Any

import numpy as np

from maillage_engine.arrays import Floats

PULL = 1e-3


def fit_familiar(known: Floats, strange: Floats) -> Floats:
    """Return float64 (c + 1,), constant last; ``known`` (n, c) and ``strange`` (m, c) weigh the same together."""
    share = np.concatenate([np.full(len(known), 0.5 / len(known)), np.full(len(strange), 0.5 / len(strange))])
    told = np.concatenate([np.ones(len(known)), -np.ones(len(strange))])
    return _fit(np.concatenate([known, strange]), told, share)


def fit_trust(top: Floats, known: Floats, correct: Floats) -> Floats:
    """Return float64 (3,): how often a first answer of chance ``top`` to a text ``known`` so far is correct (0 or 1).

    Platt 1999, « Probabilistic outputs for support vector machines », on answers to held-out texts.
    """
    return _fit(_odds(top, known), 2 * correct - 1, np.full(len(top), 1 / len(top)))


def trust(top: Floats, known: Floats, weights: Floats) -> Floats:
    """Return float64 (a,): the chance that each first answer is the right one."""
    return familiarity(_odds(top, known), weights)


def _odds(top: Floats, known: Floats) -> Floats:
    """Return the log-odds (a, 2) of both chances, bounded."""
    both = np.clip(np.stack([top, known], axis=-1).astype(np.float64), 1e-4, 1 - 1e-4)
    odds: Floats = np.log(both / (1 - both))
    return odds


def _fit(clues: Floats, sign: Floats, share: Floats) -> Floats:
    from scipy.optimize import minimize  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    values = _with_constant(clues)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (values @ weights)
        slope = -(share * sign / (1 + np.exp(np.clip(margin, -50, 50)))) @ values
        value = float((share * np.logaddexp(0, -margin)).sum())
        return value + PULL * float(weights @ weights), slope + 2 * PULL * weights

    found: Any = minimize(loss, np.zeros(values.shape[1]), jac=True, method="L-BFGS-B")
    weights: Floats = found.x
    return weights


def familiarity(clues: Floats, weights: Floats) -> Floats:
    """Return float64 (a,): the chance that each text is of the known kind."""
    chance: Floats = 1 / (1 + np.exp(-np.clip(_with_constant(clues) @ weights, -50, 50)))
    return chance


def _with_constant(clues: Floats) -> Floats:
    wide: Floats = np.concatenate([clues.astype(np.float64), np.ones((len(clues), 1))], axis=1)
    return wide
