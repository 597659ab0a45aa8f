"""Edges by need, edges by offer, and which nodes hang together; compiled."""

import numpy as np

from maillage_engine.arrays import Int32s, Int64s
from maillage_engine.compiled import compiled


@compiled
def grouped(node: Int32s, count: int) -> tuple[Int64s, Int64s]:
    """Return where each node's edges begin, (count + 1,), and the edges in the order of their nodes, stable."""
    start = np.zeros(count + 1, dtype=np.int64)
    for edge in range(node.shape[0]):
        start[node[edge] + 1] += 1
    for at in range(count):
        start[at + 1] += start[at]
    place = start[:-1].copy()
    order = np.empty(node.shape[0], dtype=np.int64)
    for edge in range(node.shape[0]):
        at = node[edge]
        order[place[at]] = edge
        place[at] += 1
    return start, order


@compiled
def together(need: Int32s, offer: Int32s, needs: int, offers: int) -> Int64s:
    """Return for each need then each offer the smallest node that hangs with it."""
    above = np.arange(needs + offers)
    for edge in range(need.shape[0]):
        one, other = np.int64(need[edge]), needs + np.int64(offer[edge])
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        while above[other] != other:
            above[other] = above[above[other]]
            other = above[other]
        if one < other:
            above[other] = one
        else:
            above[one] = other
    for node in range(needs + offers):
        above[node] = above[above[node]]
    return above
