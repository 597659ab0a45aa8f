"""A smoke of the benchmarks of rounds and of the network, tiny and by iterations."""

from argparse import ArgumentParser
from pathlib import Path

import pytest
from benchmarks import network, tour

from maillage_engine.files.vrp import read_vrp
from maillage_engine.methods.tour import planning
from maillage_engine.stop import Stop


def test_tour__the_benchmark_measures_beside_pyvrp(tmp_path: Path) -> None:
    parser = ArgumentParser()
    tour.options(parser)
    chosen = parser.parse_args(["--invented", "12", "--iterations", "200", "--dry"])
    lines = [tour.measure(case, chosen) for case in tour.cases(chosen, tmp_path)]
    assert [line.size for line in lines] == ["12 arrêts"]
    assert float(lines[0].ratio.replace(",", ".")) <= 1.05


@pytest.mark.parametrize("clients", [15, 60])
def test_tour__is_no_worse_than_pyvrp_called_directly_with_the_same_iterations(
    tmp_path: Path, clients: int
) -> None:
    path = tmp_path / "x.vrp"
    path.write_text(tour.invented(clients, seed=3), encoding="utf-8")
    problem, stop = read_vrp(path), Stop(iterations=300)
    theirs = tour.direct(problem, path, stop, 0)
    ours = planning.tour(problem, stop=stop, seed=0)
    assert theirs is not None
    assert not ours.left_out
    assert ours.cost / problem.cost_unit <= theirs


def test_network__the_benchmark_agrees_with_the_twin() -> None:
    parser = ArgumentParser()
    network.options(parser)
    line = network.measure(60, parser.parse_args(["--dry"]))
    assert line.peer.startswith("Python")
