"""Layers of a flow: cycles broken, nodes from left to right by longest path, order that crosses little."""

from collections.abc import Sequence
from dataclasses import dataclass

Edge = tuple[int, int, float]
"""Source, target, weight."""
_SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Layers:
    """``layer`` of each node; ``order`` of the nodes of each layer, top first; ``back`` are edges that go back."""

    layer: tuple[int, ...]
    order: tuple[tuple[int, ...], ...]
    back: frozenset[int]


def lay(count: int, edges: Sequence[Edge]) -> Layers:
    """Return the layers of ``count`` nodes; deterministic: ties keep the order of the input."""
    back = _back_edges(count, edges)
    forward = [edge for at, edge in enumerate(edges) if at not in back]
    layer = _longest_paths(count, forward)
    return Layers(tuple(layer), _ordered(layer, forward), frozenset(back))


def _back_edges(count: int, edges: Sequence[Edge]) -> set[int]:
    """Return the edges that close a cycle when one walks from the nodes nobody feeds, in their order."""
    leaving: list[list[int]] = [[] for _ in range(count)]
    fed = [0] * count
    for at, (source, target, _) in enumerate(edges):
        leaving[source].append(at)
        fed[target] += source != target
    state, back = [0] * count, set()
    for root in sorted(range(count), key=lambda node: (fed[node] > 0, node)):
        if state[root]:
            continue
        state[root], walk = 1, [(root, iter(leaving[root]))]
        while walk:
            node, rest = walk[-1]
            at = next(rest, -1)
            if at < 0:
                state[node] = 2
                walk.pop()
                continue
            target = edges[at][1]
            if state[target] == 1:
                back.add(at)
            elif not state[target]:
                state[target] = 1
                walk.append((target, iter(leaving[target])))
    return back


def _longest_paths(count: int, edges: Sequence[Edge]) -> list[int]:
    """Return the layer of each node; a source that feeds only far nodes is drawn near them."""
    waiting, leaving = [0] * count, [[] for _ in range(count)]  # type: list[int], list[list[int]]
    for source, target, _ in edges:
        waiting[target] += 1
        leaving[source].append(target)
    fed = [bool(one) for one in waiting]
    layer, ready = [0] * count, [node for node in range(count) if not waiting[node]]
    for node in ready:
        for target in leaving[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for node in range(count):
        if not fed[node] and leaving[node]:
            layer[node] = max(min(layer[target] for target in leaving[node]) - 1, 0)
    return layer


def _ordered(layer: Sequence[int], edges: Sequence[Edge]) -> tuple[tuple[int, ...], ...]:
    """Barycentres, forward then backward, and the best order seen."""
    order = [
        [node for node, at in enumerate(layer) if at == rank] for rank in range(max(layer, default=-1) + 1)
    ]
    near: list[list[tuple[int, float]]] = [[] for _ in layer]
    for source, target, weight in edges:
        near[source].append((target, weight))
        near[target].append((source, weight))
    best, least = [list(one) for one in order], _crossings(order, layer, edges)
    for sweep in range(_SWEEPS):
        if least == 0:
            break
        forward = sweep % 2 == 0
        for rank in range(len(order)) if forward else reversed(range(len(order))):
            place = _places(order)
            middle = {node: _middle(node, near, place, layer, forward=forward) for node in order[rank]}
            order[rank].sort(key=lambda node: middle[node])
        crossed = _crossings(order, layer, edges)
        if crossed < least:
            best, least = [list(one) for one in order], crossed
    return tuple(map(tuple, best))


def _places(order: Sequence[Sequence[int]]) -> dict[int, float]:
    return {node: (at + 0.5) / len(one) for one in order for at, node in enumerate(one)}


def _middle(
    node: int,
    near: Sequence[Sequence[tuple[int, float]]],
    place: dict[int, float],
    layer: Sequence[int],
    *,
    forward: bool,
) -> float:
    looked = [one for one in near[node] if (layer[one[0]] < layer[node]) == forward and one[0] != node]
    weight = sum(one[1] for one in looked)
    if weight <= 0:
        return place[node]
    return sum(place[other] * value for other, value in looked) / weight


def _crossings(order: Sequence[Sequence[int]], layer: Sequence[int], edges: Sequence[Edge]) -> int:
    """Count pairs of links between the same two layers that cross, 400 links at most (an order is enough)."""
    place = _places(order)
    spans: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for source, target, _ in edges[:400]:
        spans.setdefault((layer[source], layer[target]), []).append((place[source], place[target]))
    return sum(
        (one[0] - other[0]) * (one[1] - other[1]) < 0
        for ends in spans.values()
        for at, one in enumerate(ends)
        for other in ends[:at]
    )
