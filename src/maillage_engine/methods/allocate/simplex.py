"""The network simplex of a bipartite network whose edges carry any quantity; compiled.

Needs send what they have along edges to offers, or to the root (unserved); the root fills what offers keep (spare).
So the slacks are arcs like others, every arc has no upper limit, and only arcs of the spanning tree carry anything:
a row of ``tree`` a node, and what the arc above it carries (``flow``), are the whole state. The tree is strongly
feasible (W. H. Cunningham, "A network simplex method", Mathematical Programming 11, 1976), so that pivots that move
nothing cannot cycle.

Only offers keep a price: that of a need follows from the node above it. So a need with nothing under it is never
visited when prices move, and is in no list of children.

Which edge enters: the best of one need's edges when it gains ``tau`` at least. ``tau`` begins at the largest gain and
shrinks when a pass over the needs moves little, the slower the dearer the pivots: high gains first keep trees small.
"""

from typing import Any

import numpy as np

from maillage_engine.arrays import Floats, Int32s, Int64s
from maillage_engine.compiled import compiled

PARENT, CHILD, NEXT, PREVIOUS, DEPTH, EDGE = 0, 1, 2, 3, 4, 5
WIDTH = 8
"""Eight numbers of 32 bits: two nodes a line of the processor's memory."""
NONE = -1
ROW, TAU, SEEN, PASS_PIVOTS, PASS_WORK = 0, 1, 2, 3, 4
STATE = 5
INFINITE = 2**62
SLOW, FAST = 0.99, 0.7
WORK_OF_PIVOT, WORK_OF_NODE, STAY = 100, 4, 4


@compiled
def _list(tree: Int32s, node: Any, above: Any) -> None:
    """Put a node first among the children of another."""
    first = tree[above, CHILD]
    tree[node, NEXT] = first
    tree[node, PREVIOUS] = NONE
    if first >= 0:
        tree[first, PREVIOUS] = node
    tree[above, CHILD] = node


@compiled
def _unlist(tree: Int32s, node: Any, above: Any) -> None:
    """Take a node away from the children of another."""
    before, after = tree[node, PREVIOUS], tree[node, NEXT]
    if before >= 0:
        tree[before, NEXT] = after
    else:
        tree[above, CHILD] = after
    if after >= 0:
        tree[after, PREVIOUS] = before


@compiled
def settle(needs: int, tree: Int32s, flow: Int64s, potential: Int64s, wanted: Int64s, there: Int64s) -> None:
    """Hang every node on the root: nothing is served, every offer is spare. ``tree`` (n + m + 1, 8)."""
    root = tree.shape[0] - 1
    for node in range(root, -1, -1):
        potential[node] = 0
        tree[node, PARENT] = root
        tree[node, CHILD] = NONE
        tree[node, NEXT] = NONE
        tree[node, PREVIOUS] = NONE
        tree[node, DEPTH] = 1
        tree[node, EDGE] = NONE
        if node < needs:
            flow[node] = wanted[node]
        elif node < root:
            flow[node] = there[node - needs]
            _list(tree, node, root)
        else:
            flow[node] = 0
    tree[root, PARENT] = NONE
    tree[root, DEPTH] = 0


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
    tree: Int32s,
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
            price = np.int64(0)
            if tree[row, EDGE] >= 0:
                price = value[tree[row, EDGE]] - potential[tree[row, PARENT]]
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
def _blocking(needs: int, tree: Int32s, flow: Int64s, tail: int, head: int) -> tuple[Any, ...]:
    """Return what the cycle can carry, the node above which it blocks, whether on the tail's side, and the join.

    Of equal ones, the last met when going along the cycle from the join: the tree stays strongly feasible.
    """
    one: Any = tail
    other: Any = head
    least_one, least_other = np.int64(INFINITE), np.int64(INFINITE)
    block_one, block_other = np.int64(NONE), np.int64(NONE)
    while one != other:
        # a need is one under the node above it
        deep_one = tree[tree[one, PARENT], DEPTH] + 1 if one < needs else tree[one, DEPTH]
        deep_other = tree[tree[other, PARENT], DEPTH] + 1 if other < needs else tree[other, DEPTH]
        if deep_one >= deep_other:
            if one < needs and flow[one] < least_one:
                least_one = flow[one]
                block_one = one
            one = tree[one, PARENT]
        else:
            if other >= needs and flow[other] <= least_other:
                least_other = flow[other]
                block_other = other
            other = tree[other, PARENT]
    if least_other <= least_one:
        return least_other, block_other, np.int64(0), one
    return least_one, block_one, np.int64(1), one


