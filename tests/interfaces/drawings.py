"""Drawings of the tests: one of each, and what is read in them."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from maillage.interfaces.drawing.bars import Bar, bars
from maillage.interfaces.drawing.figure import Drawing
from maillage.interfaces.drawing.graph import Edge, Member, graph
from maillage.interfaces.drawing.map_figure import Line, Place, map_figure
from maillage.interfaces.drawing.map_frame import Town
from maillage.interfaces.drawing.profile import Step, profile
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from maillage.interfaces.drawing.timetable import Interval, Lane, timetable

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</svg><script>alert(1)</script> & "quotes" \' \x00\x0b\ud800 \u202e ]]>'


def one_of_each(label: str = "Cantine", value: float = 12.5) -> list[Drawing]:
    """Draw each kind once; ``label`` and ``value`` go wherever words and numbers can."""
    here = ((47.08, 2.4), (47.22, 2.07))
    return [
        bars([Bar(label, (("done", value), (label, value)))], title=label, unit=label, words={"done": label}),
        sankey(
            [Node("a", label, "need"), Node("b", label, label)],
            [Link("a", "b", value, "missing", label), Link("b", "a", value), Link(label, "b", value, label)],
            title=label,
            unit=label,
        ),
        timetable(
            [Lane(label, (Interval(value, value + 60, label), Interval(480, 540, label, label)))], title=label
        ),
        profile(
            [Step(0, value, label), Step(value, 3, label)],
            title=label,
            unit=label,
            capacity=10,
            scale="clock",
        ),
        map_figure(
            [
                Place(47.08, 2.4, label, "house", detail=label),
                Place(value, value, label, label),
                Place(47.1, 2.3, label, order=label),
            ],
            title=label,
            lines=[Line(here, label)],
            towns=[Town(47.22, 2.07, label, 25_000)],
            source=label,
        ),
        graph(
            [Member("a", label, "disc", value, cut=True), Member("b", label), Member(label, label)],
            [Edge("a", "b", weight=value), Edge(label, "a", label)],
            title=label,
            size_words=label,
        ),
    ]


def tree(drawing: Drawing) -> ET.Element:
    """Parse the whole figure; fails when it is not well-formed."""
    return ET.fromstring(str(drawing.figure()).encode())


def shapes(drawing: Drawing, name: str) -> list[ET.Element]:
    """Return the elements of the picture with this name, outside patterns."""
    root = ET.fromstring(str(drawing.svg).encode())
    woven = {id(one) for pattern in root.iter(f"{SVG}pattern") for one in pattern.iter()}
    return [one for one in root.iter(f"{SVG}{name}") if id(one) not in woven]


def attributes(drawing: Drawing) -> Iterator[tuple[str, str]]:
    """Return every attribute of the picture."""
    for one in ET.fromstring(str(drawing.svg).encode()).iter():
        yield from one.items()


def percent(value: str | None) -> float:
    """Read "12.5%"."""
    assert value is not None
    number = float(value.removesuffix("%"))
    assert math.isfinite(number)
    return number
