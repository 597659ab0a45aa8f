"""The spanning tree of a network simplex, kept in the order of a walk; compiled.

Only arcs of the tree carry anything. A node's row of ``tree`` says what is above it (``PARENT``, by which ``EDGE``),
the node before it in the walk, the ``LAST`` node under it and how many hang there, itself included (``SIZE``);
``walk``: the node after it, so that what hangs under a node is a run of the walk (R. S. Barr, F. Glover, D. Klingman,
"Enhancements to spanning tree labelling procedures for network optimization", INFOR 17, 1979). ``flow``: what the arc
above it carries. ``potential`` (n + m + 1,): beyond that of the root, it is the price of an offer, and minus that of
a need; only differences count, so the smaller side of a pivot is the one that moves.
"""

from typing import Any

import numpy as np

from maillage_engine.arrays import Int32s, Int64s
from maillage_engine.compiled import compiled

PARENT, BEFORE, LAST, SIZE, EDGE = 0, 1, 2, 3, 4
FLOW = 3
"""Of the row as numbers of 64 bits."""
WIDTH = 8
"""Eight numbers of 32 bits: two nodes a line of the processor's memory."""
NONE = -1
INFINITE = 2**62


def flow_of(tree: Int32s) -> Int64s:
    """Return (n + m + 1,) what the arc above each node carries, kept in the row of the node: one look at the memory."""
    flow: Int64s = tree.view(np.int64)[:, FLOW]
    return flow


@compiled
def settle(
    needs: int, tree: Int32s, walk: Int32s, flow: Int64s, potential: Int64s, wanted: Int64s, there: Int64s
) -> None:
    """Hang every node on the root: nothing is served, every offer is spare. ``tree`` (n + m + 1, 8)."""
    root = tree.shape[0] - 1
    for node in range(root):
        potential[node] = 0
        walk[node] = node + 1
        tree[node, PARENT] = root
        tree[node, BEFORE] = node - 1 if node > 0 else root
        tree[node, LAST] = node
        tree[node, SIZE] = 1
        tree[node, EDGE] = NONE
        flow[node] = wanted[node] if node < needs else there[node - needs]
    potential[root] = 0
    flow[root] = 0
    walk[root] = 0
    tree[root, PARENT] = NONE
    tree[root, BEFORE] = root - 1
    tree[root, LAST] = root - 1
    tree[root, SIZE] = root + 1
    tree[root, EDGE] = NONE


@compiled
def blocking(needs: int, tree: Int32s, flow: Int64s, tail: int, head: int) -> tuple[Any, ...]:
    """Return what the cycle can carry, the node above which it blocks, whether on the tail's side, and the join.

    Of equal ones, the last met when going along the cycle from the join: the tree stays strongly feasible.
    """
    one: Any = np.int64(tail)
    other: Any = np.int64(head)
    least_one, least_other = np.int64(INFINITE), np.int64(INFINITE)
    block_one, block_other = np.int64(NONE), np.int64(NONE)
    while one != other:
        # more hangs under the join than under any node below it: the one with less is not the join
        if tree[one, SIZE] <= tree[other, SIZE]:
            if one < needs and flow[one] < least_one:
                least_one = flow[one]
                block_one = one
            one = np.int64(tree[one, PARENT])
        else:
            if other >= needs and flow[other] <= least_other:
                least_other = flow[other]
                block_other = other
            other = np.int64(tree[other, PARENT])
    if least_other <= least_one:
        return least_other, block_other, np.int64(0), one
    return least_one, block_one, np.int64(1), one


@compiled
def carry(needs: int, tree: Int32s, flow: Int64s, tail: int, head: int, join: int, moved: int) -> None:
    """Carry ``moved`` round the cycle."""
    one: Any = np.int64(tail)
    while one != join:
        flow[one] += -moved if one < needs else moved
        one = np.int64(tree[one, PARENT])
    other: Any = np.int64(head)
    while other != join:
        flow[other] += moved if other < needs else -moved
        other = np.int64(tree[other, PARENT])


