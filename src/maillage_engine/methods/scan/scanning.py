"""The best of each row asked, block by block: judged by the cheap rules first, vectors last and only if they matter.

Among typed pairs the vectors change the order, never who is possible: pairs are taken from the largest total that
they have without meaning, and left as soon as a full meaning would not bring them among the best. Where a type is
unknown the meaning is a rule, so each such pair that passes the others is multiplied.
"""

from typing import NamedTuple

import numpy as np

from maillage_engine.arrays import AnyArray, Int16s, Int32s, Int64s
from maillage_engine.compiled import compiled
from maillage_engine.methods.scan.heap import FARTHEST, FIELDS, in_order, keep
from maillage_engine.methods.scan.nearby import Nearby
from maillage_engine.methods.scan.pair import (
    BONUS,
    DISTANCE,
    FLOOR,
    MEANING,
    PASSES,
    TOO_FAR,
    TYPE,
    bonus,
    calendar,
    cosine,
    distance,
    dot,
    near,
    quantity,
    refusal,
    without_meaning,
)
from maillage_engine.methods.scan.rows import Laid, Record

BUCKET_BITS = 12
BUCKETS = (1_000_000 >> BUCKET_BITS) + 1


class Excluded(NamedTuple):
    """The pairs set aside: ``others[start[r] : start[r + 1]]``, ascending rows of the other side, for row r asked."""

    start: Int64s
    others: Int64s


class Found(NamedTuple):
    """The arrays of the ranking, by row of the side asked."""

    indices: Int32s
    totals: Int32s
    criteria: Int16s
    distance_m: Int32s
    found: Int32s


class Space(NamedTuple):
    """What one thread writes in: ``waiting`` (n, 3) place, total without meaning, metres; their ``order``; the
    ``buckets`` that put them in order; the ``heap`` of the best."""

    waiting: Int64s
    order: Int64s
    buckets: Int64s
    heap: Int64s


def space_for(others: int, k: int) -> Space:
    """Return the space of one thread, for so many rows of the other side."""
    return Space(
        waiting=np.empty((others, 3), dtype=np.int64),
        order=np.empty(others, dtype=np.int64),
        buckets=np.empty(BUCKETS + 1, dtype=np.int64),
        heap=np.empty((min(k, max(others, 1)), FIELDS), dtype=np.int64),
    )


@compiled
def is_among(others: Int64s, low: int, high: int, row: int) -> bool:
    """Whether ``row`` is in ``others[low:high]``, ascending."""
    end = high
    while low < high:
        middle = (low + high) // 2
        if others[middle] < row:
            low = middle + 1
        else:
            high = middle
    return bool(low < end and others[low] == row)


@compiled
def is_out_of_reach(asked: Record, block: Record) -> bool:
    """Whether nobody of a block can be within what is accepted."""
    if not (asked.located and block.placed):
        return False
    square = 0
    for axis in range(3):
        place = asked.metres[axis]
        outside = max(block.low[axis] - place, place - block.high[axis], 0)
        square += outside * outside
    accepted = min(asked.limit_m, block.limit_m) + 2
    return bool(square > accepted * accepted)


@compiled
def scan_block(
    settings: Record,
    closeness: Int32s,
    asked: Laid,
    i: int,
    others: Laid,
    start: int,
    end: int,
    from_needs: bool,
    aside: Int64s,
    waiting: Int64s,
    heap: Int64s,
    size: int,
    many: int,
    counts: Int64s,
) -> tuple[int, int]:
    """Judge the pairs of a block; return how many the heap keeps and how many wait for their meaning."""
    one, unknown = asked.rows[i], len(closeness) - 1
    for j in range(start, end):
        other = others.rows[j]
        if not other.alive:
            continue
        close = closeness[other.type, one.type] if from_needs else closeness[one.type, other.type]
        if close == 0:
            counts[TYPE] += 1
            continue
        metres = distance(one, other)
        if metres == TOO_FAR:
            counts[DISTANCE] += 1
            continue
        excluded = len(aside) > 0 and is_among(aside, 0, len(aside), other.row)
        need, offer = (one, other) if from_needs else (other, one)
        refused = refusal(need, offer, excluded, settings.today)
        if refused != PASSES:
            counts[refused] += 1
            continue
        partial = without_meaning(need, offer, close, metres, settings)
        if one.type != unknown and other.type != unknown:
            waiting[many, 0], waiting[many, 1], waiting[many, 2] = j, partial, metres
            many += 1
            continue
        meaning = cosine(dot(asked.vectors, i, others.vectors, j), settings)
        most = partial + settings.weights[0] * min(meaning + BONUS, 1000)
        if meaning >= FLOOR and size == len(heap) and most < heap[0, 0]:
            continue
        if meaning >= FLOOR - BONUS:
            meaning = min(meaning + bonus(one, asked.pool, other, others.pool), 1000)
        if meaning < FLOOR:
            counts[MEANING] += 1
            continue
        total = partial + settings.weights[0] * meaning
        size = keep(heap, size, total, metres, other.id_rank, j, meaning)
    return size, many


