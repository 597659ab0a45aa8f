"""Where steps and ribbons of a flow stand: level with what they are linked to, no label over another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.interfaces.drawing.figure import total
from maillage.interfaces.drawing.layers import Layers
from maillage.interfaces.drawing.marks import known
from maillage.interfaces.drawing.sankey_marks import Placed, Ribbon
from maillage.interfaces.drawing.words import clean, said, width, wrap

THICK = 240.0
"""Pixels of the thickest layer, gaps and labels apart."""
THINNEST = 1.5
COLUMN, NARROW, LAST = 180.0, 100.0, 0.75
"""Widest and narrowest least width of a column (it follows the names), and the share the last names take."""
LABEL, LINE, GAP = 14.0, 17.0, 12.0


@dataclass(frozen=True, slots=True)
class Node:
    """A step of the flow; ``kind`` gives its colour."""

    key: str
    label: str
    kind: str = "quiet"


@dataclass(frozen=True, slots=True)
class Link:
    """What goes from ``source`` to ``target`` (keys of nodes)."""

    source: str
    target: str
    value: float
    kind: str = "flow"
    label: str = ""


def place(
    nodes: Sequence[Node],
    links: Sequence[Link],
    weights: Sequence[float],
    layers: Layers,
    rank: Mapping[str, int],
    unit: str | None,
    column: float,
) -> tuple[list[Placed], list[Ribbon], float]:
    """Give every node its column and height, every ribbon its two ends."""
    scale = _scale(links, weights, layers, rank)
    thick = [max(weight * scale, THINNEST) for weight in weights]
    columns = len(layers.order)
    placed = []
    for at, node in enumerate(nodes):
        leaving = [row for row, link in enumerate(links) if link.source == node.key]
        entering = [row for row, link in enumerate(links) if link.target == node.key]
        sides = [rows for rows in (leaving, entering) if rows]
        amount = max((total(links[row].value for row in rows) for rows in sides), default=0.0)
        tall = max((sum(thick[row] for row in rows) for rows in sides), default=0.0)
        x = 100 * layers.layer[at] / max(columns - 1 + LAST, 1)
        lines = _label(node, column, last=layers.layer[at] == columns - 1, alone=columns == 1)
        told = said(amount, unit) if sides and unit is not None else ""
        placed.append(Placed(clean(node.label), known(node.kind), lines, told, x, 0.0, max(tall, 4.0)))
    height = _settle(placed, layers, links, rank, thick)
    ribbons = _ribbons(placed, links, layers, rank, thick)
    returns = sum(one.back for one in ribbons)
    return placed, ribbons, height + (14.0 * returns + 10 if returns else 0)


def column_of(nodes: Sequence[Node], largest: float, unit: str) -> float:
    """Return the least width of a column: names on two or three lines, quantities on one."""
    wide = [width(said(largest, unit), LABEL) / LAST]
    for node in nodes:
        words = clean(node.label).split(" ")
        wide.extend((*(width(word, LABEL) for word in words), width(node.label, LABEL) / 2))
    return min(max(max(wide) + 32, NARROW), COLUMN)


def _label(node: Node, column: float, *, last: bool, alone: bool) -> tuple[str, ...]:
    """Return the lines of a name, for a column as wide as it is on the narrowest page."""
    room = 260.0 if alone else (column * LAST if last else column) - 24
    return tuple(wrap(node.label, room, LABEL, lines=3))


def _scale(links: Sequence[Link], weights: Sequence[float], layers: Layers, rank: Mapping[str, int]) -> float:
    """Return pixels for a weight of one, so that the thickest layer takes ``THICK``."""
    sides = ({}, {})  # type: tuple[dict[int, float], dict[int, float]]
    for link, weight in zip(links, weights, strict=True):
        for side, end in zip(
            sides, (layers.layer[rank[link.source]], layers.layer[rank[link.target]]), strict=True
        ):
            side[end] = side.get(end, 0.0) + weight
    thickest = max((value for side in sides for value in side.values()), default=1.0)
    return THICK / max(thickest, 1e-9)


def _settle(
    placed: list[Placed],
    layers: Layers,
    links: Sequence[Link],
    rank: Mapping[str, int],
    thick: Sequence[float],
) -> float:
    """Put each node level with those it is linked to, labels never over one another; return the height."""
    near: list[list[tuple[int, float]]] = [[] for _ in placed]
    for at, link in enumerate(links):
        if at not in layers.back:
            near[rank[link.source]].append((rank[link.target], thick[at]))
            near[rank[link.target]].append((rank[link.source], thick[at]))
    slots = [max(one.height, LINE * (len(one.lines) + bool(one.told))) + GAP for one in placed]
    tallest = max((sum(slots[node] for node in order) for order in layers.order), default=40.0)
    tops = [0.0] * len(placed)
    for order in layers.order:
        free = (tallest - sum(slots[node] for node in order)) / (len(order) + 1)
        top = 0.0
        for node in order:
            top += free
            tops[node] = top
            top += slots[node]
    for sweep in range(8):
        for order in layers.order if sweep % 2 == 0 else reversed(layers.order):
            wished = [_level(node, near[node], tops, placed) for node in order]
            for node, top in zip(
                order, _apart(wished, [slots[node] for node in order], tallest), strict=True
            ):
                tops[node] = top
    for at, one in enumerate(placed):
        placed[at] = replace(one, y=tops[at] + 4)
    return tallest + 4


def _level(
    node: int, near: Sequence[tuple[int, float]], tops: Sequence[float], placed: Sequence[Placed]
) -> float:
    weight = sum(one[1] for one in near)
    if weight <= 0:
        return tops[node]
    middle = sum((tops[other] + placed[other].height / 2) * value for other, value in near) / weight
    return middle - placed[node].height / 2


def _apart(wished: Sequence[float], slots: Sequence[float], room: float) -> list[float]:
    """Return tops in the same order, near what is wished, none over another, all inside ``room``."""
    tops, least = [], 0.0
    for top, slot in zip(wished, slots, strict=True):
        tops.append(max(top, least))
        least = tops[-1] + slot
    most = room
    for at in reversed(range(len(tops))):
        tops[at] = max(min(tops[at], most - slots[at]), 0.0)
        most = tops[at]
    return tops


def _ribbons(
    placed: Sequence[Placed],
    links: Sequence[Link],
    layers: Layers,
    rank: Mapping[str, int],
    thick: Sequence[float],
) -> list[Ribbon]:
    """Stack the ends on each node in the order of the nodes they lead to."""
    ends = [(rank[link.source], rank[link.target]) for link in links]
    starts, stops = [0.0] * len(links), [0.0] * len(links)
    for mine, other, found in ((0, 1, starts), (1, 0, stops)):
        used = [one.y for one in placed]
        for at in sorted(
            range(len(links)), key=lambda at: (at in layers.back, placed[ends[at][other]].y, at)
        ):
            found[at] = used[ends[at][mine]]
            used[ends[at][mine]] += thick[at]
    return [
        Ribbon(
            placed[source].x,
            starts[at],
            placed[target].x,
            stops[at],
            thick[at],
            known(links[at].kind),
            f"{placed[source].label} → {placed[target].label}",
            at in layers.back,
        )
        for at, (source, target) in enumerate(ends)
    ]
