"""From clues to chances: the conditional logit, whose weights are the most likely on held-out answers.

The chance of label l for text i is softmaxₗ(Σ weightₖ × clue(i, l, k)) (McFadden 1974). A text with several right
labels counts the chance that one of them is named.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Floats

Clues = npt.NDArray[np.float32]
PULL = 2.0
"""How many texts it takes to move the weights from 1, each clue being brought to a spread of 1."""
ROUNDS = 60


def fit_choice(clues: Clues, right: tuple[tuple[int, ...], ...]) -> Floats:
    """Return the weights float64 (c,) for ``clues`` float32 (n, L, c) as they are.

    A weight may be negative: one regression then corrects what another exaggerates. With few texts the weights stay
    near 1 spread each.
    """
    from scipy.optimize import minimize  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    spread = clues.std(axis=(0, 1), dtype=np.float64)
    scale = np.where(spread > 1e-9, spread, 1.0)
    scaled = (clues / scale.astype(np.float32)).astype(np.float32)
    flat = scaled.reshape(-1, clues.shape[2])
    known = np.zeros(clues.shape[:2], dtype=np.float32)
    for row, rows in enumerate(right):
        known[row, list(rows)] = 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        chances = softmax(scaled @ weights.astype(np.float32))
        hit = (chances * known).sum(axis=1, keepdims=True)
        pull = chances - chances * known / np.maximum(hit, 1e-30)
        slope = (pull.reshape(-1) @ flat).astype(np.float64) / len(clues)
        value = float(-np.log(np.maximum(hit, 1e-30)).mean())
        moved, pull_share = weights - 1, PULL / len(clues)
        return value + pull_share * float(moved @ moved), slope + 2 * pull_share * moved

    start = np.ones(clues.shape[2])
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Floats = np.where(spread > 1e-9, found.x / scale, 0.0)
    return weights


def softmax(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return chances that sum to 1 along the last axis."""
    moved: npt.NDArray[Any] = scores - scores.max(axis=-1, keepdims=True)
    np.exp(moved, out=moved)
    moved /= moved.sum(axis=-1, keepdims=True)
    return moved
