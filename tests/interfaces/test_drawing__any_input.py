"""Whatever the numbers and the words, a drawing is well-formed, says them all in its table, and never runs."""

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.interfaces.drawing.bars import Bar, bars
from maillage.interfaces.drawing.figure import total
from maillage.interfaces.drawing.graph import Edge, Member, graph
from maillage.interfaces.drawing.map_figure import Place, map_figure
from maillage.interfaces.drawing.marks import KINDS
from maillage.interfaces.drawing.profile import Step, profile
from maillage.interfaces.drawing.sankey import Link, Node, sankey
from maillage.interfaces.drawing.timetable import Interval, Lane, timetable
from tests.interfaces.drawings import HOSTILE, attributes, one_of_each, tree

NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
AMOUNTS = st.floats(-1e6, 1e9) | st.just(math.nan)
WORDS = st.text(st.characters(codec=None), max_size=30)
SOME = settings(max_examples=25, deadline=None)


def _sound(drawing: object) -> None:
    tree(drawing)  # type: ignore[arg-type]  # a Drawing
    for name, value in attributes(drawing):  # type: ignore[arg-type]  # a Drawing
        if name not in {"class", "id", "role", "fill", "aria-labelledby", "aria-describedby"}:
            assert not re.search(r"nan|inf\b", value, re.IGNORECASE), (name, value)
        assert name != "style"
        assert not name.startswith("on")


@given(label=WORDS, value=NUMBERS)
@SOME
def test_drawing__is_well_formed_whatever_is_given(label: str, value: float) -> None:
    for drawing in one_of_each(label, value):
        _sound(drawing)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.0, 1e308, 5e-324, -3.5])
def test_drawing__lives_with_the_worst_numbers_and_words(value: float) -> None:
    for drawing in one_of_each(HOSTILE, value):
        _sound(drawing)
        text = str(drawing.figure())
        assert "<script" not in text
        assert "\x00" not in text
        text.encode()


@given(
    st.lists(st.tuples(WORDS, st.lists(st.tuples(st.sampled_from(KINDS), AMOUNTS), max_size=4)), max_size=5)
)
@SOME
def test_drawing__bars_table_adds_up_to_what_was_given(
    rows: list[tuple[str, list[tuple[str, float]]]],
) -> None:
    drawing = bars([Bar(label, tuple(parts)) for label, parts in rows], title="Barres")
    kinds = {kind for _, parts in rows for kind, _ in parts}
    found = math.fsum(drawing.table.sum_of(at) for at in range(1, len(kinds) + 1))
    _sound(drawing)
    assert math.isclose(found, total(value for _, parts in rows for _, value in parts), abs_tol=1e-3)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), NUMBERS), max_size=14))
@SOME
def test_drawing__flow_table_adds_up_to_what_was_given(links: list[tuple[str, str, float]]) -> None:
    drawing = sankey([Node("a", "A")], [Link(*link) for link in links], title="Flux")
    _sound(drawing)
    assert len(drawing.table.rows) == len(links)
    assert drawing.table.sum_of(2) == total(link[2] for link in links)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, WORDS), max_size=8))
@SOME
def test_drawing__timetable_tells_every_moment(moments: list[tuple[float, float, str]]) -> None:
    for scale in ("clock", "week", "months", "weeks", "days", "order"):
        drawing = timetable(
            [Lane("Camion", tuple(Interval(*one) for one in moments))],
            title="Jour",
            scale=scale,
        )
        _sound(drawing)
        assert len(drawing.table.rows) == len(moments)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=8), NUMBERS)
@SOME
def test_drawing__profile_tells_every_load(steps: list[tuple[float, float]], capacity: float) -> None:
    drawing = profile([Step(at, value) for at, value in steps], title="Charge", capacity=capacity)
    _sound(drawing)
    assert drawing.table.sum_of(1) == total(value for _, value in steps)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, WORDS), max_size=8))
@SOME
def test_drawing__map_lists_every_place(places: list[tuple[float, float, str]]) -> None:
    drawing = map_figure([Place(*one) for one in places], title="Carte")
    _sound(drawing)
    assert len(drawing.table.rows) == len(places)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 11), NUMBERS), max_size=20))
@SOME
def test_drawing__network_lists_every_member(edges: list[tuple[int, int, float]]) -> None:
    members = [Member(str(at), f"Membre {at}", size=at) for at in range(10)]
    drawing = graph(members, [Edge(str(a), str(b), weight=w) for a, b, w in edges], title="Réseau")
    _sound(drawing)
    assert len(drawing.table.rows) == 10


def test_drawing__is_the_same_twice() -> None:
    first, second = one_of_each(), one_of_each()
    assert [one.figure() for one in first] == [one.figure() for one in second]


def test_drawing__says_its_name_and_its_content_to_those_who_do_not_see_it() -> None:
    for drawing in one_of_each():
        found = dict(attributes(drawing))
        assert 'role="img"' in drawing.svg
        assert f"{drawing.name}-t" in found["aria-labelledby"]
        assert drawing.sentence.split(".")[0] in str(drawing.svg)
