"""Hit@k, mean reciprocal rank and recall@10 of ranked answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DEPTHS = (1, 3, 5, 10)
NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Measures:
    """``hits``: for each depth k, the share of texts one of whose right answers is among the first k.

    ``recall_5`` and ``recall_10``: the mean share of the right answers that are among the first 5 and 10.
    ``reciprocal``: mean of 1 / rank of the first right answer.
    """

    hits: dict[int, float]
    reciprocal: float
    recall_5: float
    recall_10: float
    texts: int

    def as_dict(self) -> dict[str, object]:
        """Return the measures as JSON takes them."""
        told = {f"hit@{depth}": share for depth, share in self.hits.items()}
        return {
            **told,
            "MRR": self.reciprocal,
            "recall@5": self.recall_5,
            "recall@10": self.recall_10,
            "n": self.texts,
        }


def measure(
    scores: npt.NDArray[np.float32], right: Sequence[Collection[int]], missing: Sequence[int]
) -> Measures:
    """Measure ``scores`` (n, m), higher first; ``missing[i]`` right answers of row i are not among the m.

    A wrong answer that scores as much as a right one counts as before it.
    """
    first = np.full(len(right), NEVER)
    shares: dict[int, list[float]] = {5: [], 10: []}
    for row, (rows, lost) in enumerate(zip(right, missing, strict=True)):
        mine = sorted(rows)
        places = _places(scores[row], mine)
        if len(places):
            first[row] = places.min()
        for depth, found in shares.items():
            total = len(mine) + lost
            found.append(float((places < depth).sum()) / total if total else 0.0)
    hits = {depth: float(np.mean(first < depth)) for depth in DEPTHS}
    reciprocal = float(np.mean(1 / (1 + first)))
    return Measures(hits, reciprocal, float(np.mean(shares[5])), float(np.mean(shares[10])), len(right))


def _places(scores: npt.NDArray[np.float32], right: list[int]) -> npt.NDArray[np.int64]:
    """Return the rank from 0 of each right answer: those before it, itself apart."""
    others = np.ones(len(scores), dtype=bool)
    others[right] = False
    wrong = scores[others]
    mine = -np.sort(-scores[right])
    ranks = [int((wrong >= one).sum()) + at for at, one in enumerate(mine)]
    return np.array(ranks, dtype=np.int64)
