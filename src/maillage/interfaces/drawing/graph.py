"""A small network: members by shape and size, the links that are, those that could be, and the single passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from maillage.core.french import NBSP
from maillage.interfaces.drawing.figure import Drawing, Key, Table
from maillage.interfaces.drawing.graph_layout import lay_out
from maillage.interfaces.drawing.labels import Box, Wish, write
from maillage.interfaces.drawing.marks import frame, key_of, tag
from maillage.interfaces.drawing.shapes import SHAPE_WORDS, SHAPES, shape, shaped, swatch
from maillage.interfaces.drawing.words import Cell, clean, counted, finite, shorten

WIDTH = 880.0
NAME = 13.0
MOST_MEMBERS, MOST_NAMES = 150, 90
SMALLEST, LARGEST = 0.6, 1.8
EDGE_WORDS = {"link": "Lien", "key": "Lien sans détour", "proposed": "Lien proposé"}


@dataclass(frozen=True, slots=True)
class Member:
    """A node: ``shape`` says what it is, ``size`` how much passes through it, ``cut`` that the network needs it."""

    key: str
    label: str
    shape: str = "ring"
    size: float = 1.0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two keys; ``kind`` is "link", "key" (no way round it) or "proposed"."""

    source: str
    target: str
    kind: str = "link"
    weight: float = 1.0


def graph(
    members: Sequence[Member],
    edges: Sequence[Edge],
    *,
    title: str,
    words: Mapping[str, str] | None = None,
    size_words: str = "Liens",
) -> Drawing:
    """Draw at most ``MOST_MEMBERS`` members (the largest, and the single passages first); the table has them all."""
    named = {**SHAPE_WORDS, **(words or {})}
    shown = _kept(members)
    rank = {one.key: at for at, one in enumerate(shown)}
    drawn = [one for one in edges if one.source in rank and one.target in rank and one.source != one.target]
    places, height = lay_out(len(shown), [(rank[one.source], rank[one.target]) for one in drawn], WIDTH)
    sizes = _sizes(shown)
    key = key_of("graph", members, edges, title, words, size_words)
    parts = [_edge(one, places[rank[one.source]], places[rank[one.target]]) for one in drawn]
    boxes = []
    for one, (x, y), size in zip(shown, places, sizes, strict=True):
        parts.append(_member(one, x, y, size))
        reach = (13 if one.cut else 9) * size
        boxes.append((x - reach, y - reach, x + reach, y + reach))
    parts.extend(_names(shown, places, sizes, boxes, height))
    sentence = _sentence(members, edges)
    svg = frame(parts, key=key, title=title, sentence=sentence, width=WIDTH, height=height, class_="d-graph")
    table = _table(members, edges, named, title, size_words)
    return Drawing(key, title, sentence, svg, table, _key(shown, drawn, named), _remarks(members, edges), 640)


def _kept(members: Sequence[Member]) -> list[Member]:
    if len(members) <= MOST_MEMBERS:
        return list(members)
    order = sorted(range(len(members)), key=lambda at: (not members[at].cut, -_size(members[at]), at))
    return [members[at] for at in sorted(order[:MOST_MEMBERS])]


def _size(one: Member) -> float:
    return one.size if finite(one.size) and one.size > 0 else 0.0


def _sizes(members: Sequence[Member]) -> list[float]:
    """The surface follows the size."""
    largest = max((_size(one) for one in members), default=0.0) or 1.0
    return [SMALLEST + (LARGEST - SMALLEST) * (_size(one) / largest) ** 0.5 for one in members]


def _edge(one: Edge, start: tuple[float, float], end: tuple[float, float]) -> Markup:
    name = {"key": "d-edge-key", "proposed": "d-edge-proposed"}.get(one.kind, "d-edge")
    weight = 1 + min(max(one.weight, 0.0), 4.0) * 0.5 if finite(one.weight) and name == "d-edge" else None
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=name, stroke_width=weight)


