"""A small smoke of the benchmark: the same code, tiny sizes."""

from argparse import Namespace

from benchmarks import synthesis


def test_a3__the_benchmark_compares_small_networks() -> None:
    """Sizes 1 to 14 come in turn; the enumeration is the one of the table."""
    line = synthesis.enumerated(9, 4)
    assert line.quality.startswith("9 sur 9 égaux")


def test_a3__the_benchmark_times_beside_the_peer() -> None:
    """Both prove the same cost."""
    line = synthesis.timed(9, Namespace(each=1, peer_seconds=60.0))
    assert line.quality.startswith("4 sur 4 prouvés")
    assert "HiGHS" in line.peer
