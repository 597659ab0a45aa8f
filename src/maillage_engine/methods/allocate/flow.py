"""One network solved: the largest value, then the least transport among the sharings of that value."""

from dataclasses import dataclass, replace

import numpy as np

from maillage_engine.arrays import Int32s, Int64s
from maillage_engine.methods.allocate.network import Network
from maillage_engine.stop import Watch

PIVOTS = 20_000
"""Between two looks at the watch."""
FIRST_SHRINK = 0.97
FIRST_TAU = 0.95


@dataclass(frozen=True, eq=False)
class Solved:
    """``quantity`` int64 (e,) on each edge; ``price`` and ``cost_price`` int64 (n + m,), the second None when no
    edge costs anything; ``finished``: both are optimal; ``pivots``."""

    quantity: Int64s
    price: Int64s
    cost_price: Int64s | None
    finished: bool
    pivots: int


@dataclass(frozen=True, eq=False)
class _State:
    """The tree, its walk, what its arcs carry and its potentials, changed in place; shapes are in ``tree.py``."""

    tree: Int32s
    walk: Int32s
    flow: Int64s
    potential: Int64s


def solve_network(network: Network, watch: Watch) -> Solved:
    """Return the best sharing of one network, or the best known when the watch says to stop."""
    from maillage_engine.methods.allocate import tree as spanning  # noqa: PLC0415  (loads Numba)

    needs = len(network.wanted)
    nodes = needs + len(network.there) + 1
    tree, walk = np.zeros((nodes, spanning.WIDTH), dtype=np.int32), np.empty(nodes, dtype=np.int32)
    flow, potential = spanning.flow_of(tree), np.empty(nodes, dtype=np.int64)
    spanning.settle(needs, tree, walk, flow, potential, network.wanted, network.there)
    state = _State(tree, walk, flow, potential)
    closed = np.zeros(nodes - 1, dtype=np.int64)
    pivots, finished = _optimise(network, closed, state, watch)
    price = _prices(needs, potential)
    cost_price = None
    if finished and network.cost.any():
        more, finished, cost_price = _least_transport(network, price, state, watch)
        pivots += more
    quantity = np.zeros(len(network.edge), dtype=np.int64)
    edge = tree[:-1, spanning.EDGE]
    used = edge >= 0
    quantity[edge[used]] = flow[:-1][used]
    return Solved(quantity, price, cost_price, finished, pivots)


def _optimise(network: Network, closed: Int64s, state: _State, watch: Watch) -> tuple[int, bool]:
    from maillage_engine.methods.allocate import simplex  # noqa: PLC0415  (loads Numba)

    needs, value = len(network.wanted), network.value
    kept = np.empty(simplex.STATE, dtype=np.int64)
    tau = max(1, int(simplex.largest(np.abs(value)) * FIRST_TAU))
    simplex.begin(needs, state.potential, kept, tau)
    shrink = np.array([FIRST_SHRINK])
    pivots = 0
    while True:
        limit = PIVOTS
        if watch.stop.iterations is not None:
            limit = max(1, min(limit, watch.stop.iterations - watch.iterations))
        done = simplex.pivot(
            needs,
            network.start,
            network.offer,
            value,
            closed,
            state.tree,
            state.walk,
            state.flow,
            state.potential,
            kept,
            shrink,
            limit,
        )
        pivots += done
        over = watch.over(iterations=done)
        if done < limit or over:
            return pivots, done < limit


def _prices(needs: int, potential: Int64s) -> Int64s:
    """Return the price of each need, then of each offer."""
    price: Int64s = potential[:-1] - potential[-1]
    price[:needs] *= -1
    return price


def _least_transport(
    network: Network, price: Int64s, state: _State, watch: Watch
) -> tuple[int, bool, Int64s]:
    """Go on from the tree along arcs that lose no value: tight edges, and slacks of nodes without a price."""
    from maillage_engine.methods.allocate import tree as spanning  # noqa: PLC0415  (loads Numba)

    needs = len(network.wanted)
    part, kept = _tight(network, price)
    place = np.full(len(network.edge), spanning.NONE, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    edge = state.tree[:, spanning.EDGE]
    state.tree[:, spanning.EDGE] = np.where(edge >= 0, place[edge], spanning.NONE)
    closed = (price > 0).astype(np.int64)
    spanning.price_tree(needs, part.value, state.tree, state.walk, state.potential)
    pivots, finished = _optimise(part, closed, state, watch)
    edge = state.tree[:, spanning.EDGE]
    state.tree[:, spanning.EDGE] = np.where(edge >= 0, kept[edge], spanning.NONE)
    return pivots, finished, _prices(needs, state.potential)


def _tight(network: Network, price: Int64s) -> tuple[Network, Int64s]:
    """Return the edges that lose no value, cheapest transport first, and where they are in the network."""
    from maillage_engine.methods.allocate.grouping import dearest_first, grouped  # noqa: PLC0415  (loads Numba)

    needs, need = len(network.wanted), network.need_of
    tight = np.flatnonzero(price[need] + price[needs + network.offer] == network.value)
    start, order = grouped(need[tight], needs)
    kept = tight[order]
    dearest_first(start, kept, -network.cost)
    part = replace(
        network,
        start=start,
        offer=network.offer[kept],
        value=-network.cost[kept],
        cost=network.cost[kept],
        edge=network.edge[kept],
    )
    return part, kept
