"""Ordering the feasible pairs of a block and keeping the best of each row."""

from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import INT32_MAX, Int16s, Int32s, Int64s
from maillage_engine.pairs import Pairs
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import Weights


@dataclass(eq=False)
class Best:
    """The kept pairs (p,): row asked, rank from 0, row of the other side, total, criteria (p, 6), distance."""

    row: Int64s
    rank: Int64s
    other: Int64s
    total: Int32s
    criteria: Int16s
    distance_m: Int32s


@dataclass(eq=False)
class Ranking:
    """The arrays of a result while it is filled, shapes (n, k) and (n, k, criteria)."""

    indices: Int32s
    totals: Int32s
    criteria: Int16s
    distance_m: Int32s
    found: Int32s

    @classmethod
    def empty(cls, *, rows: int, k: int, criteria: int) -> "Ranking":
        """Return the ranking where nobody has an answer."""
        return cls(
            indices=np.full((rows, k), -1, dtype=np.int32),
            totals=np.zeros((rows, k), dtype=np.int32),
            criteria=np.zeros((rows, k, criteria), dtype=np.int16),
            distance_m=np.full((rows, k), -1, dtype=np.int32),
            found=np.zeros(rows, dtype=np.int32),
        )

    def put(self, kept: Best) -> None:
        """Write the best pairs of a block."""
        at = (kept.row, kept.rank)
        self.indices[at] = kept.other
        self.totals[at] = kept.total
        self.criteria[at] = kept.criteria
        self.distance_m[at] = kept.distance_m
        np.add.at(self.found, kept.row, 1)


def best(pairs: Pairs, *, direction: str, k: int, weights: Weights, id_rank: Int32s) -> Best:
    """Return the ``k`` best pairs of each row asked: larger total, then smaller distance, then id.

    ``pairs`` is a list (p,); ``id_rank`` (m,) ranks the ids of the other side.
    """
    criteria = [one.of(pairs) for one in CRITERIA]
    total = np.zeros(pairs.shape, dtype=np.int32)
    for weight, values in zip(weights.in_order(), criteria, strict=True):
        total += np.int32(weight) * values
    asked, other = (pairs.needs, pairs.offers) if direction == "needs" else (pairs.offers, pairs.needs)
    distance = pairs.distance_m
    chosen = _promising(asked, total, k)
    far = np.where(distance < 0, np.int32(INT32_MAX), distance)[chosen]
    order = np.lexsort((id_rank[other[chosen]], far, -total[chosen], asked[chosen]))
    chosen = chosen[order]
    rank = _rank_in_row(asked[chosen])
    chosen, rank = chosen[rank < k], rank[rank < k]
    return Best(
        row=asked[chosen],
        rank=rank,
        other=other[chosen],
        total=total[chosen],
        criteria=np.stack([values[chosen] for values in criteria], axis=1).astype(np.int16),
        distance_m=distance[chosen],
    )


def _promising(asked: Int64s, total: Int32s, k: int) -> Int64s:
    """Return the pairs that may be among the k best of their row: those that reach the row's k-th total."""
    order = np.lexsort((-total, asked))
    rank = _rank_in_row(asked[order])
    last = order[rank == k - 1]
    threshold = np.zeros(int(asked.max(initial=-1)) + 1, dtype=np.int32)
    threshold[asked[last]] = total[last]
    return np.flatnonzero(total >= threshold[asked])


def _rank_in_row(sorted_rows: Int64s) -> Int64s:
    starts = np.flatnonzero(np.r_[True, sorted_rows[1:] != sorted_rows[:-1]])
    lengths = np.diff(np.r_[starts, len(sorted_rows)])
    if len(sorted_rows) == 0:
        return np.zeros(0, dtype=np.int64)
    return np.arange(len(sorted_rows)) - np.repeat(starts, lengths)
