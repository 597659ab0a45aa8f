"""Shortest paths in what a best sharing leaves: what one unit more, or less, of a node is worth; compiled.

Prices of a best sharing leave no arc that loses (reduced costs are 0 or more), so Dijkstra's way gives the exact
change of the value: not its slope at one side of a corner, which is all that a price tells. Carrying a quantity along
such a path keeps the sharing best for the changed problem (R. K. Ahuja, T. L. Magnanti, J. B. Orlin, *Network Flows*,
1993, §9.7).

``to_node``: from the root to the node (an offer has more, a need asks less); else from the node to the root (an offer
has less, a need asks more).
"""

from typing import Any

import numpy as np

from maillage_engine.arrays import Int32s, Int64s
from maillage_engine.compiled import compiled

NONE = -1
INFINITE = 2**62


@compiled
def _push(keys: Int64s, nodes: Int64s, size: int, key: Any, node: Any) -> int:
    """Add to the heap; return its size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at] = keys[above]
        nodes[at] = nodes[above]
        at = above
    keys[at] = key
    nodes[at] = node
    return size + 1


@compiled
def _pop(keys: Int64s, nodes: Int64s, size: int) -> int:
    """Take the first off the heap; return its size."""
    size -= 1
    key, node = keys[size], nodes[size]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at] = keys[below]
        nodes[at] = nodes[below]
        at = below
    keys[at] = key
    nodes[at] = node
    return size


@compiled
def _last(at: Any, key: Any, out: bool, slack: Int64s, price: Int64s) -> Any:
    """How far the root is by this node: an offer gives way to its spare, a need to being unserved, at their price."""
    if out:
        return key + price[at]
    return key if slack[at] > 0 else np.int64(INFINITE)


@compiled
def _length(at: Any, other: Any, edge: Any, out: bool, value: Int64s, flow: Int64s, price: Int64s) -> Any:
    """What a unit costs along an edge, ``INFINITE`` when there is none to take back."""
    if out:
        return price[at] + price[other] - value[edge]
    return np.int64(0) if flow[edge] > 0 else np.int64(INFINITE)


@compiled
def reach(
    needs: int,
    start: Int64s,
    offer: Int32s,
    value: Int64s,
    need_of: Int32s,
    into: Int64s,
    in_edge: Int64s,
    flow: Int64s,
    slack: Int64s,
    price: Int64s,
    node: int,
    to_node: bool,
    far: Int64s,
    origin: Int64s,
    keys: Int64s,
    nodes: Int64s,
    seen: Int64s,
) -> tuple[Any, ...]:
    """Return how far the root is, the last node before it, and how many nodes were seen (in ``seen``).

    ``slack`` (n + m,): what needs lack and offers spare. ``far`` (n + m,) is all -1 when called and stays written for
    the nodes seen: ``forget`` cleans it. ``origin``: the edge by which a node was reached, -1 at the first one.
    """
    best, end = np.int64(INFINITE), np.int64(NONE)
    size, count = 0, 1
    far[node] = 0
    origin[node] = NONE
    seen[0] = node
    size = _push(keys, nodes, size, np.int64(0), node)
    while size > 0:
        key, at = keys[0], nodes[0]
        size = _pop(keys, nodes, size)
        if key > far[at]:
            continue
        if key >= best:
            break
        is_need = at < needs
        out = is_need != to_node
        last = _last(at, key, out, slack, price)
        if last < best:
            best, end = last, at
        first = start[at] if is_need else into[at - needs]
        until = start[at + 1] if is_need else into[at - needs + 1]
        for place in range(first, until):
            edge = np.int64(place) if is_need else in_edge[place]
            other = np.int64(needs + offer[edge]) if is_need else np.int64(need_of[edge])
            new = key + _length(at, other, edge, out, value, flow, price)
            if new < best and (far[other] < 0 or new < far[other]):
                if far[other] < 0:
                    seen[count] = other
                    count += 1
                far[other] = new
                origin[other] = edge
                size = _push(keys, nodes, size, new, other)
    return best, end, count


@compiled
def forget(far: Int64s, seen: Int64s, count: int) -> None:
    """Clean ``far`` of the nodes seen."""
    for at in range(count):
        far[seen[at]] = NONE


@compiled
def narrowest(
    needs: int,
    offer: Int32s,
    need_of: Int32s,
    flow: Int64s,
    slack: Int64s,
    end: int,
    to_node: bool,
    origin: Int64s,
) -> Any:
    """Return what the path that ends at ``end`` can carry."""
    most = np.int64(INFINITE)
    at: Any = end
    if (at < needs) == to_node:
        most = slack[at]
    while origin[at] >= 0:
        edge = origin[at]
        if (at < needs) != to_node:
            most = min(most, flow[edge])
        at = np.int64(needs + offer[edge]) if at < needs else np.int64(need_of[edge])
    return most


@compiled
def carry(
    needs: int,
    offer: Int32s,
    need_of: Int32s,
    flow: Int64s,
    slack: Int64s,
    price: Int64s,
    best: int,
    end: int,
    to_node: bool,
    amount: int,
    far: Int64s,
    origin: Int64s,
    seen: Int64s,
    count: int,
) -> None:
    """Carry ``amount`` along the path that ends at ``end``, and move the prices so that the sharing is best again."""
    at: Any = end
    slack[at] += -amount if (at < needs) == to_node else amount
    while origin[at] >= 0:
        edge = origin[at]
        flow[edge] += -amount if (at < needs) != to_node else amount
        at = np.int64(needs + offer[edge]) if at < needs else np.int64(need_of[edge])
    for place in range(count):
        node = seen[place]
        if far[node] < best:
            shift = best - far[node]
            price[node] += shift if (node < needs) == to_node else -shift


@compiled
def from_root(
    needs: int,
    start: Int64s,
    offer: Int32s,
    value: Int64s,
    need_of: Int32s,
    into: Int64s,
    in_edge: Int64s,
    flow: Int64s,
    slack: Int64s,
    price: Int64s,
    far: Int64s,
    most: Int64s,
    keys: Int64s,
    nodes: Int64s,
) -> None:
    """Write how far every node is from the root (``to_node``), and what the path there can carry, all at once.

    ``far``, ``most`` (n + m,): ``INFINITE`` far, the node cannot be reached. ``keys`` and ``nodes``: room for a heap.
    """
    size = 0
    for node in range(slack.shape[0]):
        is_need = node < needs
        far[node] = np.int64(0) if is_need else price[node]
        most[node] = slack[node] if is_need else np.int64(INFINITE)
        if is_need and slack[node] <= 0:
            far[node] = np.int64(INFINITE)
        else:
            size = _push(keys, nodes, size, far[node], np.int64(node))
    while size > 0:
        key, at = keys[0], nodes[0]
        size = _pop(keys, nodes, size)
        if key > far[at]:
            continue
        is_need = at < needs
        first = start[at] if is_need else into[at - needs]
        until = start[at + 1] if is_need else into[at - needs + 1]
        for place in range(first, until):
            edge = np.int64(place) if is_need else in_edge[place]
            other = np.int64(needs + offer[edge]) if is_need else np.int64(need_of[edge])
            new = key + _length(at, other, edge, is_need, value, flow, price)
            if new < far[other]:
                far[other] = new
                most[other] = most[at] if is_need else min(most[at], flow[edge])
                size = _push(keys, nodes, size, new, other)
