"""A synthesis is what every subset, tried one by one, says."""

import pytest
from benchmarks.process_networks import SHAPES, process_network

import maillage_engine.methods.cooperate.synthesis as module
from maillage_engine.certify.synthesis import certify_synthesis
from maillage_engine.methods.cooperate.maximal_structure import maximal_structure
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.solution_structures import solution_structures
from maillage_engine.methods.cooperate.synthesis import synthesise
from maillage_engine.reference.synthesis import slow_axioms, slow_synthesis
from tests.engine.networks import one_by_one

K = 5
CASES = [
    process_network(units, shape, seed=seed, bounded=bounded)
    for units, seeds in ((2, 8), (3, 8), (4, 6), (5, 2), (6, 1))
    for shape in SHAPES
    for bounded in (False, True)
    for seed in range(seeds)
]


def same(network: ProcessNetwork) -> None:
    """Compare the k cheapest with those of the twin, and have them certified."""
    slow, fast = slow_synthesis(network), synthesise(network, k=K)
    assert [one.cost for one in fast.structures] == pytest.approx([one.cost for one in slow[:K]], rel=1e-6)
    assert {one.units for one in fast.structures} <= {one.units for one in slow}
    assert fast.status == ("optimal" if slow else "infeasible")
    assert bool(fast.obstacles) == (not slow)
    assert certify_synthesis(network, fast, enumerate_to=0).valid


def test_a3__two_hundred_networks_have_the_same_k_cheapest_as_their_twin() -> None:
    """Every shape, with and without bounds, through the tree."""
    for network in CASES:
        same(network)


def test_a3__one_choice_after_another_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of large networks, on small ones."""
    one_by_one(monkeypatch)
    for network in CASES[::10]:
        same(network)


def test_a3__a_tree_cut_short_leaves_the_work_to_the_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its number of nodes the tree is left, and the answer is the same."""
    monkeypatch.setattr(module, "TREE_NODES", 1)
    monkeypatch.setattr(module, "TREE_NODES_EACH", 0)
    for network in CASES[::25]:
        same(network)


def test_a2__solution_structures_are_the_subsets_that_hold_the_axioms() -> None:
    """The generator yields each of them once, and no other; their union is the maximal structure."""
    for network in CASES[::5]:
        found = list(solution_structures(network))
        count = len(network.units)
        subsets = [[unit for unit in range(count) if code >> unit & 1] for code in range(1, 2**count)]
        wanted = {frozenset(units) for units in subsets if slow_axioms(network, units)}
        assert len(found) == len(set(found))
        assert set(found) == wanted
        if not network.exclusive:
            assert frozenset().union(*found) == frozenset(maximal_structure(network).units)
