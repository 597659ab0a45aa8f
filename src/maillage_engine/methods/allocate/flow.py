"""One network solved: the largest value, then the least transport among the sharings of that value."""

from dataclasses import dataclass

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


def solve_network(network: Network, watch: Watch) -> Solved:
    """Return the best sharing of one network, or the best known when the watch says to stop."""
    from maillage_engine.methods.allocate import simplex  # noqa: PLC0415  (loads Numba)

    needs, offers = len(network.wanted), len(network.there)
    tree = np.empty((needs + offers + 1, simplex.WIDTH), dtype=np.int32)
    flow = np.empty(needs + offers + 1, dtype=np.int64)
    price = np.empty(needs + offers + 1, dtype=np.int64)
    simplex.settle(needs, tree, flow, price, network.wanted, network.there)
    closed = np.zeros(needs + offers, dtype=np.int64)
    pivots, finished = _optimise(network, network.value, closed, tree, flow, price, watch)
    cost_price = None
    if finished and network.cost.any():
        more, finished, cost_price = _least_transport(network, tree, flow, price, watch)
        pivots += more
    quantity = np.zeros(len(network.edge), dtype=np.int64)
    edge = tree[:-1, simplex.EDGE]
    used = edge >= 0
    quantity[edge[used]] = flow[:-1][used]
    return Solved(quantity, price[:-1], cost_price, finished, pivots)


def _optimise(
    network: Network, value: Int64s, closed: Int64s, tree: Int32s, flow: Int64s, price: Int64s, watch: Watch
) -> tuple[int, bool]:
    from maillage_engine.methods.allocate import simplex  # noqa: PLC0415  (loads Numba)

    state = np.zeros(simplex.STATE, dtype=np.int64)
    state[simplex.TAU] = max(1, int(simplex.largest(np.abs(value)) * FIRST_TAU))
    shrink = np.array([FIRST_SHRINK])
    pivots, needs = 0, len(network.wanted)
    while True:
        limit = PIVOTS
        if watch.stop.iterations is not None:
            limit = max(1, min(limit, watch.stop.iterations - watch.iterations))
        done = simplex.pivot(
            needs, network.start, network.offer, value, closed, tree, flow, price, state, shrink, limit
        )
        pivots += done
        over = watch.over(iterations=done)
        if done < limit or over:
            simplex.price_needs(needs, value, tree, price)
            return pivots, done < limit


def _least_transport(
    network: Network, tree: Int32s, flow: Int64s, price: Int64s, watch: Watch
) -> tuple[int, bool, Int64s]:
    """Go on from the tree along arcs that lose no value: tight edges, and slacks of nodes without a price."""
    from maillage_engine.methods.allocate import simplex  # noqa: PLC0415  (loads Numba)

    needs = len(network.wanted)
    need = network.need_of
    tight = price[need] + price[needs + network.offer] == network.value
    kept = np.flatnonzero(tight)
    renumbered = np.cumsum(tight) - 1
    start = np.concatenate([[0], np.cumsum(np.bincount(need[kept], minlength=needs))])
    part = Network(
        start=start.astype(np.int64),
        offer=network.offer[kept],
        value=-network.cost[kept],
        cost=network.cost[kept],
        wanted=network.wanted,
        there=network.there,
        edge=network.edge[kept],
        need_node=network.need_node,
        offer_node=network.offer_node,
    )
    edge = tree[:, simplex.EDGE]
    tree[:, simplex.EDGE] = np.where(edge >= 0, renumbered[edge], simplex.NONE)
    closed = (price[:-1] > 0).astype(np.int64)
    cost_price = np.empty_like(price)
    simplex.price_tree(needs, part.value, tree, cost_price)
    pivots, finished = _optimise(part, part.value, closed, tree, flow, cost_price, watch)
    edge = tree[:, simplex.EDGE]
    tree[:, simplex.EDGE] = np.where(edge >= 0, kept[edge], simplex.NONE)
    return pivots, finished, cost_price[:-1]
