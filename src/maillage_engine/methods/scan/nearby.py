"""The rows of the other side cut into blocks of one type and one neighbourhood, dropped whole when out of reach.

A block is left out when the straight line to its surroundings is longer than what the row asked and the most
generous row of the block both accept; its pairs count as refused by their distance. Rows of an unknown place have
blocks of their own, never left out.
"""

from typing import NamedTuple

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Int64s
from maillage_engine.problem.geography import NO_LIMIT
from maillage_engine.problem.side import Side

BLOCK_ROWS = 32
CELL_BITS = 13
CENTRE = 1 << 23
CURVE_BITS = 11
KINDS = 3

BLOCK = np.dtype(
    [
        ("start", "i8"),
        ("end", "i8"),
        ("low", "i8", (3,)),
        ("high", "i8", (3,)),
        ("limit_m", "i8"),
        ("placed", "?"),
    ],
    align=True,
)
"""Rows ``start`` to ``end`` of the scanned order; ``low`` and ``high`` metres bound them; the largest limit."""


class Nearby(NamedTuple):
    """``blocks`` of ``BLOCK``, those of type t from ``first[t]`` to ``first[t + 1]``; the types that can answer the
    type t asked are ``types[start[t] : start[t + 1]]``."""

    blocks: AnyArray
    first: Int64s
    start: Int64s
    types: Int64s


def nearby(side: Side, order: Int64s, can_answer: Bools) -> Nearby:
    """Return the blocks of a side's rows in ``order``; ``can_answer`` (T + 1, T + 1) is [asked type, other type]."""
    types = len(can_answer) - 1
    blocks, of_type = _blocks(side, order, types)
    asked, others = np.nonzero(can_answer)
    return Nearby(
        blocks=blocks,
        first=np.searchsorted(of_type, np.arange(types + 2)).astype(np.int64),
        start=np.searchsorted(asked, np.arange(types + 2)).astype(np.int64),
        types=others.astype(np.int64),
    )


def scanned_order(side: Side, types: int) -> Int64s:
    """Return the rows by type, by kind (see ``_group``), neighbours together (a curve through cells of 8 km)."""
    return np.lexsort((_along_curve(side.metres), _group(side, types)))


def one_block(rows: int, types: int) -> Nearby:
    """Return one block of every row, whatever its type: for rows that come and go."""
    blocks = np.zeros(1, dtype=BLOCK)
    blocks["end"] = rows
    every = np.arange(types + 2, dtype=np.int64)
    return Nearby(blocks, np.array([0, 1], dtype=np.int64), every, np.zeros(types + 1, dtype=np.int64))


def _blocks(side: Side, order: Int64s, types: int) -> tuple[AnyArray, Int64s]:
    if len(order) == 0:
        return np.zeros(0, dtype=BLOCK), np.zeros(0, dtype=np.int64)
    group = _group(side, types)[order]
    of_type = group // KINDS
    begins = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    place = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
    starts = np.flatnonzero(place % BLOCK_ROWS == 0)
    metres = side.metres[order]
    blocks = np.zeros(len(starts), dtype=BLOCK)
    blocks["start"], blocks["end"] = starts, np.r_[starts[1:], len(order)]
    blocks["low"] = np.minimum.reduceat(metres, starts)
    blocks["high"] = np.maximum.reduceat(metres, starts)
    blocks["limit_m"] = np.maximum.reduceat(side.limit_m[order].astype(np.int64), starts)
    blocks["placed"] = side.located[order][starts]
    return blocks, of_type[starts]


def _group(side: Side, types: int) -> Int64s:
    """Number the type and the kind of each row: of a known place with a limit, without limit, of an unknown place.

    One row without limit in a block would keep the whole block within reach of everybody.
    """
    of_type = np.where(side.types < 0, types, side.types).astype(np.int64)
    kind = np.where(side.located, np.where(side.limit_m == NO_LIMIT, 1, 0), 2)
    return of_type * KINDS + kind


def _along_curve(metres: Int64s) -> Int64s:
    """Interleave the bits of the cells of 8 km: near numbers are near places."""
    cells = (metres + CENTRE) >> CELL_BITS
    curve = np.zeros(len(metres), dtype=np.int64)
    for bit in range(CURVE_BITS):
        for axis in range(3):
            curve |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return curve
