import os
import signal
from collections.abc import Iterator

import pytest
from benchmarks.synthetic import problem as synthetic
from distributed import Client, LocalCluster

from maillage_engine import Problem, SearchResult, search
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.scale.allocate_parts import allocate_parts
from maillage_engine.scale.dask_cluster import ClusterUnreachable, DaskCluster
from maillage_engine.scale.search_tiles import search_tiled
from tests.engine.test_parts__change_nothing import apart, bytes_of
from tests.engine.test_tiles__change_nothing import same

pytestmark = pytest.mark.filterwarnings(
    "ignore"
)  # distributed warns of its own dashboard and of killed workers


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        yield local.scheduler_address


@pytest.fixture(scope="module")
def problem() -> Problem:
    return synthetic(400, unknown=0.1)


@pytest.fixture(scope="module")
def expected(problem: Problem) -> SearchResult:
    return search(problem, k=5)


def test_p4__two_workers_give_the_same_bytes(cluster: str, problem: Problem, expected: SearchResult) -> None:
    assert same(expected, search_tiled(problem, k=5, tile_km=100, runner=DaskCluster(cluster)))


def test_p4__a_worker_killed_in_the_middle_changes_nothing(
    cluster: str, problem: Problem, expected: SearchResult
) -> None:
    killed: list[int] = []

    def kill_one(done: int, _total: int) -> None:
        if done == 2:
            with Client(cluster) as client:
                killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    result = search_tiled(problem, k=5, tile_km=100, runner=DaskCluster(cluster), progress=kill_one)
    assert killed
    assert same(expected, result)


def test_p7__a_sharing_on_two_workers_gives_the_same_bytes(cluster: str) -> None:
    problem = apart(40)
    assert bytes_of(allocate_parts(problem, runner=DaskCluster(cluster))) == bytes_of(allocate(problem))


def test_dask__an_address_where_nobody_answers_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage_engine.scale.dask_cluster.CONNECT_SECONDS", 1)
    with pytest.raises(ClusterUnreachable, match="ordonnanceur"):
        search_tiled(synthetic(5), runner=DaskCluster("tcp://127.0.0.1:9"))
