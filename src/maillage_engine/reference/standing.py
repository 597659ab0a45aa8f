"""A standing index that forgets nothing and prepares nothing: the twin of ``methods.standing``."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.reference.search import SlowResult, slow_search


class SlowStanding:
    """Rows kept one by one in a dictionary; each question builds the whole problem and judges every pair."""

    def __init__(self, frame: Problem, *, standing: str) -> None:
        self.frame = frame
        self.standing = standing
        self.kept: dict[str, tuple[Side, int]] = {}

    def put(self, rows: Side) -> None:
        """Add or replace rows."""
        for at, one in enumerate(rows.ids):
            self.kept[one] = (rows, at)

    def remove(self, ids: Iterable[str]) -> None:
        """Take rows out."""
        for one in ids:
            del self.kept[one]

    def problem(self, rows: Side, set_aside: Sequence[tuple[int, str]]) -> Problem:
        """Return the problem of ``rows`` against those kept, sorted by id."""
        ids = sorted(self.kept)
        pairs = [(row, ids.index(one)) for row, one in set_aside if one in ids]
        if self.standing == "needs":
            pairs = [(there, here) for here, there in pairs]
        standing = self._side(ids)
        needs, offers = (rows, standing) if self.standing == "offers" else (standing, rows)
        excluded = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return replace(self.frame, needs=needs, offers=offers, excluded_pairs=excluded)

    def match(self, rows: Side, *, k: int, set_aside: Sequence[tuple[int, str]]) -> SlowResult:
        """Return the best of each of ``rows``; rows of the answers are those of ``problem``."""
        direction = "needs" if self.standing == "offers" else "offers"
        return slow_search(self.problem(rows, set_aside), k=k, direction=direction)

    def _side(self, ids: Sequence[str]) -> Side:
        if not ids:
            return Side.empty(vector_width=self.frame.needs.vectors.shape[1])
        lines = [self.kept[one] for one in ids]
        arrays = {
            name: np.stack([side.arrays()[name][at] for side, at in lines]) for name in Side.array_names()
        }
        return Side(ids=tuple(ids), texts=tuple(side.texts[at] for side, at in lines), **arrays)