def _member(one: Member, x: float, y: float, size: float) -> Markup:
    mark = shape(one.shape, x, y, size=size, title=one.label)
    if not one.cut:
        return mark
    half = 11 * size + 1.5
    return tag(
        "g", [tag("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, class_="d-cut"), mark]
    )


def _names(
    members: Sequence[Member],
    places: Sequence[tuple[float, float]],
    sizes: Sequence[float],
    boxes: Sequence[Box],
    height: float,
) -> list[Markup]:
    order = sorted(range(len(members)), key=lambda at: (not members[at].cut, -sizes[at], at))
    wishes = [
        Wish(
            shorten(members[at].label, 230, NAME), *places[at], (13 if members[at].cut else 8) * sizes[at] + 1
        )
        for at in order
    ]
    found = write(wishes, size=NAME, inside=(WIDTH, height), avoid=boxes, most=MOST_NAMES)
    return [tag("text", one.text, x=one.x, y=one.y, text_anchor=one.anchor) for one in found]


def _key(members: Sequence[Member], edges: Sequence[Edge], named: Mapping[str, str]) -> tuple[Key, ...]:
    used = {shaped(one.shape) for one in members}
    found = [Key("quiet", named[name], swatch(name)) for name in SHAPES if name in used]
    if any(one.cut for one in members):
        box = tag("rect", x=3, y=0, width=14, height=14, class_="d-cut")
        found.append(Key("quiet", named.get("cut", "Passage obligé : sans lui, le réseau se coupe"), box))
    lines = {"link": "d-edge", "key": "d-edge-key", "proposed": "d-edge-proposed"}
    for kind in [kind for kind in EDGE_WORDS if any(one.kind == kind for one in edges)]:
        line = tag("path", d="M0,7h20", class_=lines[kind], stroke_width=1.5 if kind == "link" else None)
        found.append(Key("quiet", named.get(kind, EDGE_WORDS[kind]), line))
    return tuple(found)


def _table(
    members: Sequence[Member], edges: Sequence[Edge], named: Mapping[str, str], title: str, size_words: str
) -> Table:
    labels = {one.key: clean(one.label) for one in members}
    near: dict[str, list[str]] = {one.key: [] for one in members}
    for edge in edges:
        if edge.source in near and edge.target in near and edge.source != edge.target:
            state = " (proposé)" if edge.kind == "proposed" else ""
            near[edge.source].append(labels[edge.target] + state)
            near[edge.target].append(labels[edge.source] + state)
    rows: list[tuple[Cell, ...]] = []
    for one in members:
        linked = list(dict.fromkeys(near[one.key]))
        told = ", ".join(linked[:8]) + (f" et {len(linked) - 8} autres" if len(linked) > 8 else "")
        what = named[shaped(one.shape)] + (", passage obligé" if one.cut else "")
        rows.append((one.label, what, one.size if finite(one.size) else None, told or "personne"))
    return Table(title, ("Membre", "Ce que c’est", size_words, "En lien avec"), tuple(rows))


def _sentence(members: Sequence[Member], edges: Sequence[Edge]) -> str:
    cuts = [clean(one.label) for one in members if one.cut]
    told = f" Passages obligés{NBSP}: {', '.join(cuts[:5])}{'…' if len(cuts) > 5 else ''}." if cuts else ""
    counts = f"{counted(len(members), 'membre', 'membres')}, {counted(len(edges), 'lien', 'liens')}"
    return f"{counts}.{told} Le tableau qui suit les donne un par un."


def _remarks(members: Sequence[Member], edges: Sequence[Edge]) -> tuple[str, ...]:
    remarks = []
    if len(members) > MOST_MEMBERS:
        remarks.append(
            f"{MOST_MEMBERS} membres sur {len(members)} sont dessinés, les plus reliés ; le tableau les a tous."
        )
    known = {one.key for one in members}
    lost = sum(one.source not in known or one.target not in known for one in edges)
    if lost:
        remarks.append(f"Liens vers un membre inconnu, pas dessinés : {lost}.")
    return tuple(remarks)
