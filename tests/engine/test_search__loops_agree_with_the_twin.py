from typing import Literal

import numpy as np
import pytest
from benchmarks import synthetic
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import InvalidArgument, Problem, SearchResult, Weights, search
from maillage_engine.methods.scan.pair import CRITERION_ORDER, RULE_ORDER
from maillage_engine.reference.search import slow_search
from maillage_engine.rules.registry import RULES
from maillage_engine.scoring.registry import CRITERION_CODES
from maillage_engine.stop import Cancelled, Stop
from tests.engine.problems import problem, problems
from tests.engine.test_search__agrees_with_its_slow_twin import assert_same

DIRECTIONS: tuple[Literal["needs"], Literal["offers"]] = ("needs", "offers")
ARRAYS = ("indices", "totals", "criteria", "distance_m", "found")


def same(one: SearchResult, other: SearchResult) -> bool:
    """Whether two results are equal to the byte, counts of refusals included."""
    return dict(one.refused) == dict(other.refused) and all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in ARRAYS
    )


def test_t10__loops_and_slow_twin_give_the_same_answers_scores_ties_and_counts() -> None:
    @settings(max_examples=60, deadline=None)
    @given(problems(), st.integers(1, 5), st.sampled_from(DIRECTIONS))
    def holds(tried: Problem, k: int, direction: Literal["needs", "offers"]) -> None:
        fast = search(tried, k=k, direction=direction, way="scan", threads=1)
        assert_same(fast, slow_search(tried, k=k, direction=direction), rows=len(fast.indices))

    holds()


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("weights", [Weights(), Weights(1000, 0, 0, 0, 0, 0), Weights(0, 0, 0, 0, 0, 1000)])
def test_t10__loops_and_arrays_agree_on_a_whole_territory(
    direction: Literal["needs", "offers"], weights: Weights
) -> None:
    tried = synthetic.problem(700, seed=3, unknown=0.1, concentrated=True)
    wanted = search(tried, k=7, direction=direction, weights=weights, way="arrays")
    for threads in (1, 2):
        got = search(tried, k=7, direction=direction, weights=weights, way="scan", threads=threads)
        assert same(got, wanted)


def test_t10__a_thousand_equal_offers_are_ranked_by_their_ids() -> None:
    row = {"latitude": 47.0, "longitude": 2.0}
    offers = [{**row, "ids": f"o{at:04d}"} for at in np.random.default_rng(1).permutation(1000)]
    tried = problem([row], offers, meaning_scale=None)
    assert same(search(tried, k=9, way="scan"), search(tried, k=9, way="arrays"))


def test_scan__counts_by_the_rules_and_criteria_of_the_registries() -> None:
    assert tuple(rule.code for rule in RULES) == RULE_ORDER
    assert CRITERION_CODES == CRITERION_ORDER


def test_scan__tells_progress_and_stops_when_asked() -> None:
    tried = synthetic.problem(300, seed=1)
    steps: list[int] = []
    search(tried, way="scan", progress=lambda done, _rows: steps.append(done))
    assert steps == [256, 300]
    with pytest.raises(Cancelled):
        search(tried, way="scan", stop=Stop(cancelled=lambda: True))


@pytest.mark.parametrize("wrong", [{"threads": 0}, {"way": "vite"}])
def test_scan__refuses_an_argument_out_of_range(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidArgument, match=next(iter(wrong))):
        search(problem([{}], [{}]), **wrong)  # type: ignore[arg-type]  # wrong on purpose
