from collections.abc import Sequence
from dataclasses import astuple
from multiprocessing import active_children
from typing import Any

import numpy as np
import pytest
from benchmarks.synthetic import problem as synthetic
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine import InvalidArgument, Problem, SearchResult, search
from maillage_engine.scale.runners import Processes, Serial
from maillage_engine.scale.search_tiles import search_tiled
from maillage_engine.scale.tiles import tiles_of
from maillage_engine.stop import Cancelled, Stop
from tests.engine.dozing import doze
from tests.engine.problems import problems

ARRAYS = ("indices", "totals", "criteria", "distance_m", "found")


def same(one: SearchResult, other: SearchResult) -> bool:
    """Whether two results are equal, byte for byte."""
    plain = all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in ARRAYS)
    return plain and (one.refused, one.feasible, one.digest) == (other.refused, other.feasible, other.digest)


@pytest.fixture(scope="module")
def problem() -> Problem:
    return synthetic(400, unknown=0.1)


@settings(max_examples=40, deadline=None)
@given(problem=problems(), tile_km=st.sampled_from([5.0, 60.0, 4_000.0]), needs=st.booleans())
def test_p1__tiles_of_any_size_give_the_result_of_the_whole(
    problem: Problem, tile_km: float, needs: bool
) -> None:
    direction: Any = "needs" if needs else "offers"
    whole = search(problem, k=3, direction=direction)
    assert same(whole, search_tiled(problem, k=3, direction=direction, tile_km=tile_km))


def test_p2__every_row_is_in_one_tile(problem: Problem) -> None:
    rows = np.concatenate([tile.asked for tile in tiles_of(problem, "offers", tile_km=30)])
    assert sorted(rows.tolist()) == list(range(len(problem.offers)))


def test_p1__processes_give_the_same_bytes(problem: Problem) -> None:
    assert same(search(problem), search_tiled(problem, tile_km=200, runner=Processes(2)))


def test_tiles__an_empty_side_gives_an_empty_result() -> None:
    nobody = synthetic(0)
    assert search_tiled(nobody).pairs == 0


def test_tiles__a_size_that_is_not_positive_is_refused(problem: Problem) -> None:
    with pytest.raises(InvalidArgument):
        search_tiled(problem, tile_km=0)


def test_tiles__progress_ends_with_the_last_tile(problem: Problem) -> None:
    seen: list[tuple[int, int]] = []
    search_tiled(problem, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == len(seen)


@pytest.mark.parametrize("runner", [Serial(), Processes(2)])
def test_p3__a_cancelled_run_returns_nothing(problem: Problem, runner: Any) -> None:
    with pytest.raises(Cancelled):
        search_tiled(problem, tile_km=200, runner=runner, stop=Stop(cancelled=lambda: True))


def test_runners__keep_the_order_of_the_pieces() -> None:
    pieces: Sequence[int] = list(range(7))
    assert list(Serial().map(pow, 2, pieces)) == list(Processes(2).map(pow, 2, pieces))
    assert astuple(Stop())[0] is None


def test_p3__whoever_stops_does_not_wait_for_the_pieces_at_hand() -> None:
    others = set(active_children())
    answers = Processes(2).map(doze, 600.0, [0, 1, 1])
    assert next(iter(answers)) == 0
    answers.close()  # type: ignore[attr-defined] # it is a generator
    assert set(active_children()) <= others
