"""The network simplex of a bipartite network whose edges carry any quantity; compiled.

Needs send what they have along edges to offers, or to the root (unserved); the root fills what offers keep (spare).
So the slacks are arcs like others, every arc has no upper limit, and only arcs of the spanning tree carry anything:
a row of ``tree`` a node is the whole state. The tree is strongly feasible (W. H. Cunningham, "A network simplex
method", Mathematical Programming 11, 1976), so that pivots that move nothing cannot cycle.

Which edge enters: the best of one need's edges when it gains ``tau`` at least. ``tau`` begins at the largest gain and
shrinks when a pass over the needs moves little, the slower the dearer the pivots: high gains first keep trees small.
"""

from typing import Any

import numpy as np

from maillage_engine.arrays import Floats, Int32s, Int64s
from maillage_engine.compiled import compiled

PARENT, CHILD, NEXT, PREVIOUS, DEPTH, EDGE, FLOW = 0, 1, 2, 3, 4, 5, 6
WIDTH = 8
"""Eight whole numbers, one line of the processor's memory."""
NONE = -1
ROW, TAU, SEEN, PASS_PIVOTS, PASS_WORK = 0, 1, 2, 3, 4
STATE = 5
INFINITE = 2**62
SLOW, FAST = 0.99, 0.7
WORK_OF_PIVOT, WORK_OF_NODE, STAY = 100, 4, 4


@compiled
def settle(needs: int, tree: Int64s, potential: Int64s, wanted: Int64s, there: Int64s) -> None:
    """Hang every node on the root: nothing is served, every offer is spare. ``tree`` (n + m + 1, 8)."""
    root = tree.shape[0] - 1
    for node in range(root + 1):
        potential[node] = 0
        tree[node, PARENT] = root
        tree[node, CHILD] = NONE
        tree[node, NEXT] = node + 1
        tree[node, PREVIOUS] = node - 1
        tree[node, DEPTH] = 1
        tree[node, EDGE] = NONE
        if node < needs:
            tree[node, FLOW] = wanted[node]
        elif node < root:
            tree[node, FLOW] = there[node - needs]
    tree[root, PARENT] = NONE
    tree[root, NEXT] = NONE
    tree[root, PREVIOUS] = NONE
    tree[root, DEPTH] = 0
    tree[root, FLOW] = 0
    if root:
        tree[root, CHILD] = 0
        tree[root - 1, NEXT] = NONE


@compiled
def largest(value: Int64s) -> np.int64:
    """Return the largest value, 1 at least."""
    found = np.int64(1)
    for edge in range(value.shape[0]):
        found = max(found, value[edge])
    return found


@compiled
def _entering(
    needs: int,
    start: Int64s,
    offer: Int32s,
    value: Int64s,
    closed: Int64s,
    potential: Int64s,
    state: Int64s,
) -> tuple[Any, ...]:
    """Return gain, tail, head and edge of the next arc that gains ``tau``: of a need, its best; gain 0: none is left.

    Goes on from ``state[ROW]`` to the last node.
    """
    root = np.int64(potential.shape[0] - 1)
    tau, seen = state[TAU], state[SEEN]
    for row in range(state[ROW], root):
        gain, edge = np.int64(0), np.int64(NONE)
        price = potential[row]
        if row < needs:
            for at in range(start[row], start[row + 1]):
                over = value[at] - price - potential[needs + offer[at]]
                if over > gain:
                    gain = over
                    edge = np.int64(at)
        if -price > gain and closed[row] == 0:
            gain = -price
            edge = np.int64(NONE)
        if gain >= tau:
            state[ROW] = row + 1
            state[SEEN] = seen
            tail, head = np.int64(row), root
            if edge >= 0:
                head = needs + np.int64(offer[edge])
            elif row >= needs:
                tail, head = root, np.int64(row)
            return gain, tail, head, edge
        if gain > seen:
            seen = gain
    state[ROW] = root
    state[SEEN] = seen
    return np.int64(0), root, root, np.int64(NONE)


@compiled
def _blocking(needs: int, tree: Int64s, tail: int, head: int) -> tuple[Any, ...]:
    """Return what the cycle can carry, the node above which it blocks, whether on the tail's side, and the join.

    Of equal ones, the last met when going along the cycle from the join: the tree stays strongly feasible.
    """
    one: Any = tail
    other: Any = head
    least_one, least_other = np.int64(INFINITE), np.int64(INFINITE)
    block_one, block_other = np.int64(NONE), np.int64(NONE)
    while one != other:
        if tree[one, DEPTH] >= tree[other, DEPTH]:
            if one < needs and tree[one, FLOW] < least_one:
                least_one = tree[one, FLOW]
                block_one = one
            one = tree[one, PARENT]
        else:
            if other >= needs and tree[other, FLOW] <= least_other:
                least_other = tree[other, FLOW]
                block_other = other
            other = tree[other, PARENT]
    if least_other <= least_one:
        return least_other, block_other, np.int64(0), one
    return least_one, block_one, np.int64(1), one


