from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from maillage_engine import InvalidProblem, Link, Problem, ResourceType, Side, TypeTable
from maillage_engine.problem.schema import attributes
from tests.engine.problems import problem, problems

WRONG: list[tuple[str, Any, str]] = [
    ("types", [-2], "type"),
    ("types", [0.5], "type"),
    ("types", [2**40], "type"),
    ("quantity", [0.0], "quantity"),
    ("quantity", [-1.0], "quantity"),
    ("quantity", [np.inf], "quantity"),
    ("minimum", [np.nan], "minimum"),
    ("minimum", [-1], "minimum"),
    ("dimension", [10], "dimension"),
    ("latitude", [91.0], "latitude"),
    ("longitude", [-181.0], "longitude"),
    ("reach_km", [-1.0], "reach_km"),
    ("reach_km", [np.inf], "reach_km"),
    ("months", [[101] * 12], "months"),
    ("months", [[100] * 11], "months"),
    ("week", [[300] * 21], "week"),
    ("party", [-7], "party"),
    ("holds", [-1], "holds"),
    ("vectors", [[4096]], "vector"),
    ("quantity", [1.0, 2.0], "quantity"),
    ("approximate", ["oui"], "approximate"),
    ("colour", [1], "colour"),
]


@pytest.mark.parametrize(("name", "value", "attribute"), WRONG)
def test_side_refuses_a_wrong_value_naming_the_attribute(name: str, value: object, attribute: str) -> None:
    with pytest.raises(InvalidProblem) as caught:
        Side.build(ids=["a"], texts=["x"], **{name: np.array(value)})
    assert caught.value.attribute == attribute
    assert caught.value.message.startswith(f"« {attribute} »")


@pytest.mark.parametrize(("ids", "texts"), [(["a", "a"], ["", ""]), ([""], [""]), (["a"], [])])
def test_side_refuses_ids_that_do_not_tell_rows_apart(ids: list[str], texts: list[str]) -> None:
    with pytest.raises(InvalidProblem):
        Side.build(ids=ids, texts=texts)


def test_side_refuses_an_end_before_its_beginning_and_names_the_row() -> None:
    with pytest.raises(InvalidProblem, match="ligne 1"):
        Side.build(ids=["a", "b"], texts=["", ""], from_day=[0, 5], until_day=[1, 4])


def test_side_takes_its_defaults_from_the_schema() -> None:
    side = Side.build(ids=["a"], texts=["x"])
    assert set(side.arrays()) | {"ids", "texts"} == {
        {"id": "ids", "type": "types", "text": "texts", "vector": "vectors"}.get(name, name)
        for name in attributes()
    }
    assert np.isnan(side.quantity[0])
    assert side.week.tolist() == [[255] * 21]


def test_side_arrays_cannot_be_written_nor_changed_from_outside() -> None:
    mine = np.array([1.0])
    side = Side.build(ids=["a"], texts=["x"], quantity=mine)
    mine[0] = 2.0
    assert side.quantity[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        side.quantity[0] = 3.0


@pytest.mark.parametrize(
    "more",
    [
        {"excluded_pairs": [(0, 1)]},
        {"excluded_pairs": [(-1, 0)]},
        {"authorisations": ("a", "a")},
        {"authorisations": tuple(str(number) for number in range(65))},
        {"types": TypeTable((ResourceType("x", hazardous=True),))},
        {"types": TypeTable((ResourceType("x", requires=("inconnue",)),))},
    ],
)
def test_problem_refuses_parts_that_do_not_fit(more: dict[str, Any]) -> None:
    with pytest.raises(InvalidProblem):
        problem([{}], [{}], **more)


def test_problem_refuses_a_type_out_of_the_table() -> None:
    with pytest.raises(InvalidProblem, match="table des types"):
        problem([{"types": 0}], [{}])


@pytest.mark.parametrize(
    ("types", "links"),
    [
        ((ResourceType("a"), ResourceType("a")), ()),
        ((ResourceType("a", parent="b"),), ()),
        ((ResourceType("a", parent="b"), ResourceType("b", parent="a")), ()),
        ((ResourceType("a", dimension="couleur"),), ()),
        ((ResourceType("a"),), (Link("a", "b", 0.5),)),
        ((ResourceType("a"),), (Link("a", "a", 0.0),)),
        ((ResourceType("a"),), (Link("a", "a", 1.5),)),
    ],
)
def test_type_table_refuses_what_is_no_tree(types: tuple[ResourceType, ...], links: tuple[Link, ...]) -> None:
    with pytest.raises(InvalidProblem):
        TypeTable(types, links)


def test_problem_digest_is_the_same_for_the_same_content_only() -> None:
    @settings(max_examples=30, deadline=None)
    @given(problems(), problems())
    def holds(one: Problem, other: Problem) -> None:
        assert one.digest() == one.digest()
        assert (one.digest() == other.digest()) is (one.describe() == other.describe() and _same(one, other))

    holds()


def _same(one: Problem, other: Problem) -> bool:
    return all(
        mine.ids == theirs.ids
        and mine.texts == theirs.texts
        and all(a.tobytes() == theirs.arrays()[name].tobytes() for name, a in mine.arrays().items())
        for mine, theirs in ((one.needs, other.needs), (one.offers, other.offers))
    )
