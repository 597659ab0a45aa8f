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


FEW = 32
"""So many edges are put in order by insertion."""


@compiled
def dearest_first(start: Int64s, order: Int64s, value: Int64s) -> None:
    """Put the edges of each node in the order of falling values, in place; equal ones stay as they were.

    Those of node i are ``order[start[i]]`` to ``order[start[i + 1]]``; ``value`` is by edge.
    """
    for node in range(start.shape[0] - 1):
        first, until = start[node], start[node + 1]
        if until - first > FEW:
            part = order[first:until].copy()
            order[first:until] = part[np.argsort(-value[part], kind="mergesort")]
            continue
        for at in range(first + 1, until):
            edge = order[at]
            place = at
            while place > first and value[order[place - 1]] < value[edge]:
                order[place] = order[place - 1]
                place -= 1
            order[place] = edge


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