@compiled
def _carry(needs: int, tree: Int64s, tail: int, head: int, join: int, moved: int) -> None:
    """Carry ``moved`` round the cycle."""
    one: Any = tail
    while one != join:
        tree[one, FLOW] += -moved if one < needs else moved
        one = tree[one, PARENT]
    other: Any = head
    while other != join:
        tree[other, FLOW] += moved if other < needs else -moved
        other = tree[other, PARENT]


@compiled
def _hang(tree: Int64s, top: int, under: int, leaving: int, flow: int, edge: int) -> None:
    """Cut the tree above ``leaving`` and hang that part by ``top`` under ``under``."""
    node, above, along = top, under, edge
    while True:
        old_above, old_flow, old_along = tree[node, PARENT], tree[node, FLOW], tree[node, EDGE]
        before, after = tree[node, PREVIOUS], tree[node, NEXT]
        if before >= 0:
            tree[before, NEXT] = after
        else:
            tree[old_above, CHILD] = after
        if after >= 0:
            tree[after, PREVIOUS] = before
        first = tree[above, CHILD]
        tree[node, NEXT] = first
        tree[node, PREVIOUS] = NONE
        if first >= 0:
            tree[first, PREVIOUS] = node
        tree[above, CHILD] = node
        tree[node, PARENT] = above
        tree[node, FLOW] = flow
        tree[node, EDGE] = along
        if node == leaving:
            return
        above, flow, along = node, old_flow, old_along
        node = old_above


@compiled
def _reprice(needs: int, tree: Int64s, potential: Int64s, top: int, rise: int) -> int:
    """Add ``rise`` to the needs under ``top``, take it from the offers, write depths; return how many nodes."""
    node = top
    depth = tree[tree[top, PARENT], DEPTH] + 1
    count = 0
    while True:
        count += 1
        tree[node, DEPTH] = depth
        potential[node] += rise if node < needs else -rise
        child = tree[node, CHILD]
        if child >= 0:
            node = child
            depth += 1
            continue
        while node != top and tree[node, NEXT] < 0:
            node = tree[node, PARENT]
            depth -= 1
        if node == top:
            return count
        node = tree[node, NEXT]


@compiled
def _next_pass(state: Int64s, shrink: Floats, edges: int) -> None:
    """Lower ``tau`` when the pass that ends moved little, slowly when its pivots were dear."""
    work, none = state[PASS_WORK], state[PASS_PIVOTS] == 0
    if work > edges:
        shrink[0] = min(SLOW, shrink[0] ** 0.7)
    else:
        shrink[0] = max(FAST, shrink[0] ** 1.4)
    if none or work * STAY < edges:
        tau = np.int64(state[TAU] * shrink[0])
        if none:
            tau = min(tau, state[SEEN])
        state[TAU] = max(np.int64(1), tau)
    state[SEEN] = 0
    state[PASS_PIVOTS] = 0
    state[PASS_WORK] = 0


@compiled
def pivot(
    needs: int,
    start: Int64s,
    offer: Int32s,
    value: Int64s,
    closed: Int64s,
    tree: Int64s,
    potential: Int64s,
    state: Int64s,
    shrink: Floats,
    limit: int,
) -> int:
    """Pivot ``limit`` times at most and return how many were done; fewer than ``limit``: it is optimal.

    Edges of need i are ``start[i]`` to ``start[i + 1]``: ``offer`` (row of the offer) and ``value``. ``closed``
    (n + m,): 1 where the node's slack may not enter. ``potential`` (n + m + 1,): prices of needs and offers, 0 at
    the root. ``state`` (5,) and ``shrink`` (1,) are kept from one call to the next.
    """
    root = tree.shape[0] - 1
    done = 0
    while done < limit:
        if state[ROW] >= root:
            state[ROW] = 0
            if state[PASS_PIVOTS] == 0 and state[TAU] <= 1:
                break
            _next_pass(state, shrink, offer.shape[0])
        gain, tail, head, edge = _entering(needs, start, offer, value, closed, potential, state)
        if gain == 0:
            continue
        moved, leaving, on_tail, join = _blocking(needs, tree, tail, head)
        if moved > 0:
            _carry(needs, tree, tail, head, join, moved)
        top, under = (tail, head) if on_tail else (head, tail)
        _hang(tree, top, under, leaving, moved, edge)
        count = _reprice(needs, tree, potential, top, -gain if top >= needs else gain)
        done += 1
        state[PASS_PIVOTS] += 1
        state[PASS_WORK] += WORK_OF_PIVOT + WORK_OF_NODE * count
    return done


@compiled
def price_tree(needs: int, value: Int64s, tree: Int64s, potential: Int64s) -> None:
    """Write the prices that make every arc of the tree tight for ``value``."""
    root = tree.shape[0] - 1
    potential[root] = 0
    node = root
    while True:
        if node != root:
            above, edge = tree[node, PARENT], tree[node, EDGE]
            # a slack is worth nothing, and the root's price is 0
            potential[node] = value[edge] - potential[above] if edge >= 0 else 0
        child = tree[node, CHILD]
        if child >= 0:
            node = child
            continue
        while node != root and tree[node, NEXT] < 0:
            node = tree[node, PARENT]
        if node == root:
            break
        node = tree[node, NEXT]