@compiled
def cut(tree: Int32s, walk: Int32s, leaving: int, join: int) -> None:
    """Take what hangs under ``leaving`` out of the walk, and out of the sizes up to the join."""
    size, last, before = tree[leaving, SIZE], tree[leaving, LAST], tree[leaving, BEFORE]
    after = walk[last]
    walk[before] = after
    tree[after, BEFORE] = before
    node: Any = np.int64(tree[leaving, PARENT])
    while node != NONE and tree[node, LAST] == last:
        tree[node, LAST] = before
        node = np.int64(tree[node, PARENT])
    node = np.int64(tree[leaving, PARENT])
    while node != join:
        tree[node, SIZE] -= size
        node = np.int64(tree[node, PARENT])


@compiled
def turn(
    tree: Int32s, walk: Int32s, flow: Int64s, top: int, under: int, leaving: int, moved: int, edge: int
) -> Any:
    """Hang the part cut above ``leaving`` by ``top`` instead, under ``under``; return the last node of its walk.

    Its new walk: what hung under ``top``, then node after node up to ``leaving``, what hung there and is not walked.
    """
    whole = tree[leaving, SIZE]
    node: Any = np.int64(top)
    above: Any = np.int64(under)
    amount: Any = moved
    along: Any = edge
    walked: Any = np.int64(0)
    before: Any = np.int64(NONE)
    end: Any = np.int64(tree[top, LAST])
    last: Any = end
    after: Any = np.int64(walk[end])
    while True:
        old_above, old_amount, old_along = (
            np.int64(tree[node, PARENT]),
            flow[node],
            np.int64(tree[node, EDGE]),
        )
        old_size, old_before = np.int64(tree[node, SIZE]), np.int64(tree[node, BEFORE])
        if node != top:
            walk[end] = node
            tree[node, BEFORE] = end
            end = before
            if tree[node, LAST] != last:
                walk[end] = after
                tree[after, BEFORE] = end
                end = np.int64(tree[node, LAST])
                last = end
                after = np.int64(walk[end])
        tree[node, PARENT] = above
        flow[node] = amount
        tree[node, EDGE] = along
        tree[node, SIZE] = whole - walked
        if node == leaving:
            break
        above, amount, along, walked, before = node, old_amount, old_along, old_size, old_before
        node = old_above
    while node != under:
        tree[node, LAST] = end
        node = np.int64(tree[node, PARENT])
    return end


@compiled
def graft(tree: Int32s, walk: Int32s, top: int, under: int, end: int, join: int) -> None:
    """Put the part from ``top`` to ``end`` in the walk just after ``under``, and in the sizes up to the join."""
    after = walk[under]
    walk[under] = top
    tree[top, BEFORE] = under
    walk[end] = after
    tree[after, BEFORE] = end
    node: Any = np.int64(under)
    while node != NONE and tree[node, LAST] == under:
        tree[node, LAST] = end
        node = np.int64(tree[node, PARENT])
    node = np.int64(under)
    while node != join:
        tree[node, SIZE] += tree[top, SIZE]
        node = np.int64(tree[node, PARENT])


@compiled
def shift(
    needs: int, tree: Int32s, walk: Int32s, potential: Int64s, top: int, rise: int, lowest: int
) -> tuple[Any, ...]:
    """Add ``rise`` to what hangs under ``top``, or take it from all the rest when that is fewer nodes.

    Returns how many moved, and a number that no offer is under, from ``lowest`` which was one.
    """
    node: Any = np.int64(top)
    count: Any = np.int64(tree[top, SIZE])
    more: Any = np.int64(rise)
    least: Any = np.int64(lowest)
    if 2 * count > potential.shape[0]:
        node = np.int64(walk[tree[top, LAST]])
        count = potential.shape[0] - count
        more = -more
    if more > 0:
        for _ in range(count):
            potential[node] += more
            node = np.int64(walk[node])
        return count, least
    for _ in range(count):
        potential[node] += more
        if node >= needs:
            least = min(least, potential[node])
        node = np.int64(walk[node])
    return count, least


@compiled
def price_tree(needs: int, value: Int64s, tree: Int32s, walk: Int32s, potential: Int64s) -> None:
    """Write the potentials that make every arc of the tree tight for ``value``."""
    root = tree.shape[0] - 1
    potential[root] = 0
    node: Any = np.int64(walk[root])
    while node != root:
        edge, above = tree[node, EDGE], potential[tree[node, PARENT]]
        if edge >= 0:
            above += -value[edge] if node < needs else value[edge]
        potential[node] = above
        node = np.int64(walk[node])
