"""A small smoke of the measures: same objective as the peers, in one run."""

from argparse import Namespace

import pytest
from benchmarks import allocate as bench


@pytest.mark.parametrize("shape", bench.SHAPES, ids=lambda one: one.name)
def test_allocate_benchmark__finds_what_its_peers_find(shape: bench.Shape) -> None:
    problem = bench.network(2_000, shape, seed=1)
    lines = bench.measure(problem, shape, Namespace(seed=1, repeats=1, highs=20.0))
    assert [line.quality for line in lines] == ["objectif égal, prix prouvés", "objectif égal", "exact"]
