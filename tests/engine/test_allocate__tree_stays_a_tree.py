"""After each pivot the walk is that of the tree, its arcs are tight, and what they carry is what nodes have."""

from typing import Any

import numpy as np

from maillage_engine.methods.allocate import simplex, tree
from maillage_engine.methods.allocate.grouping import dearest_first, grouped
from maillage_engine.methods.allocate.network import Network, expand, parts_of
from tests.engine.sharings import small, territory


def _walked(network: Network) -> Any:
    """Yield the tree, the walk, the flow and the potentials after each pivot."""
    needs = len(network.wanted)
    nodes = needs + len(network.there) + 1
    rows, walk = np.zeros((nodes, tree.WIDTH), dtype=np.int32), np.empty(nodes, dtype=np.int32)
    flow, potential = tree.flow_of(rows), np.empty(nodes, dtype=np.int64)
    tree.settle(needs, rows, walk, flow, potential, network.wanted, network.there)
    closed, state = np.zeros(nodes - 1, dtype=np.int64), np.empty(simplex.STATE, dtype=np.int64)
    simplex.begin(needs, potential, state, int(simplex.largest(network.value)))
    kept = (
        network.start,
        network.offer,
        network.value,
        closed,
        rows,
        walk,
        flow,
        potential,
        state,
        np.ones(1),
    )
    while simplex.pivot(needs, *kept, 1):
        yield rows, walk, flow, potential


def _hanging(rows: Any, node: int) -> set[int]:
    """What hangs under a node, by the nodes above only."""
    under = {node}
    for one in range(len(rows)):
        above, path = one, []
        while above != tree.NONE and above not in under:
            path.append(above)
            above = int(rows[above, tree.PARENT])
        if above in under:
            under.update(path)
    return under


def _networks() -> list[Network]:
    drawn = np.random.default_rng(12)
    problems = [small(drawn, slots=1) for _ in range(40)] + [territory(150, seed=3, degree=5)]
    return [one for problem in problems for one in parts_of(expand(problem))[0]]


def test_tree__what_hangs_under_a_node_is_a_run_of_the_walk() -> None:
    for network in _networks():
        for rows, walk, _, _ in _walked(network):
            for node in range(len(rows)):
                under, at = _hanging(rows, node), node
                run = [at := int(walk[at]) for _ in range(len(under) - 1)]
                assert {node, *run} == under
                assert rows[node, tree.SIZE] == len(under)
                assert rows[node, tree.LAST] == (run[-1] if run else node)
                assert rows[walk[node], tree.BEFORE] == node


def test_tree__its_arcs_are_tight_and_carry_what_nodes_have() -> None:
    for network in _networks():
        needs = len(network.wanted)
        for rows, _, flow, potential in _walked(network):
            sent = np.concatenate([network.wanted, network.there, [0]])
            for node in range(len(rows) - 1):
                above, edge = rows[node, tree.PARENT], rows[node, tree.EDGE]
                worth = 0 if edge < 0 else int(network.value[edge])
                need, other = (node, above) if node < needs else (above, node)
                assert worth + potential[need] - potential[other] == 0
                sent[node] -= flow[node]
                if edge >= 0:
                    sent[above] -= flow[node]
            assert flow.min() >= 0
            assert not sent[:-1].any()


def test_tree__tight_again_for_other_values() -> None:
    (network,) = parts_of(expand(territory(150, seed=3, degree=5)))[0]
    *_, (rows, walk, _, potential) = _walked(network)
    before = potential - potential[-1]
    tree.price_tree(len(network.wanted), network.value, rows, walk, potential)
    assert (potential == before).all()


def test_grouping__edges_of_a_need_come_dearest_first_and_stay_in_order() -> None:
    drawn = np.random.default_rng(1)
    for edges in (0, 7, 300):
        need, value = drawn.integers(0, 3, edges).astype(np.int32), drawn.integers(0, 5, edges)
        start, order = grouped(need, 3)
        dearest_first(start, order, value)
        told = sorted(range(edges), key=lambda at: (need[at], -value[at], at))
        assert order.tolist() == told
