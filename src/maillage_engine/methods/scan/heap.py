"""The best of one row while it is scanned: a binary heap whose root is the worst of those kept.

A line is total, distance (unknown: ``FARTHEST``), rank of the id, place of the other row, meaning.
"""

from maillage_engine.arrays import Int64s
from maillage_engine.compiled import compiled

FIELDS = 5
FARTHEST = 2**31 - 1


@compiled
def is_worse(heap: Int64s, at: int, total: int, far: int, id_rank: int) -> bool:
    """Whether the line ``at`` comes after: smaller total, else farther, else later id."""
    if heap[at, 0] != total:
        return bool(heap[at, 0] < total)
    if heap[at, 1] != far:
        return bool(heap[at, 1] > far)
    return bool(heap[at, 2] > id_rank)


@compiled
def swap(heap: Int64s, one: int, other: int) -> None:
    """Exchange two lines."""
    for field in range(FIELDS):
        heap[one, field], heap[other, field] = heap[other, field], heap[one, field]


@compiled
def rise(heap: Int64s, start: int) -> None:
    """Bring a line up to its place."""
    at = start
    while at > 0:
        above = (at - 1) // 2
        if not is_worse(heap, at, heap[above, 0], heap[above, 1], heap[above, 2]):
            return
        swap(heap, at, above)
        at = above


@compiled
def sink(heap: Int64s, size: int) -> None:
    """Bring the root down to its place among the first ``size`` lines."""
    at = 0
    while 2 * at + 1 < size:
        below = 2 * at + 1
        after = below + 1
        if after < size and is_worse(heap, after, heap[below, 0], heap[below, 1], heap[below, 2]):
            below = after
        if not is_worse(heap, below, heap[at, 0], heap[at, 1], heap[at, 2]):
            return
        swap(heap, at, below)
        at = below


@compiled
def keep(heap: Int64s, size: int, total: int, metres: int, id_rank: int, other: int, meaning: int) -> int:
    """Keep a pair if it is among the best; return how many are kept."""
    far = FARTHEST if metres < 0 else metres
    at = size
    if size == len(heap):
        if not is_worse(heap, 0, total, far, id_rank):
            return size
        at = 0
    heap[at, 0], heap[at, 1], heap[at, 2], heap[at, 3], heap[at, 4] = total, far, id_rank, other, meaning
    if size == len(heap):
        sink(heap, size)
        return size
    rise(heap, at)
    return size + 1


@compiled
def in_order(heap: Int64s, size: int) -> None:
    """Put the kept lines best first."""
    for last in range(size - 1, 0, -1):
        swap(heap, 0, last)
        sink(heap, last)
