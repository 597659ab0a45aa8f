"""Flows from left to right: ribbons as wide as what passes, return arrows for cycles, hatching for what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from maillage.interfaces.drawing.figure import Drawing, Key, Table, kinds_key, total
from maillage.interfaces.drawing.layers import Layers, lay
from maillage.interfaces.drawing.marks import KIND_WORDS, fill, frame, key_of, known, tag
from maillage.interfaces.drawing.sankey_layout import LAST, Link, Node, column_of, place
from maillage.interfaces.drawing.sankey_marks import draw_nodes, draw_ribbons
from maillage.interfaces.drawing.words import Cell, counted, finite, said

__all__ = ["Link", "Node", "sankey"]

MOST_NODES, MOST_LINKS = 80, 400


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
    column = column_of(shown, largest, unit)
    told = unit if measured else None
    placed, ribbons, height = place(shown, drawn, weights, layers, rank, told, column)
    kinds = [*(known(one.kind) for one in drawn), *(known(one.kind) for one in shown)]
    marks = [draw_ribbons(ribbons, key, height), *draw_nodes(placed, key)]
    sentence, look = _sentence(shown, links, layers, told), "d-sankey"
    svg = frame(marks, key=key, title=title, sentence=sentence, height=height, class_=look, kinds=kinds)
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
