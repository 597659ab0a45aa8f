"""A set of pairs of a need and an offer, and what several rules and criteria need to know of each, computed once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Bools, Int32s, Int64s
from maillage_engine.problem.geography import UNKNOWN_DISTANCE, arc_metres
from maillage_engine.problem.problem import Problem

MEANING_MAX = 1000
LEXICAL_MAX = 100
LEXICAL_LEAST_STEMS = 3
DENSE_SHARE = 12
PART = 4_096


@dataclass(eq=False)
class Pairs:
    """Pairs (``rows[row_at]``, ``columns[column_at]``) of a need and an offer of ``problem``.

    ``rows`` and ``columns``: int64 indices of b needs and m offers. ``row_at`` and ``column_at``: int64 positions
    in them, of one shape or broadcasting to it: a grid (b, 1) × (1, m), then a list (p,) once pairs were dropped.
    Every property has that shape.
    """

    problem: Problem
    rows: Int64s
    columns: Int64s
    row_at: Int64s
    column_at: Int64s
    _known: dict[str, npt.NDArray[Any]] = field(default_factory=dict, repr=False)

    @classmethod
    def grid(cls, problem: Problem, rows: Int64s, columns: Int64s) -> "Pairs":
        """Return every pair of the b ``rows`` and the m ``columns``."""
        return cls(problem, rows, columns, np.arange(len(rows))[:, None], np.arange(len(columns))[None, :])

    @classmethod
    def single(cls, problem: Problem, need: int, offer: int) -> "Pairs":
        """Return the one pair of row ``need`` and row ``offer``."""
        zero = np.zeros(1, dtype=np.int64)
        return cls(problem, np.array([need]), np.array([offer]), zero, zero)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of every property."""
        return np.broadcast_shapes(self.row_at.shape, self.column_at.shape)

    @property
    def needs(self) -> Int64s:
        """Row of the need of each pair; broadcasts to ``shape``."""
        return self.rows[self.row_at]

    @property
    def offers(self) -> Int64s:
        """Row of the offer of each pair; broadcasts to ``shape``."""
        return self.columns[self.column_at]

    def keep(self, kept: Bools) -> "Pairs":
        """Return the list of the pairs where ``kept``, of ``shape``, is true; what is known stays known."""
        if len(self.shape) == 1 and kept.all():
            return self
        row_at = np.broadcast_to(self.row_at, self.shape)[kept]
        column_at = np.broadcast_to(self.column_at, self.shape)[kept]
        known = {name: values[kept] for name, values in self._known.items()}
        return Pairs(self.problem, self.rows, self.columns, row_at, column_at, known)

    @property
    def distance_m(self) -> Int32s:
        """Whole metres along the ground; ``UNKNOWN_DISTANCE`` when a place is unknown."""
        if "distance_m" not in self._known:
            self._known["distance_m"] = self._distance()
        return self._known["distance_m"]

    def _distance(self) -> Int32s:
        needs, offers = self.problem.needs, self.problem.offers
        apart = [needs.metres[self.needs, axis] - offers.metres[self.offers, axis] for axis in range(3)]
        squared = apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2]
        located = needs.located[self.needs] & offers.located[self.offers]
        return np.where(located, arc_metres(squared), np.int32(UNKNOWN_DISTANCE))

    @property
    def closeness(self) -> Int32s:
        """Closeness of the types in thousandths; 0 when the offer's type cannot answer the need's."""
        types = self.problem.types.closeness
        need_types, offer_types = self.problem.needs.types, self.problem.offers.types
        closeness: Int32s = types[offer_types[self.offers], need_types[self.needs]].astype(np.int32)
        return closeness

    @property
    def shared_hours(self) -> Int32s:
        """Hours of the week that both sides have, 0 to 168."""
        if "shared_hours" not in self._known:
            one, other = self.problem.needs.week_words, self.problem.offers.week_words
            both = one[self.needs] & other[self.offers]
            self._known["shared_hours"] = np.bitwise_count(both).sum(axis=-1, dtype=np.int32)
        return self._known["shared_hours"]

    @property
    def shared_months(self) -> Int32s:
        """Sum over the months of the smaller of the two weights, 0 to 1200."""
        if "shared_months" not in self._known:
            one, other = self.problem.needs.months, self.problem.offers.months
            both = np.minimum(one[self.needs], other[self.offers])
            self._known["shared_months"] = both.sum(axis=-1, dtype=np.int32)
        return self._known["shared_months"]

    @property
    def meaning(self) -> Int32s:
        """How near the texts are, 0 to 1000: the cosine on the encoder's scale, plus the bonus of shared stems."""
        if "meaning" not in self._known:
            scale = self.problem.meaning_scale
            over = (self.dot.astype(np.int64) - scale.low_dot) * MEANING_MAX
            cosine = np.clip(over // (scale.high_dot - scale.low_dot), 0, MEANING_MAX)
            total = np.minimum(cosine + self.lexical_bonus, MEANING_MAX)
            self._known["meaning"] = total.astype(np.int32)
        return self._known["meaning"]

    @property
    def dot(self) -> Int32s:
        """The exact product of the two quantised vectors: float32 counts it without rounding, under 2²⁴."""
        needs, offers = self.problem.needs.vectors, self.problem.offers.vectors
        if self._is_dense():
            product = needs[self.rows].astype(np.float32) @ offers[self.columns].astype(np.float32).T
            return product[self.row_at, self.column_at].astype(np.int32)
        parts = [
            np.einsum("ij,ij->i", needs[mine].astype(np.float32), offers[theirs].astype(np.float32))
            for mine, theirs in self._in_parts()
        ]
        return np.concatenate(parts).astype(np.int32)

    @property
    def lexical_bonus(self) -> Int64s:
        """0 to 100: the share of the shorter text's stems (of 3 at least) that the other text has too."""
        lexicon = self.problem.lexicon
        if self._is_dense():
            shared = lexicon.shared_grid(self.rows, self.columns)[self.row_at, self.column_at]
        else:
            shared = lexicon.shared(self.needs, self.offers)
        shorter = np.minimum(lexicon.need_counts[self.needs], lexicon.offer_counts[self.offers])
        return LEXICAL_MAX * shared.astype(np.int64) // np.maximum(shorter, LEXICAL_LEAST_STEMS)

    def _is_dense(self) -> bool:
        """Whether the whole grid of rows and columns costs less than its pairs one by one."""
        count = int(np.prod(self.shape))
        return len(self.shape) > 1 or count == 0 or count * DENSE_SHARE > len(self.rows) * len(self.columns)

    def _in_parts(self) -> Iterator[tuple[Int64s, Int64s]]:
        needs, offers = self.needs, self.offers
        for start in range(0, len(needs), PART):
            yield needs[start : start + PART], offers[start : start + PART]

    def compact(self) -> "Pairs":
        """Return the same list of pairs over only the rows and columns that it uses: smaller products."""
        rows, row_at = _used(self.row_at, len(self.rows))
        columns, column_at = _used(self.column_at, len(self.columns))
        return Pairs(
            self.problem, self.rows[rows], self.columns[columns], row_at, column_at, dict(self._known)
        )


def _used(at: Int64s, count: int) -> tuple[Int64s, Int64s]:
    used = np.bincount(at, minlength=count) > 0
    renumbered = np.cumsum(used) - 1
    return np.flatnonzero(used), renumbered[at]
