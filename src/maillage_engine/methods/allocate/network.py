"""The problem as networks of whole numbers: a node a need and slot, a node an offer and slot, parts solved apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage_engine.arrays import Floats, Int32s, Int64s
from maillage_engine.methods.allocate.problem import AllocationProblem

LARGEST_VALUE = 2.0**40
LARGEST_TOTAL = 2.0**50
DECIMALS = 9
LEAST_PART = 50_000
"""Edges: components smaller than that are solved together."""


@dataclass(frozen=True, eq=False)
class Network:
    """n needs, m offers (nodes of one slot each), e edges sorted by need, dearest first.

    ``start`` int64 (n + 1,), ``offer`` int32 (e,), ``value`` and ``cost`` int64 (e,); ``wanted`` (n,) and ``there``
    (m,) int64. ``edge``, ``need_node``, ``offer_node``: the edges and nodes of the whole they come from.
    """

    start: Int64s
    offer: Int32s
    value: Int64s
    cost: Int64s
    wanted: Int64s
    there: Int64s
    edge: Int64s
    need_node: Int64s
    offer_node: Int64s

    @property
    def need_of(self) -> Int32s:
        """(e,) the need of each edge."""
        needs = np.arange(len(self.wanted), dtype=np.int32)
        return np.repeat(needs, np.diff(self.start))


@dataclass(frozen=True, eq=False)
class Expanded:
    """The edges of every slot, before they are parted: ``need`` and ``offer`` are nodes, row × slots + slot.

    ``edge`` and ``slot``: what each comes from. ``value_scale``, ``cost_scale``, ``quantity_scale``: how many whole
    units make one.
    """

    need: Int32s
    offer: Int32s
    edge: Int64s
    slot: Int32s
    value: Int64s
    cost: Int64s
    wanted: Int64s
    there: Int64s
    value_scale: float
    cost_scale: float
    quantity_scale: float

    @cached_property
    def open(self) -> Int64s | None:
        """The places of the edges whose two ends have something; None when all have."""
        kept = (self.wanted[self.need] > 0) & (self.there[self.offer] > 0)
        return None if kept.all() else np.flatnonzero(kept)


def expand(problem: AllocationProblem) -> Expanded:
    """Return the useful edges of every slot in whole numbers."""
    slots = len(problem.slots)
    useful = np.flatnonzero(problem.gain > 0)
    edge = np.tile(useful, slots)
    slot_of = np.repeat(np.arange(slots, dtype=np.int32), len(useful))
    quantities = np.concatenate([problem.need_quantity.ravel(), problem.offer_quantity.ravel()])
    quantity_scale = whole_scale(quantities, LARGEST_TOTAL / max(1.0, float(len(quantities))))
    value_scale = whole_scale(problem.gain, LARGEST_VALUE)
    cost_scale = whole_scale(problem.transport, LARGEST_VALUE)
    return Expanded(
        need=(problem.edge_need[edge] * slots + slot_of).astype(np.int32),
        offer=(problem.edge_offer[edge] * slots + slot_of).astype(np.int32),
        edge=edge,
        slot=slot_of,
        value=np.rint(problem.gain[edge] * value_scale).astype(np.int64),
        cost=np.rint(problem.transport[edge] * cost_scale).astype(np.int64),
        wanted=whole(problem.need_quantity.ravel(), quantity_scale),
        there=whole(problem.offer_quantity.ravel(), quantity_scale),
        value_scale=value_scale,
        cost_scale=cost_scale,
        quantity_scale=quantity_scale,
    )


def whole_scale(values: Floats, largest: float) -> float:
    """Return the power of ten that makes every value whole, or the power of two that keeps most of their digits."""
    most = float(np.abs(values).max(initial=0.0))
    if most == 0.0:
        return 1.0
    for decimals in range(DECIMALS + 1):
        scale = 10.0**decimals
        if most * scale > largest:
            break
        scaled = values * scale
        if (np.abs(scaled - np.rint(scaled)) <= 1e-12 * np.maximum(1.0, np.abs(scaled))).all():
            return scale
    return float(2.0 ** np.floor(np.log2(largest / most)))


def whole(quantities: Floats, scale: float) -> Int64s:
    """Return the quantities in whole units, never more than they are (beyond what floats do not tell)."""
    scaled = quantities * scale
    near = np.rint(scaled)
    exact = np.abs(scaled - near) <= 1e-12 * np.maximum(1.0, np.abs(scaled))
    result: Int64s = np.where(exact, near, np.floor(scaled)).astype(np.int64)
    return result


def parts_of(whole_net: Expanded) -> tuple[list[Network], int]:
    """Return networks that share nothing, and how many components they hold.

    Small components go together, in the order of their first node, so that the parts do not depend on the machine.
    """
    from maillage_engine.methods.allocate.grouping import together  # noqa: PLC0415  (loads Numba)

    needs, offers = len(whole_net.wanted), len(whole_net.there)
    open_ = whole_net.open
    need, offer = (
        (whole_net.need, whole_net.offer)
        if open_ is None
        else (
            whole_net.need[open_],
            whole_net.offer[open_],
        )
    )
    if not len(need):
        return [], 0
    root = together(need, offer, needs, offers)
    sizes = np.bincount(root[need], minlength=needs + offers)
    components = int(np.count_nonzero(sizes))
    if components == 1 or len(need) < LEAST_PART:
        return [_network(whole_net, open_)], components
    part = (np.cumsum(sizes) // LEAST_PART)[root[need]]
    names = np.unique(part)
    if len(names) == 1:
        return [_network(whole_net, open_)], components
    places = np.arange(len(need)) if open_ is None else open_
    return [_network(whole_net, places[part == name]) for name in names.tolist()], components


def _network(whole_net: Expanded, edge: Int64s | None) -> Network:
    from maillage_engine.methods.allocate.grouping import dearest_first, grouped  # noqa: PLC0415  (loads Numba)

    if edge is None:
        need, offer = whole_net.need, whole_net.offer
        need_node = np.arange(len(whole_net.wanted))
        offer_node = np.arange(len(whole_net.there))
    else:
        need_node, need = _renumbered(whole_net.need[edge], len(whole_net.wanted))
        offer_node, offer = _renumbered(whole_net.offer[edge], len(whole_net.there))
    start, order = grouped(need, len(need_node))
    value = whole_net.value if edge is None else whole_net.value[edge]
    dearest_first(start, order, value)
    chosen = order if edge is None else edge[order]
    return Network(
        start=start,
        offer=offer[order],
        value=value[order],
        cost=whole_net.cost[chosen],
        wanted=whole_net.wanted[need_node],
        there=whole_net.there[offer_node],
        edge=chosen,
        need_node=need_node,
        offer_node=offer_node,
    )


def _renumbered(nodes: Int32s, count: int) -> tuple[Int64s, Int32s]:
    used = np.zeros(count, dtype=np.bool_)
    used[nodes] = True
    numbers = (np.cumsum(used) - 1).astype(np.int32)
    return np.flatnonzero(used), numbers[nodes]


def in_order(networks: list[Network]) -> Iterator[int]:
    """Yield the places of the networks, the largest first: threads end together."""
    yield from sorted(range(len(networks)), key=lambda at: (-len(networks[at].edge), at))
