"""A small smoke of the benchmark: the same code, tiny sizes."""

from argparse import Namespace

from benchmarks import learning


def test_learning__comes_nearer_to_what_people_want_than_the_weights_in_force() -> None:
    got = learning.measured(120, Namespace(poles=3, fresh=600, seed=1))
    assert got.in_force < got.learned <= got.ideal + 0.01
    assert got.changed > 0
