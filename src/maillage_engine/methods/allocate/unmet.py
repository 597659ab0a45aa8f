"""What stays unmet, the cut of the network that proves it, and why."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.arrays import Bools, Floats, Int32s, Int64s, frozen
from maillage_engine.methods.allocate.network import Expanded, expand
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult

Reason = Literal["nobody", "calendar", "full", "priority", "worth", "lot", "indivisible", "small", "stopped"]
"""``nobody``: no offer can deal with it. ``calendar``: those that can have nothing in that slot. ``full``: all that
the needs of the cut can get is taken. ``priority``: the same, by needs of a higher priority. ``worth``: its offers
are taken by uses that are worth at least as much, which cannot go elsewhere without losing more. ``lot``: what
is left is under the least delivery. ``indivisible``: what is left serves another need and is not shared. ``small``:
under the precision of the network. ``stopped``: the method was stopped before it could tell."""

LEAST = 1e-6
"""Relative: what floats leave of a need that is served."""


@dataclass(frozen=True, eq=False)
class Cut:
    """``needs`` and ``offers``: rows, int64, in ``slot``; every offer that may serve one of the needs is in ``offers``.

    ``closed``: the offers give all they have to ``needs``, which together can never receive more than ``capacity``
    and want ``wanted``. Else the offers give all they have, at prices that are not under what ``needs`` would bring:
    serving them would lose as much elsewhere.
    """

    slot: int
    needs: Int64s
    offers: Int64s
    capacity: float
    wanted: float
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Unmet:
    """``missing`` of ``need`` (row) in ``slot``, why, and the place of its cut in the report (-1: none)."""

    need: int
    slot: int
    missing: float
    reason: Reason
    cut: int = -1


@dataclass(frozen=True, eq=False)
class UnmetReport:
    """``lines`` in the order of needs then slots; closed ``cuts`` share no node."""

    lines: tuple[Unmet, ...]
    cuts: tuple[Cut, ...]


def unmet(problem: AllocationProblem, result: AllocationResult) -> UnmetReport:
    """Return every need that is not fully served, with its cut when there is one."""
    slots = len(problem.slots)
    missing = problem.need_quantity - result.served(problem)
    lacking = missing > LEAST * np.maximum(problem.need_quantity, 1e-9)
    net = expand(problem)
    seeds = np.flatnonzero(lacking.ravel())
    cut_of, cuts = _cuts(problem, result, net, seeds)
    spare = problem.offer_quantity - result.used(problem)
    neighbours, users = _Neighbours(problem), _users(problem, result)
    lines, all_cuts = [], list(cuts)
    for node in seeds.tolist():
        need, slot = divmod(node, slots)
        edges = neighbours.of(need)
        cut = int(cut_of[node])
        reason = _reason(problem, result, edges, spare, need, slot, cut)
        if cut < 0 and reason == "small" and _priced(problem, result, edges, spare, slot):
            cut, reason = len(all_cuts), "worth"
            all_cuts.append(_price_cut(problem, edges, need, slot))
        if reason in ("full", "worth") and _outbid(problem, users, edges, need, slot):
            reason = "priority"
        lines.append(Unmet(need, slot, float(missing[need, slot]), reason, cut))
    return UnmetReport(tuple(lines), tuple(all_cuts))


def _priced(
    problem: AllocationProblem, result: AllocationResult, edges: Int64s, spare: Floats, slot: int
) -> bool:
    """Whether each of the offers is full at a price that is not under what the edge would bring."""
    offers = problem.edge_offer[edges]
    full = spare[offers, slot] <= LEAST * np.maximum(1.0, problem.offer_quantity[offers, slot])
    gain = problem.gain[edges]
    dear = result.prices.offer[offers, slot] >= gain - LEAST * np.maximum(1.0, gain)
    return bool((full & dear).all())


def _price_cut(problem: AllocationProblem, edges: Int64s, need: int, slot: int) -> Cut:
    offers = np.unique(problem.edge_offer[edges]).astype(np.int64)
    capacity = float(problem.offer_quantity[offers, slot].sum())
    wanted = float(problem.need_quantity[need, slot])
    return Cut(slot, frozen(np.array([need])), frozen(offers), capacity, wanted, closed=False)


class _Neighbours:
    """The edges of each need that bring something."""

    def __init__(self, problem: AllocationProblem) -> None:
        from maillage_engine.methods.allocate.grouping import grouped  # noqa: PLC0415  (loads Numba)

        self._edges = np.flatnonzero(problem.gain > 0)
        self._start, self._order = grouped(problem.edge_need[self._edges], problem.needs)

    def of(self, need: int) -> Int64s:
        """The edges of one need."""
        return self._edges[self._order[self._start[need] : self._start[need + 1]]]


def _reason(
    problem: AllocationProblem,
    result: AllocationResult,
    edges: Int64s,
    spare: Floats,
    need: int,
    slot: int,
    cut: int,
) -> Reason:
    if not len(edges):
        return "nobody"
    offers = problem.edge_offer[edges]
    if not (problem.offer_quantity[offers, slot] > 0).any():
        return "calendar" if (problem.offer_quantity[offers] > 0).any() else "full"
    if cut >= 0:
        return "full"
    if result.status != "optimal":
        return "stopped"
    free = spare[offers, slot] > LEAST * np.maximum(1.0, problem.offer_quantity[offers, slot])
    if (free & ~problem.indivisible[offers] & (problem.lot[edges] > 0)).any():
        return "lot"
    if problem.indivisible[offers].any():
        return "indivisible"
    return "lot" if problem.lot.any() else "small"


def _users(problem: AllocationProblem, result: AllocationResult) -> dict[tuple[int, int], list[int]]:
    """Return the needs that each offer (row, slot) serves."""
    users: dict[tuple[int, int], list[int]] = {}
    offers, needs = problem.edge_offer[result.edge], problem.edge_need[result.edge]
    for offer, slot, need in zip(offers.tolist(), result.slot.tolist(), needs.tolist(), strict=True):
        users.setdefault((offer, slot), []).append(need)
    return users


def _outbid(
    problem: AllocationProblem,
    users: dict[tuple[int, int], list[int]],
    edges: Int64s,
    need: int,
    slot: int,
) -> bool:
    """Whether every offer it may deal with is used, in that slot, by needs of a higher priority only."""
    others = {
        other for offer in problem.edge_offer[edges].tolist() for other in users.get((offer, slot), ())
    } - {need}
    mine = problem.priority[need]
    return bool(others) and all(problem.priority[other] > mine for other in others)


def _cuts(
    problem: AllocationProblem, result: AllocationResult, net: Expanded, seeds: Int64s
) -> tuple[Int64s, tuple[Cut, ...]]:
    """Return the cut of each node (needs, then offers), -1 without one, and the cuts."""
    from maillage_engine.methods.allocate.cuts import closure  # noqa: PLC0415  (loads Numba)
    from maillage_engine.methods.allocate.grouping import grouped, together  # noqa: PLC0415  (loads Numba)

    needs, offers, slots = len(net.wanted), len(net.there), len(problem.slots)
    none = np.full(needs + offers, -1, dtype=np.int64)
    if not len(net.edge) or not len(seeds):
        return none, ()
    start, order = grouped(net.need, needs)
    offer, need_of = net.offer[order], net.need[order]
    into, in_edge = grouped(offer, offers)
    carried = np.zeros((problem.edges, slots), dtype=np.int64)
    carried[result.edge, result.slot] = 1
    flow = carried[net.edge[order], net.slot[order]]
    reached = closure(needs, start, offer, need_of, into, in_edge, flow, seeds)
    inside = reached[need_of] & reached[needs + offer]
    root = together(need_of[inside], offer[inside], needs, offers)
    return _named(problem, result, reached, root, need_of[inside])


def _named(
    problem: AllocationProblem, result: AllocationResult, reached: Bools, root: Int64s, need_of: Int32s
) -> tuple[Int64s, tuple[Cut, ...]]:
    slots = len(problem.slots)
    needs = problem.needs * slots
    spare = (problem.offer_quantity - result.used(problem)).ravel()
    there = problem.offer_quantity.ravel()
    cut_of = np.full(len(root), -1, dtype=np.int64)
    cuts: list[Cut] = []
    nodes = np.flatnonzero(reached)
    nodes = nodes[np.isin(root[nodes], np.unique(root[need_of]))]
    order = nodes[np.argsort(root[nodes], kind="stable")]
    ends = np.flatnonzero(np.diff(root[order])) + 1
    for group in np.split(order, ends):
        if not len(group):
            continue
        of_offers = group[group >= needs] - needs
        if (spare[of_offers] > LEAST * np.maximum(1.0, there[of_offers])).any():
            continue  # something is left: lots, or a stopped method, not a cut
        of_needs = group[group < needs]
        cut_of[group] = len(cuts)
        cuts.append(
            Cut(
                slot=int(of_needs[0] % slots),
                needs=frozen(of_needs // slots),
                offers=frozen(of_offers // slots),
                capacity=float(there[of_offers].sum()),
                wanted=float(problem.need_quantity.ravel()[of_needs].sum()),
            )
        )
    return cut_of, tuple(cuts)