@compiled
def _carry(needs: int, tree: Int32s, flow: Int64s, tail: int, head: int, join: int, moved: int) -> None:
    """Carry ``moved`` round the cycle."""
    one: Any = tail
    while one != join:
        flow[one] += -moved if one < needs else moved
        one = tree[one, PARENT]
    other: Any = head
    while other != join:
        flow[other] += moved if other < needs else -moved
        other = tree[other, PARENT]


@compiled
def _hang(
    needs: int, tree: Int32s, flow: Int64s, top: int, under: int, leaving: int, moved: int, edge: int
) -> None:
    """Cut the tree above ``leaving`` and hang that part by ``top`` under ``under``."""
    if under < needs and tree[under, CHILD] < 0:
        _list(tree, under, tree[under, PARENT])
    node: Any = top
    above: Any = under
    amount: Any = moved
    along: Any = edge
    listed = node >= needs or tree[node, CHILD] >= 0
    while True:
        old_above, old_flow, old_along = tree[node, PARENT], flow[node], tree[node, EDGE]
        if listed:
            _unlist(tree, node, old_above)
        last = node == leaving
        if not last or node >= needs or tree[node, CHILD] >= 0:
            _list(tree, node, above)
        tree[node, PARENT] = above
        flow[node] = amount
        tree[node, EDGE] = along
        if last:
            if old_above < needs and tree[old_above, CHILD] < 0:
                _unlist(tree, old_above, tree[old_above, PARENT])
            return
        above, amount, along = node, old_flow, old_along
        node = old_above
        listed = True


@compiled
def _reprice(needs: int, tree: Int32s, potential: Int64s, top: int, rise: int) -> int:
    """Add ``rise`` to the offers of the part under ``top`` and write their depths; return how many were visited."""
    node: Any = top
    above = tree[top, PARENT]
    depth = tree[tree[above, PARENT], DEPTH] + 2 if above < needs else tree[above, DEPTH] + 1
    count = 0
    while True:
        count += 1
        if node >= needs:
            tree[node, DEPTH] = depth
            potential[node] += rise
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
    tree: Int32s,
    flow: Int64s,
    potential: Int64s,
    state: Int64s,
    shrink: Floats,
    limit: int,
) -> int:
    """Pivot ``limit`` times at most and return how many were done; fewer than ``limit``: it is optimal.

    Edges of need i are ``start[i]`` to ``start[i + 1]``: ``offer`` (row of the offer) and ``value``. ``closed``
    (n + m,): 1 where the node's slack may not enter. ``potential`` (n + m + 1,): prices of offers, 0 at the root
    (those of needs are written by ``price_needs``). ``state`` (5,) and ``shrink`` (1,) are kept from one call to the
    next.
    """
    root = tree.shape[0] - 1
    done = 0
    while done < limit:
        if state[ROW] >= root:
            state[ROW] = 0
            if state[PASS_PIVOTS] == 0 and state[TAU] <= 1:
                break
            _next_pass(state, shrink, offer.shape[0])
        gain, tail, head, edge = _entering(needs, start, offer, value, closed, tree, potential, state)
        if gain == 0:
            continue
        moved, leaving, on_tail, join = _blocking(needs, tree, flow, tail, head)
        if moved > 0:
            _carry(needs, tree, flow, tail, head, join, moved)
        top, under = (tail, head) if on_tail else (head, tail)
        _hang(needs, tree, flow, top, under, leaving, moved, edge)
        count = _reprice(needs, tree, potential, top, gain if top >= needs else -gain)
        done += 1
        state[PASS_PIVOTS] += 1
        state[PASS_WORK] += WORK_OF_PIVOT + WORK_OF_NODE * count
    return done


@compiled
def price_needs(needs: int, value: Int64s, tree: Int32s, potential: Int64s) -> None:
    """Write the prices of needs, from those of the offers above them."""
    for need in range(needs):
        edge = tree[need, EDGE]
        potential[need] = value[edge] - potential[tree[need, PARENT]] if edge >= 0 else 0


@compiled
def price_tree(needs: int, value: Int64s, tree: Int32s, potential: Int64s) -> None:
    """Write the prices of offers that make every arc of the tree tight for ``value``."""
    root = tree.shape[0] - 1
    potential[root] = 0
    node: Any = root
    while True:
        if needs <= node < root:
            edge, above = tree[node, EDGE], tree[node, PARENT]
            potential[node] = 0
            if edge >= 0:
                over = tree[above, EDGE]
                price = value[over] - potential[tree[above, PARENT]] if over >= 0 else 0
                potential[node] = value[edge] - price
        child = tree[node, CHILD]
        if child >= 0:
            node = child
            continue
        while node != root and tree[node, NEXT] < 0:
            node = tree[node, PARENT]
        if node == root:
            break
        node = tree[node, NEXT]
