"""Which pairs are worth looking at, found without looking at the pairs.

The rows asked for are grouped by type; the catalogue says which types of the other side can answer, hence which
rows. Inside a group, rows go from south to north in blocks, and what lies further north or south than anybody
of the block goes is left out: two places are never nearer than the difference of their heights above the
equator's plane. Rows of an unknown place are never left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Int64s
from maillage_engine.problem.geography import NO_LIMIT
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side

HEIGHT = 2
LARGEST_BLOCK = 2_048
MARGIN_M = 2


@dataclass(frozen=True, eq=False)
class Candidates:
    """``answers`` (T + 1, T + 1): [asked type, other type] whether they can meet; index T is the unknown type."""

    asked: Side
    others: Side
    answers: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]"

    @classmethod
    def of(cls, problem: Problem, direction: str) -> "Candidates":
        """Return the candidates of a problem, asked from the needs or from the offers."""
        can_answer = problem.types.closeness > 0
        if direction == "needs":
            return cls(problem.needs, problem.offers, can_answer.T)
        return cls(problem.offers, problem.needs, can_answer)

    def blocks(self, block_pairs: int) -> Iterator[tuple[Int64s, Int64s, int]]:
        """Yield rows asked, rows of the other side near enough, and how many there were by type alone.

        Each row asked comes once; rows times others is at most ``block_pairs`` unless there is one row.
        """
        for rows, others in self._groups():
            ordered = rows[np.argsort(self._height(self.asked, rows), kind="stable")]
            step = min(max(block_pairs // max(len(others), 1), 1), LARGEST_BLOCK)
            for start in range(0, len(ordered), step):
                block = ordered[start : start + step]
                yield block, self._near(block, others), len(others)

    def _groups(self) -> Iterator[tuple[Int64s, Int64s]]:
        unknown = len(self.answers) - 1
        asked_types = np.where(self.asked.types < 0, unknown, self.asked.types)
        other_types = np.where(self.others.types < 0, unknown, self.others.types)
        by_type = np.argsort(other_types, kind="stable")
        starts = np.searchsorted(other_types[by_type], np.arange(unknown + 2))
        for one in np.unique(asked_types):
            matching = np.flatnonzero(self.answers[one])
            parts = [by_type[starts[other] : starts[other + 1]] for other in matching]
            others = np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
            yield np.flatnonzero(asked_types == one), others

    def _near(self, block: Int64s, others: Int64s) -> Int64s:
        if not self.asked.located[block].all() or len(others) == 0:
            return others
        reach = min(int(self.asked.limit_m[block].max()), int(self.others.limit_m[others].max()))
        if reach == NO_LIMIT:
            return others
        mine = self._height(self.asked, block)
        theirs = self._height(self.others, others)
        low, high = int(mine.min()) - reach - MARGIN_M, int(mine.max()) + reach + MARGIN_M
        within = (theirs >= low) & (theirs <= high)
        return others[within | ~self.others.located[others]]

    @staticmethod
    def _height(side: Side, rows: Int64s) -> Int64s:
        heights: Int64s = side.metres[rows, HEIGHT]
        return heights
