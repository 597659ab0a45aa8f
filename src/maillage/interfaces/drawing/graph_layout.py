"""Where the members of a small network stand: springs for each group that holds together, groups side by side."""

import math
from collections.abc import Sequence

_SEED = 7
_SPREAD = 62.0
"""Pixels a member takes, on a side."""
_PAD = 34.0
_CLOSEST = 30.0

Place = tuple[float, float]


def lay_out(count: int, edges: Sequence[tuple[int, int]], width: float) -> tuple[list[Place], float]:
    """Return x, y of each member, and the height; the same input gives the same drawing."""
    places: list[Place] = [(0.0, 0.0)] * count
    left, top, tallest = _PAD, _PAD, 0.0
    for group in _groups(count, edges):
        side = _SPREAD * math.sqrt(len(group)) * (1.25 if len(group) > 2 else 1)
        across, down = (min(side * 1.8, width - 2 * _PAD), side) if len(group) > 1 else (_SPREAD * 1.9, 0.0)
        if left + across > width - _PAD and left > _PAD:
            left, top, tallest = _PAD, top + tallest + _SPREAD, 0.0
        for node, (x, y) in zip(group, _springs(group, edges, across, down), strict=True):
            places[node] = (round(left + x, 1), round(top + y, 1))
        left, tallest = left + across + _SPREAD, max(tallest, down)
    return places, round(top + tallest + _PAD + 14, 1)


def _groups(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected groups, the largest first."""
    head = list(range(count))

    def top(node: int) -> int:
        while head[node] != node:
            head[node] = head[head[node]]
            node = head[node]
        return node

    for one, other in edges:
        head[max(top(one), top(other))] = min(top(one), top(other))
    groups: dict[int, list[int]] = {}
    for node in range(count):
        groups.setdefault(top(node), []).append(node)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _springs(
    group: Sequence[int], edges: Sequence[tuple[int, int]], across: float, down: float
) -> list[Place]:
    """Return places inside a box of ``across`` by ``down`` pixels."""
    if len(group) == 1:
        return [(across / 2, 0.0)]
    if len(group) == 2:
        return [(0.0, down / 2), (across, down / 2)]
    raw = _spring_places(group, edges)
    low = [min(place[axis] for place in raw) for axis in (0, 1)]
    span = [max(max(place[axis] for place in raw) - low[axis], 1e-9) for axis in (0, 1)]
    found = [((x - low[0]) / span[0] * across, (y - low[1]) / span[1] * down) for x, y in raw]
    return _kept_apart(found, across, down)


def _spring_places(group: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[Place]:
    """Return Fruchterman-Reingold places, from a circle, with a fixed seed."""
    import rustworkx  # noqa: PLC0415 - heavy, and only for this drawing

    rank = {node: at for at, node in enumerate(group)}
    network = rustworkx.PyGraph(multigraph=False)
    network.add_nodes_from(list(group))
    network.add_edges_from_no_data(
        [(rank[a], rank[b]) for a, b in edges if a in rank and b in rank and a != b]
    )
    turn = 2 * math.pi / len(group)
    circle = {at: (math.cos(at * turn), math.sin(at * turn)) for at in range(len(group))}
    gap = 1.6 / math.sqrt(len(group))
    found = rustworkx.spring_layout(network, pos=circle, k=gap, num_iter=200, seed=_SEED)
    return [(float(found[at][0]), float(found[at][1])) for at in range(len(group))]


def _kept_apart(places: list[Place], across: float, down: float) -> list[Place]:
    """Push apart those that touch, inside the box."""
    moved = [list(place) for place in places]
    for _ in range(40):
        touched = False
        for at, one in enumerate(moved):
            for other in moved[:at]:
                dx, dy = one[0] - other[0], one[1] - other[1]
                apart = math.hypot(dx, dy)
                if apart >= _CLOSEST:
                    continue
                touched = True
                ux, uy = (dx / apart, dy / apart) if apart > 1e-6 else (math.cos(at), math.sin(at))
                push = (_CLOSEST - apart) / 2 + 0.1
                for node, sign in ((one, 1), (other, -1)):
                    node[0] = min(max(node[0] + sign * ux * push, 0.0), across)
                    node[1] = min(max(node[1] + sign * uy * push, 0.0), down)
        if not touched:
            break
    return [(one[0], one[1]) for one in moved]
