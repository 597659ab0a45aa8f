"""Share out: the largest weighted coverage, then the least transport; whole lots only where some are asked for."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import numpy as np

from maillage_engine.arrays import Floats, Int64s, frozen
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.allocate.fairness import GROUPS, Group, share_fairly
from maillage_engine.methods.allocate.flow import Solved, solve_network
from maillage_engine.methods.allocate.lots import decide_lots, left
from maillage_engine.methods.allocate.network import Expanded, Network, expand, in_order, parts_of
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult, Prices
from maillage_engine.stop import NO_LIMIT, Stop, Watch
from maillage_engine.version import ENGINE_VERSION


def allocate(
    problem: AllocationProblem,
    *,
    stop: Stop = NO_LIMIT,
    seed: int = 0,
    fairness: Group | None = None,
    threads: int | None = None,
) -> AllocationResult:
    """Return the sharing of the largest value, and of the least transport among those.

    Without lots or indivisible offers it is a minimum-cost flow, exact, with its prices. Where they bind, the
    components that hold them are decided by HiGHS. ``fairness`` (``commune`` or ``family``): first make the least
    served group as served as can be, then the next, and so on; then the value. ``threads``: parts solved together
    (None: as many as processors); the result does not depend on it. An iteration is a pivot (or a node of HiGHS).
    Raises ``InvalidArgument`` on an unknown ``fairness``, ``Cancelled`` when asked to stop.
    """
    if fairness is not None and fairness not in GROUPS:
        raise InvalidArgument("fairness", "c’est « commune » ou « family ».")
    watch = stop.watch()
    if fairness is not None:
        return share_fairly(problem, fairness, watch, seed)
    net = expand(problem)
    networks, components = parts_of(net)
    solved = solve_parts(networks, watch, threads)
    result = gathered(problem, net, networks, solved, components=components, seed=seed)
    if needs_lots(problem, result):
        return decide_lots(problem, result, watch, seed)
    return result


def solve_parts(networks: list[Network], watch: Watch, threads: int | None = None) -> list[Solved]:
    """Return the answer of each network, solved side by side."""
    watch.check()
    workers = min(len(networks), threads or os.cpu_count() or 1)
    if workers < 2:
        return [solve_network(one, watch) for one in networks]
    halted = Event()
    # what stops one stops all: nobody waits for threads whose answer is of no use any more
    stop = replace(left(watch), cancelled=lambda: halted.is_set() or watch.stop.cancelled())
    common = stop.watch()
    with ThreadPoolExecutor(workers) as pool:
        try:
            waiting = {at: pool.submit(solve_network, networks[at], common) for at in in_order(networks)}
            return [waiting[at].result() for at in range(len(networks))]
        except BaseException:
            halted.set()
            raise


def gathered(
    problem: AllocationProblem,
    net: Expanded,
    networks: list[Network],
    solved: list[Solved],
    *,
    components: int,
    seed: int,
) -> AllocationResult:
    """Return the result of the whole from those of its parts."""
    quantity = np.zeros(len(net.edge))
    finished = all(one.finished for one in solved)
    for network, one in zip(networks, solved, strict=True):
        quantity[network.edge] = one.quantity / net.quantity_scale
    used = np.flatnonzero(quantity > 0)
    edge, slot, amount = net.edge[used], net.slot[used], quantity[used]
    prices = _prices(problem, net, networks, [one.price for one in solved], net.value_scale, problem.gain)
    if not finished:
        prices = _repaired(problem, net, prices)
    transport_prices = None
    if finished and any(one.cost_price is not None for one in solved):
        costs = [one.price * 0 if one.cost_price is None else one.cost_price for one in solved]
        transport_prices = _prices(problem, net, networks, costs, net.cost_scale, None)
    value = float(problem.gain[edge] @ amount)
    bound = float((prices.need * problem.need_quantity).sum() + (prices.offer * problem.offer_quantity).sum())
    return AllocationResult(
        status="optimal" if finished else "feasible",
        way="flow",
        seed=seed,
        value=value,
        transport=float(problem.transport[edge] @ amount),
        bound=bound,
        edge=frozen(edge),
        slot=frozen(slot),
        quantity=frozen(amount),
        prices=prices,
        transport_prices=transport_prices,
        components=components,
        iterations=sum(one.pivots for one in solved),
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def needs_lots(problem: AllocationProblem, result: AllocationResult) -> bool:
    """Whether the flow breaks a lot or shares an indivisible offer; when not, it is the best with lots too."""
    if (result.quantity < problem.lot[result.edge]).any():
        return True
    pairs = np.unique(result.edge)
    shares = np.bincount(problem.edge_offer[pairs], minlength=problem.offers)
    return bool((shares[problem.indivisible] > 1).any())


def _prices(
    problem: AllocationProblem,
    net: Expanded,
    networks: list[Network],
    prices: list[Int64s],
    scale: float,
    values: Floats | None,
) -> Prices:
    need, offer = np.zeros(len(net.wanted)), np.zeros(len(net.there))
    for network, price in zip(networks, prices, strict=True):
        need[network.need_node] = price[: len(network.need_node)] / scale
        offer[network.offer_node] = price[len(network.need_node) :] / scale
    if net.open is not None and values is not None:
        _price_the_empty(net, values[net.edge], need, offer)
    return Prices(
        frozen(need.reshape(problem.need_quantity.shape)), frozen(offer.reshape(problem.offer_quantity.shape))
    )


def _price_the_empty(net: Expanded, value: Floats, need: Floats, offer: Floats) -> None:
    """Price the nodes that have nothing: what one unit there would bring, so that no edge is worth more."""
    lone = np.flatnonzero((net.wanted[net.need] == 0) & (net.there[net.offer] > 0))
    np.maximum.at(need, net.need[lone], value[lone] - offer[net.offer[lone]])
    lone = np.flatnonzero(net.there[net.offer] == 0)
    np.maximum.at(offer, net.offer[lone], value[lone] - need[net.need[lone]])


def _repaired(problem: AllocationProblem, net: Expanded, prices: Prices) -> Prices:
    """Raise the prices of needs until no edge is worth more than its two ends: a bound, if not the best."""
    offer: Floats = np.maximum(prices.offer.ravel(), 0.0)
    need = np.zeros(len(net.wanted))
    np.maximum.at(need, net.need, problem.gain[net.edge] - offer[net.offer])
    return Prices(
        frozen(need.reshape(problem.need_quantity.shape)), frozen(offer.reshape(problem.offer_quantity.shape))
    )