@compiled
def most_promising_first(waiting: Int64s, many: int, order: Int64s, buckets: Int64s) -> None:
    """Fill ``order`` with the waiting pairs by falling total, to a bucket's width."""
    buckets[:] = 0
    for at in range(many):
        buckets[BUCKETS - (waiting[at, 1] >> BUCKET_BITS)] += 1
    for at in range(BUCKETS):
        buckets[at + 1] += buckets[at]
    for at in range(many):
        where = BUCKETS - 1 - (waiting[at, 1] >> BUCKET_BITS)
        order[buckets[where]] = at
        buckets[where] += 1


@compiled
def rank_waiting(
    settings: Record,
    asked: Laid,
    i: int,
    others: Laid,
    waiting: Int64s,
    order: Int64s,
    heap: Int64s,
    size: int,
    many: int,
) -> int:
    """Multiply the vectors of the waiting pairs that may be among the best; return how many the heap keeps."""
    one, weight = asked.rows[i], settings.weights[0]
    for place in range(many):
        at = order[place]
        j, partial, metres = waiting[at, 0], waiting[at, 1], waiting[at, 2]
        full = size == len(heap)
        if full and partial + weight * 1000 < heap[0, 0]:
            if partial + weight * 1000 + (1 << BUCKET_BITS) < heap[0, 0]:
                break
            continue
        meaning = cosine(dot(asked.vectors, i, others.vectors, j), settings)
        if full and partial + weight * min(meaning + BONUS, 1000) < heap[0, 0]:
            continue
        other = others.rows[j]
        meaning = min(meaning + bonus(one, asked.pool, other, others.pool), 1000)
        size = keep(heap, size, partial + weight * meaning, metres, other.id_rank, j, meaning)
    return size


@compiled
def write(
    closeness: Int32s, one: Record, others: AnyArray, from_needs: bool, heap: Int64s, size: int, found: Found
) -> None:
    """Write the best of a row, best first."""
    in_order(heap, size)
    row = one.row
    found.found[row] = size
    for rank in range(size):
        other = others[heap[rank, 3]]
        metres = -1 if heap[rank, 1] == FARTHEST else heap[rank, 1]
        need, offer = (one, other) if from_needs else (other, one)
        found.indices[row, rank] = other.row
        found.totals[row, rank] = heap[rank, 0]
        found.distance_m[row, rank] = metres
        found.criteria[row, rank, 0] = heap[rank, 4]
        found.criteria[row, rank, 1] = closeness[offer.type, need.type]
        found.criteria[row, rank, 2] = near(metres)
        found.criteria[row, rank, 3] = calendar(need, offer)
        found.criteria[row, rank, 4] = quantity(need, offer)
        found.criteria[row, rank, 5] = min(need.fresh, offer.fresh)


@compiled
def scan_rows(
    settings: Record,
    closeness: Int32s,
    asked: Laid,
    start: int,
    end: int,
    others: Laid,
    from_needs: bool,
    around: Nearby,
    excluded: Excluded,
    space: Space,
    counts: Int64s,
    found: Found,
) -> int:
    """Find the best of the rows asked from ``start`` to ``end``; return how many pairs were met, by type."""
    met = 0
    for i in range(start, end):
        one = asked.rows[i]
        aside = excluded.others[excluded.start[one.row] : excluded.start[one.row + 1]]
        size, many = 0, 0
        for listed in range(around.start[one.type], around.start[one.type + 1]):
            of_type = around.types[listed]
            for at in range(around.first[of_type], around.first[of_type + 1]):
                block = around.blocks[at]
                met += block.end - block.start
                if is_out_of_reach(one, block):
                    counts[DISTANCE] += block.end - block.start
                    continue
                size, many = scan_block(
                    settings,
                    closeness,
                    asked,
                    i,
                    others,
                    block.start,
                    block.end,
                    from_needs,
                    aside,
                    space.waiting,
                    space.heap,
                    size,
                    many,
                    counts,
                )
        most_promising_first(space.waiting, many, space.order, space.buckets)
        size = rank_waiting(settings, asked, i, others, space.waiting, space.order, space.heap, size, many)
        write(closeness, one, others.rows, from_needs, space.heap, size, found)
    return met
