"""A small smoke of the benchmarks of search: the same code, tiny sizes."""

from argparse import ArgumentParser, Namespace

import pytest
from benchmarks import search_speed, standing, synthetic

from maillage_engine import search


def chosen(family: object, *words: str) -> Namespace:
    parser = ArgumentParser()
    family.options(parser)  # type: ignore[attr-defined]  # a module of benchmarks
    return parser.parse_args(list(words))


@pytest.mark.parametrize("world", ["frequent", "untyped"])
def test_search_speed__finds_what_brute_force_and_the_twin_find(world: str) -> None:
    got = search_speed.measured(120, world, chosen(search_speed, "--k", "5", "--checked-rows", "20"))
    assert (got.checked, got.twin is not None) == (20, True)


def test_search_speed__refuses_a_peer_that_finds_something_else() -> None:
    result = search(search_speed.made(60, "frequent", 1), k=2)
    row = int(result.found.argmax())
    with pytest.raises(SystemExit, match="diffèrent"):
        search_speed.agree("le pair", result, [row], [[(0, -1)]])


def test_standing__answers_as_a_fresh_search() -> None:
    world = synthetic.problem(300, unknown=0.1)
    lines = standing.measured(world, chosen(standing, "--questions", "3", "--encoder", "lexical"))
    assert [line.quality for line in lines] == ["mêmes réponses, mêmes notes", "sans reconstruire"]
