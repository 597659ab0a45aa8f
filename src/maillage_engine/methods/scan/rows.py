"""The rows of a side laid out for compiled loops: one record a row, in the order in which they are scanned.

A record is handed from loop to loop as one address; a tuple of arrays would be copied and counted at each call.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from maillage_engine.arrays import AnyArray, Int16s, Int32s, Int64s
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.scoring.freshness import of_side
from maillage_engine.scoring.weights import Weights

Record = Any
"""One row of a structured array: NumPy's types do not name its fields."""

ROW = np.dtype(
    [
        ("alive", "?"),
        ("located", "?"),
        ("material", "?"),
        ("type", "i4"),
        ("dimension", "i4"),
        ("party", "i4"),
        ("fresh", "i4"),
        ("month_sum", "i4"),
        ("from_day", "i4"),
        ("until_day", "i4"),
        ("stem_count", "i4"),
        ("limit_m", "i8"),
        ("metres", "i8", (3,)),
        ("quantity", "f8"),
        ("minimum", "f8"),
        ("week", "u8", (3,)),
        ("months", "u1", (12,)),
        ("holds", "u8"),
        ("requires", "u8"),
        ("hazard", "u8"),
        ("wanted", "i8"),
        ("stem_start", "i8"),
        ("id_rank", "i8"),
        ("row", "i8"),
    ],
    align=True,
)
"""``type`` is T where unknown; ``material``, ``hazard`` and part of ``requires`` come from the type; ``month_sum`` of
the 12 weights; ``row`` is the row in the side; ``id_rank`` orders ids; the stems of the row are
``pool[stem_start : stem_start + stem_count]``, ascending; a row that is not ``alive`` is not there."""

SETTINGS = np.dtype(
    [("today", "i8"), ("low_dot", "i8"), ("span_dot", "i8"), ("weights", "i8", (6,))], align=True
)
"""What is the same for every pair; weights in the order of ``CRITERIA``."""


class Laid(NamedTuple):
    """n records, their vectors int16 (n, d), and the pool of stems they point into."""

    rows: AnyArray
    vectors: Int16s
    pool: Int32s


class Stems(NamedTuple):
    """The stems of n texts as ascending numbers of one vocabulary, in one pool int32."""

    start: Int64s
    length: Int64s
    pool: Int32s

    @classmethod
    def of_rows(cls, rows: Sequence[Sequence[int]]) -> "Stems":
        """Return the pool of rows that are sorted."""
        length = np.array([len(row) for row in rows], dtype=np.int64)
        pool = np.array([one for row in rows for one in row], dtype=np.int32)
        return cls(np.cumsum(length) - length, length, pool)

    @classmethod
    def of_matrix(cls, incidence: Any) -> "Stems":
        """Return the pool of a sparse CSR incidence matrix."""
        incidence.sort_indices()
        start = incidence.indptr.astype(np.int64)
        return cls(start[:-1], np.diff(start), incidence.indices.astype(np.int32))


def settings_of(problem: Problem, weights: Weights) -> Record:
    """Return the settings of a problem."""
    settings = np.zeros(1, dtype=SETTINGS)
    scale = problem.meaning_scale
    settings["today"] = problem.today
    settings["low_dot"] = scale.low_dot
    settings["span_dot"] = scale.high_dot - scale.low_dot
    settings["weights"] = weights.in_order()
    return settings[0]


def records_of(problem: Problem, side: Side) -> AnyArray:
    """Return the records of a side, row by row; stems and ranks of ids are left at 0."""
    rows = np.zeros(len(side), dtype=ROW)
    types = len(problem.types)
    rows["alive"] = True
    rows["located"] = side.located
    rows["material"] = problem.type_is_material[side.types]
    rows["type"] = np.where(side.types < 0, types, side.types)
    rows["dimension"], rows["party"] = side.dimension, side.party
    rows["fresh"] = of_side(side, problem.today)
    rows["month_sum"] = side.months.sum(axis=1, dtype=np.int32)
    rows["from_day"], rows["until_day"] = side.from_day, side.until_day
    rows["limit_m"], rows["metres"] = side.limit_m, side.metres
    rows["quantity"], rows["minimum"] = side.quantity, side.minimum
    rows["week"], rows["months"] = side.week_words, side.months
    rows["holds"] = side.holds
    rows["requires"] = side.requires | problem.type_requires[side.types]
    rows["hazard"] = problem.type_hazard[side.types]
    rows["wanted"] = side.wanted_time
    rows["row"] = np.arange(len(side))
    return rows


def laid_out(problem: Problem, side: Side, order: Int64s, stems: Stems) -> Laid:
    """Return a side's rows in ``order``; ``stems`` follow the side's own order."""
    rows = records_of(problem, side)
    rows["id_rank"] = side.id_rank
    rows["stem_start"], rows["stem_count"] = stems.start, stems.length
    return Laid(rows[order], np.ascontiguousarray(side.vectors[order]), stems.pool)
