"""The network simplex of a bipartite network whose edges carry any quantity; compiled.

Needs send what they have along edges to offers, or to the root (unserved); the root fills what offers keep (spare).
So the slacks are arcs like others, every arc has no upper limit, and only arcs of the spanning tree carry anything
(``tree.py``). The tree is strongly feasible (W. H. Cunningham, "A network simplex method", Mathematical Programming
11, 1976), so that pivots that move nothing cannot cycle.

Which edge enters: the best of one need's edges when it gains ``tau`` at least. ``tau`` begins at the largest gain and
shrinks when a pass over the needs moves little, the slower the dearer the pivots: high gains first keep trees small.
Edges of a need come dearest first: once one could not gain enough even at the lowest price of all offers, the rest
of that need cannot either and is not looked at.
"""

from typing import Any

import numpy as np

from maillage_engine.arrays import Floats, Int32s, Int64s
from maillage_engine.compiled import compiled
from maillage_engine.methods.allocate.tree import NONE, blocking, carry, cut, graft, shift, turn

ROW, TAU, SEEN, PASS_PIVOTS, PASS_WORK, PASS_LOOKS, LOWEST, STALE = 0, 1, 2, 3, 4, 5, 6, 7
STATE = 8
SLOW, FAST = 0.99, 0.9
WORK_OF_PIVOT = 100
"""A pivot costs as much as looking at so many edges, and one more for each node whose price moves."""


@compiled
def largest(value: Int64s) -> np.int64:
    """Return the largest value, 1 at least."""
    found = np.int64(1)
    for edge in range(value.shape[0]):
        found = max(found, value[edge])
    return found


@compiled
def _lowest(needs: int, potential: Int64s, state: Int64s) -> None:
    """Write the lowest price of all offers, beyond that of the root."""
    least = potential[needs]
    for node in range(needs, potential.shape[0] - 1):
        least = min(least, potential[node])
    state[LOWEST] = least
    state[STALE] = 0


@compiled
def _best(
    first: int,
    until: int,
    needs: int,
    offer: Int32s,
    value: Int64s,
    potential: Int64s,
    mine: int,
    gain: int,
    state: Int64s,
) -> tuple[Any, ...]:
    """Return the best gain of one need's edges, ``gain`` when none gains more, and its edge.

    Stops at the first edge that could not gain more, or not ``tau``, were its offer the cheapest.
    """
    best: Any = np.int64(gain)
    edge: Any = np.int64(NONE)
    over: Any = np.int64(mine) - state[LOWEST]
    tau, at = state[TAU], first
    while at < until:
        most = value[at] + over
        if most <= best or most < tau:
            state[SEEN] = max(state[SEEN], min(most, tau - 1))
            break
        here = value[at] + mine - potential[needs + offer[at]]
        if here > best:
            best = here
            edge = np.int64(at)
        at += 1
    state[PASS_LOOKS] += 1 + at - first
    return best, edge


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

    Goes on from ``state[ROW]`` to the last node. ``state[SEEN]``: no arc that was let by gains more.
    """
    root = np.int64(potential.shape[0] - 1)
    tau, none = state[TAU], np.int64(NONE)
    for row in range(state[ROW], root):
        mine = potential[row]
        gain: Any = np.int64(0)
        if closed[row] == 0:
            gain = max(gain, mine - potential[root] if row < needs else potential[root] - mine)
        edge = none
        if row < needs:
            gain, edge = _best(start[row], start[row + 1], needs, offer, value, potential, mine, gain, state)
        if gain >= tau:
            state[ROW] = row + 1
            if edge >= 0:
                return gain, np.int64(row), needs + np.int64(offer[edge]), edge
            if row < needs:
                return gain, np.int64(row), root, edge
            return gain, root, np.int64(row), edge
        state[SEEN] = max(state[SEEN], gain)
    state[ROW] = root
    return np.int64(0), root, root, none


@compiled
def _next_pass(needs: int, potential: Int64s, state: Int64s, shrink: Floats) -> None:
    """Lower ``tau`` when the pass that ends moved little, slowly when its pivots were dear."""
    work, looks, none = state[PASS_WORK], state[PASS_LOOKS], state[PASS_PIVOTS] == 0
    if work > looks:
        shrink[0] = min(SLOW, shrink[0] ** 0.7)
    else:
        shrink[0] = max(FAST, shrink[0] ** 1.4)
    if none or work < looks:
        tau = np.int64(state[TAU] * shrink[0])
        if none:
            tau = min(tau, state[SEEN])
        state[TAU] = max(np.int64(1), tau)
    state[ROW] = 0
    state[SEEN] = 0
    state[PASS_PIVOTS] = 0
    state[PASS_WORK] = 0
    state[PASS_LOOKS] = 0
    _lowest(needs, potential, state)


@compiled
def pivot(
    needs: int,
    start: Int64s,
    offer: Int32s,
    value: Int64s,
    closed: Int64s,
    tree: Int32s,
    walk: Int32s,
    flow: Int64s,
    potential: Int64s,
    state: Int64s,
    shrink: Floats,
    limit: int,
) -> int:
    """Pivot ``limit`` times at most and return how many were done; fewer than ``limit``: it is optimal.

    Edges of need i are ``start[i]`` to ``start[i + 1]``, dearest first: ``offer`` (row of the offer) and ``value``.
    ``closed`` (n + m,): 1 where the node's slack may not enter. ``state`` (8,) and ``shrink`` (1,) are kept from one
    call to the next; ``begin`` makes ``state`` ready.
    """
    root = tree.shape[0] - 1
    done = 0
    while done < limit:
        if state[ROW] >= root:
            if state[PASS_PIVOTS] == 0 and state[TAU] <= 1:
                break
            _next_pass(needs, potential, state, shrink)
        gain, tail, head, edge = _entering(needs, start, offer, value, closed, potential, state)
        if gain == 0:
            continue
        moved, leaving, on_tail, join = blocking(needs, tree, flow, tail, head)
        if moved > 0:
            carry(needs, tree, flow, tail, head, join, moved)
        top, under = (tail, head) if on_tail else (head, tail)
        cut(tree, walk, leaving, join)
        end = turn(tree, walk, flow, top, under, leaving, moved, edge)
        graft(tree, walk, top, under, end, join)
        rise = -gain if on_tail else gain
        count, state[LOWEST] = shift(needs, tree, walk, potential, top, rise, state[LOWEST])
        done += 1
        state[PASS_PIVOTS] += 1
        state[PASS_WORK] += WORK_OF_PIVOT + count
        state[STALE] += count
        if state[STALE] > root - needs:
            _lowest(needs, potential, state)
    return done


@compiled
def begin(needs: int, potential: Int64s, state: Int64s, tau: int) -> None:
    """Make ``state`` ready for the first pass, at ``tau``."""
    state[:] = 0
    state[TAU] = tau
    _lowest(needs, potential, state)
