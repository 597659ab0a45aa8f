"""Which pairs are worth looking at, found without looking at the pairs.

The rows asked for are grouped by type; the catalogue says which types of the other side can answer, hence which
rows. Small groups are put together into one list of pairs. A large group is cut into blocks of neighbours, and
what lies outside the block's surroundings, seen with each one's accepted distance, is left out: the straight line
through the Earth is never longer than the way along the ground. Rows of an unknown place are never left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Bools, Int64s
from maillage_engine.problem.geography import NO_LIMIT
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side

LARGE_GROUP_PAIRS = 200_000
LARGEST_BLOCK_ROWS = 128
MARGIN_M = 2


@dataclass(frozen=True, eq=False)
class Block:
    """Pairs (``asked[asked_at]``, ``others[other_at]``), the two positions broadcasting to one shape.

    ``left_out``: how many more pairs their types would allow, but not the accepted distances.
    """

    asked: Int64s
    others: Int64s
    asked_at: Int64s
    other_at: Int64s
    left_out: int

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return int(np.prod(np.broadcast_shapes(self.asked_at.shape, self.other_at.shape)))


@dataclass(frozen=True, eq=False)
class Candidates:
    """``answers`` (T + 1, T + 1): [asked type, other type] whether they can meet; index T is the unknown type."""

    asked: Side
    others: Side
    answers: Bools

    @classmethod
    def of(cls, problem: Problem, direction: str) -> "Candidates":
        """Return the candidates of a problem, asked from the needs or from the offers."""
        can_answer = problem.types.closeness > 0
        if direction == "needs":
            return cls(problem.needs, problem.offers, can_answer.T)
        return cls(problem.offers, problem.needs, can_answer)

    def blocks(self, block_pairs: int) -> Iterator[Block]:
        """Yield blocks of at most ``block_pairs`` pairs, or of one row; each row asked is in one block."""
        gathered: list[tuple[Int64s, Int64s]] = []
        size = 0
        for rows, others in self._groups():
            pairs = len(rows) * len(others)
            if pairs > min(LARGE_GROUP_PAIRS, block_pairs):
                yield from self._near_blocks(rows, others, block_pairs)
                continue
            if gathered and size + pairs > block_pairs:
                yield _together(gathered)
                gathered, size = [], 0
            gathered.append((rows, others))
            size += pairs
        if gathered:
            yield _together(gathered)

    def _groups(self) -> Iterator[tuple[Int64s, Int64s]]:
        unknown = len(self.answers) - 1
        asked_types = np.where(self.asked.types < 0, unknown, self.asked.types)
        other_types = np.where(self.others.types < 0, unknown, self.others.types)
        by_type = np.argsort(other_types, kind="stable")
        starts = np.searchsorted(other_types[by_type], np.arange(unknown + 2))
        for one in np.unique(asked_types):
            matching = np.flatnonzero(self.answers[one])
            parts = [by_type[starts[other] : starts[other + 1]] for other in matching]
            yield np.flatnonzero(asked_types == one), np.concatenate(parts)

    def _near_blocks(self, rows: Int64s, others: Int64s, block_pairs: int) -> Iterator[Block]:
        unlimited = self.asked.limit_m[rows] == NO_LIMIT
        nowhere = ~self.asked.located[rows]
        for part in (rows[nowhere], rows[~nowhere & unlimited], rows[~nowhere & ~unlimited]):
            step = min(max(block_pairs // len(others), 1), LARGEST_BLOCK_ROWS)
            ordered = _neighbours_together(self.asked.metres[part], part, step)
            for start in range(0, len(ordered), step):
                block = ordered[start : start + step]
                near = others[self._near(block, others)]
                left_out = len(block) * (len(others) - len(near))
                yield Block(
                    block, near, np.arange(len(block))[:, None], np.arange(len(near))[None, :], left_out
                )

    def _near(self, block: Int64s, others: Int64s) -> Bools:
        """Say which of ``others`` may be within what somebody of the block and they themselves accept."""
        if not self.asked.located[block].all():
            return np.ones(len(others), dtype=np.bool_)
        corner, opposite = self.asked.metres[block].min(axis=0), self.asked.metres[block].max(axis=0)
        places = self.others.metres[others]
        outside = np.maximum(np.maximum(corner - places, places - opposite), 0)
        accepted = np.minimum(self.asked.limit_m[block].max(), self.others.limit_m[others]).astype(np.int64)
        near: Bools = (outside * outside).sum(axis=1) <= (accepted + MARGIN_M) ** 2
        return near | ~self.others.located[others]


def _together(groups: list[tuple[Int64s, Int64s]]) -> Block:
    """Return the list of every pair of every group."""
    asked = np.concatenate([rows for rows, _ in groups])
    others = np.concatenate([others for _, others in groups])
    asked_at, other_at = [], []
    asked_start = other_start = 0
    for rows, columns in groups:
        asked_at.append(np.repeat(np.arange(asked_start, asked_start + len(rows)), len(columns)))
        other_at.append(np.tile(np.arange(other_start, other_start + len(columns)), len(rows)))
        asked_start, other_start = asked_start + len(rows), other_start + len(columns)
    return Block(asked, others, np.concatenate(asked_at), np.concatenate(other_at), 0)


def _neighbours_together(metres: Int64s, rows: Int64s, step: int) -> Int64s:
    """Return ``rows`` in an order where each ``step`` of them are near: strips from south to north, west to east."""
    strips = max(int(np.sqrt(-(-len(rows) // step))), 1)
    ranked = np.argsort(np.argsort(metres[:, 2], kind="stable"), kind="stable")
    strip = ranked * strips // max(len(rows), 1)
    return rows[np.lexsort((metres[:, 1], strip))]
