"""A smoke of the benchmarks of rounds and of the network, tiny and by iterations."""

from argparse import ArgumentParser
from pathlib import Path

from benchmarks import network, tour


def test_tour__the_benchmark_measures_beside_pyvrp(tmp_path: Path) -> None:
    parser = ArgumentParser()
    tour.options(parser)
    chosen = parser.parse_args(["--invented", "12", "--iterations", "200", "--dry"])
    lines = [tour.measure(case, chosen) for case in tour.cases(chosen, tmp_path)]
    assert [line.size for line in lines] == ["12 arrêts"]
    assert float(lines[0].ratio.replace(",", ".")) <= 1.05


def test_network__the_benchmark_agrees_with_the_twin() -> None:
    parser = ArgumentParser()
    network.options(parser)
    line = network.measure(60, parser.parse_args(["--dry"]))
    assert line.peer.startswith("Python")
