"""A best sharing kept ready to be changed a little: more or less of one node, without solving again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from maillage_engine.arrays import Int32s, Int64s, frozen
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.allocate.network import Expanded, expand
from maillage_engine.methods.allocate.problem import AllocationProblem
from maillage_engine.methods.allocate.result import AllocationResult, Prices
from maillage_engine.version import ENGINE_VERSION


@dataclass(frozen=True, slots=True)
class Step:
    """``amount`` (whole units) went along one path, each bringing ``gain`` (whole units; negative: lost)."""

    amount: int
    gain: int


@dataclass(eq=False)
class Residual:
    """The network of a best sharing, all slots together; nodes are needs (row × slots + slot), then offers.

    ``flow`` (e,), ``slack`` and ``price`` (n + m,) change with ``change``; the rest does not.
    """

    net: Expanded
    start: Int64s
    order: Int64s
    offer: Int32s
    need_of: Int32s
    value: Int64s
    into: Int64s
    in_edge: Int64s
    flow: Int64s
    slack: Int64s
    price: Int64s

    @classmethod
    def of(cls, problem: AllocationProblem, result: AllocationResult) -> "Residual":
        """Return that of a sharing; raise ``InvalidArgument`` when it is not a proved flow."""
        from maillage_engine.methods.allocate.grouping import grouped  # noqa: PLC0415  (loads Numba)

        if result.status != "optimal" or result.way != "flow":
            raise InvalidArgument("result", "il faut un partage prouvé, sans lots ni équité.")
        net = expand(problem)
        start, order = grouped(net.need, len(net.wanted))
        offer, need_of = net.offer[order], net.need[order]
        into, in_edge = grouped(offer, len(net.there))
        flow = np.zeros(len(order), dtype=np.int64)
        keys = net.edge * len(problem.slots) + net.slot
        place_of = np.full(problem.edges * len(problem.slots), -1, dtype=np.int64)
        place_of[keys[order]] = np.arange(len(order))
        places = place_of[result.edge * len(problem.slots) + result.slot]
        flow[places] = np.rint(result.quantity * net.quantity_scale).astype(np.int64)
        needs, offers = len(net.wanted), len(net.there)
        received = np.bincount(need_of, weights=flow, minlength=needs).astype(np.int64)
        given = np.bincount(offer, weights=flow, minlength=offers).astype(np.int64)
        prices = np.concatenate([result.prices.need.ravel(), result.prices.offer.ravel()])
        return cls(
            net=net,
            start=start,
            order=order,
            offer=offer,
            need_of=need_of,
            value=net.value[order],
            into=into,
            in_edge=in_edge,
            flow=flow,
            slack=np.concatenate([net.wanted - received, net.there - given]),
            price=np.rint(prices * net.value_scale).astype(np.int64),
        )

    @property
    def needs(self) -> int:
        """How many nodes are needs."""
        return len(self.net.wanted)

    @cached_property
    def _room(self) -> tuple[Int64s, ...]:
        nodes = len(self.slack)
        heap = len(self.order) + nodes + 1
        return (
            np.full(nodes, -1, dtype=np.int64),
            np.empty(nodes, dtype=np.int64),
            np.empty(heap, dtype=np.int64),
            np.empty(heap, dtype=np.int64),
            np.empty(nodes, dtype=np.int64),
        )

    def units(self, quantity: float) -> int:
        """Return a quantity in whole units, 1 at least."""
        return max(1, round(quantity * self.net.quantity_scale))

    def worth(self, gain: float) -> float:
        """Return whole units of gain × quantity as the value of the problem."""
        return gain / self.net.value_scale / self.net.quantity_scale

    def copy(self) -> "Residual":
        """Return the same, to be changed apart."""
        return Residual(
            self.net,
            self.start,
            self.order,
            self.offer,
            self.need_of,
            self.value,
            self.into,
            self.in_edge,
            self.flow.copy(),
            self.slack.copy(),
            self.price.copy(),
        )

    def result(self, problem: AllocationProblem, *, seed: int = 0) -> AllocationResult:
        """Return the sharing as it is now, of ``problem`` as it was changed; its transport may not be the least."""
        used = np.flatnonzero(self.flow > 0)
        edge, slot = self.net.edge[self.order[used]], self.net.slot[self.order[used]]
        amount = self.flow[used] / self.net.quantity_scale
        prices = self.price / self.net.value_scale
        need = prices[: self.needs].reshape(problem.need_quantity.shape)
        offer = prices[self.needs :].reshape(problem.offer_quantity.shape)
        return AllocationResult(
            status="optimal",
            way="flow",
            seed=seed,
            value=float(problem.gain[edge] @ amount),
            transport=float(problem.transport[edge] @ amount),
            bound=float((need * problem.need_quantity).sum() + (offer * problem.offer_quantity).sum()),
            edge=frozen(edge),
            slot=frozen(slot),
            quantity=frozen(amount),
            prices=Prices(frozen(need), frozen(offer)),
            transport_prices=None,
            components=1,
            iterations=0,
            digest=problem.digest(),
            engine_version=ENGINE_VERSION,
        )

    def first_step(self, node: int, *, more: bool) -> Step:
        """Return how much a node may have more (or less) at the best gain, and that gain; nothing changes."""
        best, end, count = self._reach(node, more=more)
        step = self._step(node, best, end, more=more)
        self._forget(count)
        return step

    def first_steps(self, nodes: Iterable[int]) -> Iterator[Step]:
        """Yield the first step of each offer's node that would have more; nothing changes meanwhile.

        Each is searched apart as long as few nodes are looked at in all, then one search from the root serves the rest.
        """
        looked, reached = 0, None
        for node in nodes:
            if reached is None and looked > len(self.slack):
                reached = self._from_root()
            if reached is not None:
                far, most = reached
                yield Step(int(most[node]), int(self.price[node] - far[node]))
                continue
            best, end, count = self._reach(node, more=True)
            yield self._step(node, best, end, more=True)
            self._forget(count)
            looked += count

    def change(self, node: int, amount: int, *, more: bool, least_gain: int | None = None) -> list[Step]:
        """Give a node ``amount`` more (or less) by steps, each at the best gain, until one is under ``least_gain``."""
        from maillage_engine.methods.allocate import paths  # noqa: PLC0415  (loads Numba)

        steps = []
        far, origin, _, _, seen = self._room
        while amount > 0:
            best, end, count = self._reach(node, more=more)
            step = self._step(node, best, end, more=more)
            if least_gain is not None and step.gain < least_gain:
                self._forget(count)
                break
            moved = min(step.amount, amount)
            paths.carry(
                self.needs,
                self.offer,
                self.need_of,
                self.flow,
                self.slack,
                self.price,
                best,
                end,
                self._to_node(node, more=more),
                moved,
                far,
                origin,
                seen,
                count,
            )
            self._forget(count)
            steps.append(Step(moved, step.gain))
            amount -= moved
        return steps

    def _to_node(self, node: int, *, more: bool) -> bool:
        return (node >= self.needs) == more

    def _reach(self, node: int, *, more: bool) -> tuple[int, int, int]:
        from maillage_engine.methods.allocate import paths  # noqa: PLC0415  (loads Numba)

        far, origin, keys, nodes, seen = self._room
        return paths.reach(
            self.needs,
            self.start,
            self.offer,
            self.value,
            self.need_of,
            self.into,
            self.in_edge,
            self.flow,
            self.slack,
            self.price,
            node,
            self._to_node(node, more=more),
            far,
            origin,
            keys,
            nodes,
            seen,
        )

    def _from_root(self) -> tuple[Int64s, Int64s]:
        """Return how far each node is from the root, and what the path there can carry."""
        from maillage_engine.methods.allocate import paths  # noqa: PLC0415  (loads Numba)

        nodes = len(self.slack)
        heap = len(self.order) + int(np.count_nonzero(self.flow)) + nodes + 1
        far, most = np.empty(nodes, dtype=np.int64), np.empty(nodes, dtype=np.int64)
        keys, places = np.empty(heap, dtype=np.int64), np.empty(heap, dtype=np.int64)
        paths.from_root(
            self.needs,
            self.start,
            self.offer,
            self.value,
            self.need_of,
            self.into,
            self.in_edge,
            self.flow,
            self.slack,
            self.price,
            far,
            most,
            keys,
            places,
        )
        return far, most

    def _step(self, node: int, best: int, end: int, *, more: bool) -> Step:
        from maillage_engine.methods.allocate import paths  # noqa: PLC0415  (loads Numba)

        most = paths.narrowest(
            self.needs,
            self.offer,
            self.need_of,
            self.flow,
            self.slack,
            end,
            self._to_node(node, more=more),
            self._room[1],
        )
        price = int(self.price[node])
        return Step(int(most), price - int(best) if more else -price - int(best))

    def _forget(self, count: int) -> None:
        from maillage_engine.methods.allocate import paths  # noqa: PLC0415  (loads Numba)

        paths.forget(self._room[0], self._room[4], count)
