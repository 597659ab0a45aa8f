"""The k cheapest structures of a small network in one tree: a node has units inside, units outside, the rest is free.

Accelerated branch and bound (ABB: F. Friedler, J. B. Varga, E. Fehér, L. T. Fan, "Combinatorially accelerated
branch-and-bound method for solving the MIP model of process network synthesis", 1996): what a decision forces is drawn
from the axioms before the linear relaxation gives the bound. Nodes are taken cheapest bound first, each followed down.
"""

import bisect
import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.methods.cooperate.formulation import Formulation
from maillage_engine.methods.cooperate.maximal_structure import reaching_units, useful_units
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.solution_structures import broken_axioms
from maillage_engine.methods.cooperate.structure import Structure, structure_of
from maillage_engine.solvers.highs_structures import Line, Relaxed, StructureFlows, StructureRelaxation
from maillage_engine.stop import Watch

CLOSE = 1e-9
_HALF = 0.5
MORE_FOR_A_LOOP = 15
Node = tuple[frozenset[int], frozenset[int]]


@dataclass
class Tree:
    """``found``: structures by their units; ``others_bound``: no structure outside the k cheapest found costs less.

    ``lost_rows``: what was learnt on the way, true of every structure: a loop that no unit leads out of is not there.
    """

    made: Formulation
    k: int
    watch: Watch
    found: dict[tuple[int, ...], Structure] = field(default_factory=dict)
    others_bound: float = -np.inf
    lost_rows: list[Line] = field(default_factory=list)
    _lost: set[frozenset[int]] = field(default_factory=set)
    _tried: set[tuple[int, ...]] = field(default_factory=set)
    _costs: list[float] = field(default_factory=list)
    _waiting: list[tuple[float, int, Node]] = field(default_factory=list)
    _count: int = 0

    def grow(self, *, most: int) -> bool:
        """Look at every node that may hold one of the k cheapest; False when a limit, or ``most`` nodes, came first.

        Loops that lead nowhere are dealt with better here than elsewhere: each one met allows more nodes.
        """
        made = self.made
        relaxation = StructureRelaxation(
            costs=made.costs, fixed=made.fixed, upper=made.upper, lines=made.lines()
        )
        flows, steps = made.flows(), 0
        self._push(-np.inf, (frozenset(), frozenset(range(len(made.network.units))) - made.at.keys()))
        while self._waiting:
            bound, _, node = heapq.heappop(self._waiting)
            if bound >= self._cutoff():
                break
            for value in self._down(node, relaxation, flows):
                bound = max(bound, value)
                steps += 1
                if self.watch.over(iterations=1) or steps >= most + MORE_FOR_A_LOOP * len(self._lost):
                    self.others_bound = min([bound, *(one[0] for one in self._waiting)])
                    return False
        self.others_bound = self._worst()
        return True

    def _down(self, node: Node, relaxation: StructureRelaxation, flows: StructureFlows) -> Iterator[float]:
        """Follow a node down to a structure or to a bound that is too high; yield the bound of each step."""
        at = self.made.at
        settled = settle(self.made.network, *node)
        while settled is not None:
            inside, outside = settled
            relaxed = relaxation.of([at[one] for one in inside], [at[one] for one in outside if one in at])
            if relaxed is None or relaxed.bound >= self._cutoff():
                return
            free = [unit for unit in self.made.units if unit not in inside and unit not in outside]
            chosen = inside | {unit for unit in free if relaxed.sizes[at[unit]] > CLOSE}
            lost = chosen - reaching_units(self.made.network, chosen)
            if lost and lost not in self._lost:
                self._lost.add(lost)
                new = list(self.made.reach(lost))
                relaxation.add(new)
                self.lost_rows += new
                yield relaxed.bound
                continue
            self._try(flows, chosen)
            if not free:
                return
            inside, outside, free = self._fixed(relaxed, inside, outside, free)
            if not free:
                yield relaxed.bound
                settled = settle(self.made.network, inside, outside)
                continue
            unit = self._branch(free, relaxed.there)
            first, second = (inside | {unit}, outside), (inside, outside | {unit})
            if relaxed.there[at[unit]] < _HALF:
                first, second = second, first
            self._push(relaxed.bound, second)
            yield relaxed.bound
            settled = settle(self.made.network, *first)

    def _fixed(
        self, relaxed: Relaxed, inside: frozenset[int], outside: frozenset[int], free: list[int]
    ) -> tuple[frozenset[int], frozenset[int], list[int]]:
        """Settle the free units that the reduced costs settle: the other choice would cost more than the k-th."""
        room = self._cutoff() - relaxed.bound
        if not np.isfinite(room):
            return inside, outside, free
        columns = np.array([self.made.at[unit] for unit in free])
        dearer, there = relaxed.dearer[columns], relaxed.there[columns]
        never = (dearer >= room) & (there < CLOSE)
        always = (-dearer >= room) & (there > 1 - CLOSE)
        inside |= {unit for unit, yes in zip(free, always.tolist(), strict=True) if yes}
        outside |= {unit for unit, yes in zip(free, never.tolist(), strict=True) if yes}
        return inside, outside, [one for one in free if one not in inside and one not in outside]

    def _branch(self, free: list[int], there: Floats) -> int:
        """Return the unit whose fixed cost is missed most while it is partly there, both ways then raise the bound.

        When none is cut, the one that costs least to add.
        """
        columns = np.array([self.made.at[unit] for unit in free])
        shares = there[columns]
        cut = (shares > CLOSE) & (shares < 1 - CLOSE)
        missing = np.where(
            cut, np.sqrt(np.abs(shares)) * (1 - shares) * (1 + np.abs(self.made.fixed[columns])), -1.0
        )
        if cut.any():
            return free[int(missing.argmax())]
        return free[int(np.where(shares < _HALF, self.made.fixed[columns], np.inf).argmin())]

    def _try(self, flows: StructureFlows, units: frozenset[int]) -> None:
        rows = tuple(sorted(units))
        if rows in self._tried:
            return
        self._tried.add(rows)
        if not broken_axioms(self.made.network, rows):
            best = structure_of(self.made, flows, rows)
            if best is not None:
                self.found[rows] = best
                bisect.insort(self._costs, best.cost)

    def _push(self, bound: float, node: Node) -> None:
        self._count += 1
        heapq.heappush(self._waiting, (bound, self._count, node))

    def _worst(self) -> float:
        """The cost of the k-th cheapest; inf when there are fewer."""
        return self._costs[self.k - 1] if len(self._costs) >= self.k else np.inf

    def _cutoff(self) -> float:
        worst = self._worst()
        return worst - CLOSE * max(1.0, abs(worst)) if np.isfinite(worst) else worst


def settle(network: ProcessNetwork, inside: frozenset[int], outside: frozenset[int]) -> Node | None:
    """Return the node with what the axioms and the exclusions force, or None when nothing can come of it."""
    every = frozenset(range(len(network.units)))
    while True:
        for group in network.groups:
            together = group & inside
            if len(together) > 1:
                return None
            if together:
                outside |= group - together
        useful = useful_units(network, every - outside)
        if not useful or not inside <= useful:
            return None
        outside = every - useful
        wanted = {row for unit in inside for row in network.taken[unit]} - network.raw | network.products
        forced: set[int] = set()
        for row in wanted:
            makers = network.makers[row] & useful
            if not makers & inside and len(makers) == 1:
                forced |= makers
        if not forced:
            return inside, outside
        inside |= forced
