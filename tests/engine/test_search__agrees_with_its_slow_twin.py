import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import Problem, SearchResult, Weights, search
from maillage_engine.reference.search import SlowResult, slow_search
from tests.engine.problems import problems


def test_semantics_s1_fast_and_slow_give_the_same_answers_in_the_same_order() -> None:
    @settings(max_examples=150, deadline=None)
    @given(problems(), st.integers(1, 5), st.sampled_from(["needs", "offers"]))
    def holds(problem: Problem, k: int, direction: str) -> None:
        fast = search(problem, k=k, direction=direction)  # type: ignore[arg-type]  # drawn from both
        assert_same(fast, slow_search(problem, k=k, direction=direction), rows=len(fast.indices))

    holds()


def test_semantics_s1_weights_change_both_alike() -> None:
    @settings(max_examples=50, deadline=None)
    @given(problems())
    def holds(problem: Problem) -> None:
        weights = Weights(meaning=0, type=0, distance=0, calendar=500, quantity=0, freshness=500)
        fast = search(problem, k=3, weights=weights)
        assert_same(fast, slow_search(problem, k=3, weights=weights), rows=len(fast.indices))

    holds()


def assert_same(fast: SearchResult, slow: SlowResult, *, rows: int) -> None:
    for row in range(rows):
        answers = slow.answers[row]
        assert fast.found[row] == len(answers)
        assert fast.indices[row].tolist()[: len(answers)] == [other for other, _ in answers]
        for rank, (_, verdict) in enumerate(answers):
            assert fast.totals[row, rank] == verdict.total
            assert tuple(fast.criteria[row, rank].tolist()) == verdict.criteria
            distance = -1 if verdict.distance_m is None else verdict.distance_m
            assert fast.distance_m[row, rank] == distance
    assert {code: count for code, count in fast.refused.items() if count} == slow.refused
    assert fast.feasible == slow.feasible
    assert not np.any(fast.indices[:, :-1][fast.indices[:, 1:] >= 0] < 0)
