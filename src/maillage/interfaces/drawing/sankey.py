"""Flows from left to right: ribbons as wide as what passes, return arrows for cycles, hatching for what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from maillage.interfaces.drawing.figure import Drawing, Key, Table, kinds_key, total
from maillage.interfaces.drawing.layers import Layers, lay
from maillage.interfaces.drawing.marks import KIND_WORDS, fill, frame, key_of, known, tag
from maillage.interfaces.drawing.sankey_marks import Placed, Ribbon, draw_nodes, draw_ribbons
from maillage.interfaces.drawing.words import Cell, clean, counted, finite, said, width, wrap

THICK = 240.0
"""Pixels of the thickest layer, gaps and labels apart."""
THINNEST = 1.5
COLUMN, NARROW, LAST = 180.0, 100.0, 0.75
"""Widest and narrowest least width of a column (it follows the names), and the share the last names take."""
LABEL, LINE, GAP = 14.0, 17.0, 12.0
MOST_NODES, MOST_LINKS = 80, 400


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


def sankey(
    nodes: Sequence[Node],
    links: Sequence[Link],
    *,
    title: str,
    unit: str = "",
    words: Mapping[str, str] | None = None,
    measured: bool = True,
) -> Drawing:
    """Draw a flow. A link to a node that is not given makes the node; a value that cannot be drawn is said.

    Not ``measured``: the links are in several units, so ribbons are alike and only their labels say how much.
    """
    if not measured:
        links = [replace(link, value=1.0) for link in links]
    every = _with_those_of_links(nodes, links)
    labels = {node.key: node.label for node in every}
    table = _table(links, labels, title, unit, words or {}, measured=measured)
    shown, drawn, remarks = _kept(every, links)
    rank = {node.key: at for at, node in enumerate(shown)}
    largest = max((_size(link.value) for link in drawn), default=0.0) or 1.0
    weights = [_size(link.value) / largest for link in drawn]
    edges = [(rank[one.source], rank[one.target], weight) for one, weight in zip(drawn, weights, strict=True)]
    layers = lay(len(shown), edges)
    key = key_of("sankey", nodes, links, title, unit, words)
    column = _column(shown, largest, unit)
    placed, ribbons, height = _place(shown, drawn, weights, layers, rank, unit if measured else None, column)
    kinds = [known(link.kind) for link in drawn] + [known(node.kind) for node in shown]
    sentence = _sentence(shown, links, layers, unit if measured else None)
    svg = frame(
        [draw_ribbons(ribbons, key, height), *draw_nodes(placed, key)],
        key=key,
        title=title,
        sentence=sentence,
        height=height,
        class_="d-sankey",
        kinds=kinds,
    )
    named = _key(shown, drawn, key, words or {})
    least = round(column * (len(layers.order) - 1 + LAST)) if len(layers.order) > 1 else 0
    return Drawing(key, title, sentence, svg, table, named, tuple(remarks), least)


def _key(nodes: Sequence[Node], links: Sequence[Link], key: str, words: Mapping[str, str]) -> tuple[Key, ...]:
    """Ribbons, then steps: a step is narrow and tall, as it is drawn."""
    steps = [
        replace(one, shape=tag("rect", x=6, y=0, width=8, height=14, **fill(one.kind, f"{key}k")))
        for one in kinds_key([known(node.kind) for node in nodes], words)
        if one.kind not in {"quiet", "missing"}
    ]
    return (*kinds_key([known(link.kind) for link in links], words), *steps)


def _with_those_of_links(nodes: Sequence[Node], links: Sequence[Link]) -> list[Node]:
    found = {node.key: node for node in nodes}
    for link in links:
        for end in (link.source, link.target):
            found.setdefault(end, Node(end, end))
    return list(found.values())


def _size(value: float) -> float:
    return abs(value) if finite(value) else 0.0


def _kept(nodes: Sequence[Node], links: Sequence[Link]) -> tuple[list[Node], list[Link], list[str]]:
    """Return what is drawn, the largest first when there is too much, and what the page says of the rest."""
    remarks = []
    if any(not finite(link.value) or link.value < 0 for link in links):
        remarks.append("Une quantité inconnue ou négative est dessinée par un trait fin ; le tableau la dit.")
    through = dict.fromkeys((node.key for node in nodes), 0.0)
    for link in links:
        for end in (link.source, link.target):
            through[end] = max(through[end], _size(link.value))
    kept = list(nodes)
    if len(nodes) > MOST_NODES:
        largest = {node.key for node in sorted(nodes, key=lambda one: -through[one.key])[:MOST_NODES]}
        kept = [node for node in nodes if node.key in largest]
        remarks.append(f"Les {MOST_NODES} étapes les plus grandes sont dessinées ; le tableau les a toutes.")
    inside = {node.key for node in kept}
    drawn = [link for link in links if link.source in inside and link.target in inside]
    if len(drawn) > MOST_LINKS:
        order = sorted(range(len(drawn)), key=lambda at: (-_size(drawn[at].value), at))[:MOST_LINKS]
        drawn = [drawn[at] for at in sorted(order)]
        remarks.append(f"Les {MOST_LINKS} flux les plus grands sont dessinés ; le tableau les a tous.")
    return kept, drawn, remarks


def _table(
    links: Sequence[Link],
    labels: Mapping[str, str],
    title: str,
    unit: str,
    words: Mapping[str, str],
    *,
    measured: bool,
) -> Table:
    """Give the links one by one, with their kind in words when there are several."""
    told, named = any(link.label for link in links), {**KIND_WORDS, **words}
    several = len({known(link.kind) for link in links}) > 1
    rows: list[tuple[Cell, ...]] = []
    for one in links:
        value, state = one.value if finite(one.value) else None, named[known(one.kind)]
        what = ((one.label,) if told else ()) + ((state,) if several else ())
        rows.append((labels[one.source], labels[one.target], *what, *((value,) if measured else ())))
    heads = (("Quoi",) if told else ()) + (("État",) if several else ())
    quantity = f"Quantité ({unit})" if unit else "Quantité"
    return Table(title, ("De", "Vers", *heads, *((quantity,) if measured else ())), tuple(rows))


def _sentence(nodes: Sequence[Node], links: Sequence[Link], layers: Layers, unit: str | None) -> str:
    told = f"{counted(len(links), 'flux', 'flux')} entre {counted(len(nodes), 'étape', 'étapes')}"
    missing = total(link.value for link in links if known(link.kind) == "missing")
    returning = counted(len(layers.back), "qui revient", "qui reviennent")
    back = f", dont {returning} en arrière" if layers.back else ""
    lack = f" Il manque {said(missing, unit)}." if missing and unit is not None else ""
    return f"{told}{back}.{lack} Le tableau qui suit les donne un par un."


def _place(
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


def _column(nodes: Sequence[Node], largest: float, unit: str) -> float:
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
