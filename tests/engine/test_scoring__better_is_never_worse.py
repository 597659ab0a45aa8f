from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import InvalidArgument, Link, ResourceType, TypeTable, Weights, search
from maillage_engine.explain import explain
from maillage_engine.problem.types_way import way_between
from maillage_engine.reference.closeness import closeness
from tests.engine.problems import ONE_TYPE, TODAY, problem, type_tables, week_of

NEED = {
    "types": 0,
    "latitude": 47.0,
    "longitude": 2.0,
    "quantity": 10.0,
    "dimension": 0,
    "week": week_of(1, 2, 3, 4, 5),
    "confirmed_day": TODAY,
}
BETTER: dict[str, tuple[st.SearchStrategy[Any], bool]] = {
    "latitude": (st.floats(47.0, 89.0), False),
    "quantity": (st.floats(0.01, 100.0), True),
    "confirmed_day": (st.integers(TODAY - 2000, TODAY), True),
    "week": (st.integers(1, 5), True),
}


@pytest.mark.parametrize("name", BETTER)
def test_semantics_s12_nearer_fuller_fresher_or_more_available_never_scores_less(name: str) -> None:
    values, growing = BETTER[name]

    @settings(max_examples=60, deadline=None)
    @given(values, values)
    def holds(one: Any, other: Any) -> None:
        low, high = sorted((one, other), reverse=not growing)
        offers = [
            {**NEED, name: week_of(*range(1, value + 1)) if name == "week" else value}
            for value in (low, high)
        ]
        tried = problem([NEED], offers, types=ONE_TYPE)
        assert explain(tried, 0, 0).total <= explain(tried, 0, 1).total

    holds()


def test_semantics_s11_the_total_is_the_weighted_sum_of_whole_numbers() -> None:
    weights = Weights(meaning=1, type=2, distance=3, calendar=4, quantity=5, freshness=985)
    found = explain(problem([NEED], [NEED], types=ONE_TYPE), 0, 0, weights=weights)
    assert found.criteria == {
        "meaning": 0,
        "type": 1000,
        "distance": 1000,
        "calendar": 1000,
        "quantity": 1000,
        "freshness": 1000,
    }
    assert (found.total, found.score) == (999_000, 999)


@pytest.mark.parametrize("wrong", [{"meaning": 301}, {"meaning": -100, "type": 650}])
def test_weights_refuse_another_sum_and_a_negative_one(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidArgument, match="weights"):
        Weights(**wrong)


def test_semantics_s8_equal_totals_are_parted_by_distance_then_by_id() -> None:
    near: dict[str, float] = {"latitude": 47.0, "longitude": 2.000_02}
    here: dict[str, float] = {"latitude": 47.0, "longitude": 2.0}
    lost: dict[str, float] = {}
    weights = Weights(meaning=500, type=500, distance=0, calendar=0, quantity=0, freshness=0)
    offers = [
        {**place, "types": 0, "ids": name}
        for place, name in ((lost, "a"), (near, "d"), (here, "e"), (here, "c"))
    ]
    result = search(problem([{"types": 0, **here}], offers, types=ONE_TYPE), k=4, weights=weights)
    assert len(set(result.totals[0].tolist())) == 1
    assert result.indices[0].tolist() == [3, 2, 1, 0]


def test_semantics_s10_what_is_unknown_refuses_nothing() -> None:
    known = {**NEED, "party": 3, "reach_km": 1.0, "minimum": 5.0, "holds": 0}
    assert explain(problem([{"types": 0}], [known], types=ONE_TYPE), 0, 0).refusals == ()
    assert explain(problem([known], [{"types": 0}], types=ONE_TYPE), 0, 0).refusals == ()


def test_semantics_s9_the_first_rule_in_order_gives_the_headline() -> None:
    both = {"types": 0, "party": 1, "until_day": TODAY - 1}
    tried = problem([both], [both], types=ONE_TYPE)
    assert [one.code for one in explain(tried, 0, 0).refusals] == ["same_party", "dates"]
    assert {code: count for code, count in search(tried).refused.items() if count} == {"same_party": 1}


def test_semantics_s13_the_table_of_types_is_what_walking_the_tree_gives() -> None:
    @settings(max_examples=200, deadline=None)
    @given(type_tables())
    def holds(table: TypeTable) -> None:
        for offer in range(-1, len(table)):
            for need in range(-1, len(table)):
                expected = closeness(table, offer, need)
                assert table.closeness[offer, need] == expected
                if offer >= 0 and need >= 0:
                    way = way_between(table, offer_type=offer, need_type=need)
                    assert (way.closeness if way else 0) == expected

    holds()


def test_semantics_s13_each_way_has_its_closeness() -> None:
    chain = [ResourceType(f"n{level}", parent=f"n{level - 1}" if level else None) for level in range(6)]
    table = TypeTable((*chain, ResourceType("x"), ResourceType("y", parent="x")), (Link("x", "n1", 0.9),))
    specific = [int(table.closeness[level, 0]) for level in range(6)]
    general = [int(table.closeness[0, level]) for level in range(6)]
    assert specific == [1000, 900, 810, 729, 700, 700]
    assert general == [1000, 800, 640, 512, 409, 400]
    ends = [("x", "n1"), ("y", "n1"), ("x", "n2"), ("x", "n0"), ("y", "n2"), ("n1", "x")]
    found = [int(table.closeness[table.index[offer], table.index[need]]) for offer, need in ends]
    assert found == [900, 720, 720, 720, 0, 0]


def test_semantics_s13_a_narrower_service_does_not_handle_what_the_wider_one_does() -> None:
    types = (
        ResourceType("collecte"),
        ResourceType("collecte-verte", parent="collecte"),
        ResourceType("acier"),
    )
    handles = TypeTable(types, (Link("collecte", "acier", 0.9, "handles"),))
    replaces = TypeTable(types, (Link("collecte", "acier", 0.9, "substitutes"),))
    pair = (types.index(types[1]), 2)
    assert int(handles.closeness[pair]) == 0
    assert int(replaces.closeness[pair]) == 720
