"""The search itself: a root with good cuts and good sets, then a tree whose best open leaf is looked at next.

Nodes are parted on a site, and, once every site is decided and each customer has one source, on a pair. Every cut
made anywhere bounds every node; what the cut of a node rules out is put aside as a leaf at once.
"""

import heapq
from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Floats
from maillage_engine.methods.facility.ascent import Ascent, Climb, Seen, nobody
from maillage_engine.methods.facility.nearby import filled, improve
from maillage_engine.methods.facility.pool import Costed, Pool
from maillage_engine.methods.facility.problem import FacilityProblem, above_any_cost
from maillage_engine.methods.facility.relaxation import (
    CLOSED,
    FREE,
    OPEN,
    Counting,
    Cuts,
    choose,
    counting,
    settled,
)
from maillage_engine.methods.facility.tree import BOUND, COUNT, NOBODY, RAY, GrowingTree
from maillage_engine.stop import Watch

PRUNE_GAP = 1e-9
FIRST_STEPS = 120
ROOT_STEPS = 1500
NODE_STEPS = 80
ROOT_SETS = 3
NEAR_FIRST = 8
NEAR_ROOT = 40
NEAR_NODE = 4
GUESS = 1.1
"""Without a known cost, steps aim at this many times the bound."""

SECOND = 2
"""The first multipliers: what each customer's second cheapest site costs."""

Pairs = tuple[tuple[int, int], ...]


@dataclass(order=True)
class Node:
    """An open leaf of the tree: what is known of its sites, the pairs it forbids, its bound and what proves it."""

    bound: float
    leaf: int
    state: AnyArray = field(compare=False)
    pairs: Pairs = field(compare=False, default=())
    row: int = field(compare=False, default=NOBODY)


class Search:
    """One run: ``leaves`` are the nodes that need no further look, or that time left open."""

    def __init__(self, problem: FacilityProblem, k: int, watch: Watch) -> None:
        self.problem, self.watch = problem, watch
        self.ascent = Ascent(problem, watch)
        self.cuts = Cuts(problem.sites)
        self.pool = Pool(problem, self.ascent, self.cuts, k)
        self.tree = GrowingTree()
        self.heap: list[Node] = []
        self.leaves: dict[int, Node] = {}
        self.costs = np.array(problem.serve_cost)
        if problem.single_source:
            self.costs[problem.demand[None, :] > problem.capacity[:, None]] = np.inf
        self.dearest = above_any_cost(problem)

    def run(self) -> None:
        """Grow the tree until nothing is open or a limit is reached."""
        self._root()
        while self.heap and not self.watch.over():
            node = heapq.heappop(self.heap)
            if node.bound >= self._enough(node.state):
                self.leaves[node.leaf] = node
            else:
                self._expand(node)
        for node in self.heap:
            self.leaves[node.leaf] = node

    def _enough(self, state: AnyArray) -> float:
        """The bound from which a node needs no further look."""
        limit = min(self.pool.threshold, self.dearest)
        if not (state == FREE).any():
            limit = min(limit, self.pool.cost_of(state == OPEN))
        return limit - PRUNE_GAP * max(1.0, abs(limit))

    def _root(self) -> None:
        state = np.where(self.problem.existing, OPEN, FREE).astype(np.int8)
        root = self.tree.leaf(BOUND, NOBODY)
        count = counting(self.problem, state)
        if not count.possible:
            self.tree.settle(root, COUNT, NOBODY)
            return
        served = np.isfinite(self.costs).any(axis=0)
        if not served.all():
            self.tree.settle(root, RAY, self.cuts.add_ray(np.where(served, 0.0, 1.0)))
            return
        cheapest = np.sort(self.costs, axis=0)[:SECOND]
        self._first_sets(state, count, np.where(np.isfinite(cheapest), cheapest, 0.0).max(axis=0))
        node = Node(-np.inf, root, state)
        self._push(node)

    def _first_sets(self, state: AnyArray, count: Counting, start: Floats) -> None:
        """A short climb, the sets it passed by costed exactly, their neighbours, then a long climb."""
        seen: dict[bytes, tuple[float, Bools]] = {}

        def keep(bound: float, opened: Bools) -> None:
            key = opened.tobytes()
            if key not in seen or bound > seen[key][0]:
                seen[key] = (bound, opened.copy())

        climb = self._climb(self.costs, start, state, count, steps=FIRST_STEPS, seen=keep)
        ranked = sorted(seen.items(), key=lambda item: (-item[1][0], item[0]))
        for _, (_, opened) in ranked[: max(ROOT_SETS, self.pool.k)]:
            self.pool.evaluate(filled(self.problem, opened, climb.slope))
        if not self.pool.openings:
            self.pool.evaluate(filled(self.problem, self._all_allowed(climb.slope), climb.slope))
        for opening in self.pool.openings[:1]:
            improve(self.pool, opening.open, tries=NEAR_FIRST)
        self._climb(self.costs, climb.multipliers, state, count, steps=ROOT_STEPS)
        for opening in self.pool.openings[:1]:
            improve(self.pool, opening.open, tries=NEAR_ROOT)

    def _all_allowed(self, slope: Floats) -> Bools:
        """Every site open, or the most promising ones that may be opened."""
        most = self.problem.sites if self.problem.max_openings is None else self.problem.max_openings
        opened = self.problem.existing.copy()
        opened[np.argsort(np.where(opened, np.inf, slope), kind="stable")[:most]] = True
        return opened

    def _climb(
        self,
        costs: Floats,
        start: Floats,
        state: AnyArray,
        count: Counting,
        *,
        steps: int,
        seen: Seen = nobody,
    ) -> Climb:
        """Climb, and keep the cut reached, which holds in the whole tree."""
        threshold = self.pool.threshold
        first = float(self.cuts.bounds(state, count).max(initial=0.0))
        guess = min(GUESS * max(first, float(start.sum()), 1.0), self.dearest)
        target = threshold if np.isfinite(threshold) else guess
        climb = self.ascent.climb(
            costs, start, state, count, target=target, enough=self._enough(state), steps=steps, seen=seen
        )
        everywhere = np.ones(self.problem.sites, dtype=np.bool_)
        self.cuts.add(climb.multipliers, self.ascent.slope(self.costs, climb.multipliers, everywhere))
        return climb

    def _push(self, node: Node) -> None:
        """Bound a node by every cut kept, and leave it open."""
        node.state = settled(self.problem, node.state)
        count = counting(self.problem, node.state)
        if not count.possible:
            self.tree.settle(node.leaf, COUNT, NOBODY)
            return
        bounds = self.cuts.bounds(node.state, count)
        row = int(np.argmax(bounds))
        if bounds[row] > node.bound:
            node.bound, node.row = float(bounds[row]), row
        self.tree.settle(node.leaf, BOUND, node.row)
        heapq.heappush(self.heap, node)

    def _expand(self, node: Node) -> None:
        if (node.state == FREE).any():
            self._climb_node(node)
        else:
            self._complete(node)

    def _climb_node(self, node: Node) -> None:
        count = counting(self.problem, node.state)
        climb = self._climb(self.costs, self.cuts.multipliers[node.row], node.state, count, steps=NODE_STEPS)
        self._raise(node, climb.bound, len(self.cuts) - 1)
        _, chosen = choose(self.cuts.slope[node.row], node.state, count)
        opened = filled(self.problem, chosen, self.cuts.slope[node.row])
        if not self.pool.known(opened) and self.cuts.of_sets(opened[None])[0] < self.pool.threshold:
            self.pool.evaluate(opened)
            improve(self.pool, opened, tries=NEAR_NODE)
            bounds = self.cuts.bounds(node.state, count)
            self._raise(node, float(bounds.max()), int(np.argmax(bounds)))
        if node.bound >= self._enough(node.state):
            self.leaves[node.leaf] = node
            return
        flips = self._fix(node)
        if not (node.state == FREE).any():
            self._push(node)
            return
        self._branch(node, _most_divided(node.state, climb.average, flips))

    def _raise(self, node: Node, bound: float, row: int) -> None:
        if bound > node.bound:
            node.bound, node.row = bound, row
            self.tree.settle(node.leaf, BOUND, row)

    def _fix(self, node: Node) -> Floats:
        """Close or open the sites whose other choice is ruled out by the node's cut; return the other bounds (m,)."""
        others = np.full(self.problem.sites, np.inf)
        cut = slice(node.row, node.row + 1)
        constant, slope = float(self.cuts.constant[node.row]), self.cuts.slope[cut]
        _, opened = choose(slope[0], node.state, counting(self.problem, node.state))
        for site in np.flatnonzero(node.state == FREE):
            if node.state[site] != FREE:
                continue
            other = node.state.copy()
            other[site] = CLOSED if opened[site] else OPEN
            count = counting(self.problem, other)
            others[site] = np.inf
            if count.possible:
                others[site] = constant + choose(slope[0], other, count)[0]
            if others[site] >= self._enough(node.state):
                self._put_aside(node, int(site), other, others[site])
        return others

    def _put_aside(self, node: Node, site: int, other: AnyArray, bound: float) -> None:
        """Part the node on a site whose other choice is a leaf at once."""
        children = self.tree.part(node.leaf, site)
        aside, kept = children[::-1] if other[site] == OPEN else children
        if np.isfinite(bound):
            self.leaves[aside] = Node(bound, aside, other, row=node.row)
        else:
            self.tree.settle(aside, COUNT, NOBODY)
        node.leaf = kept
        node.state = node.state.copy()
        node.state[site] = CLOSED if other[site] == OPEN else OPEN

    def _branch(self, node: Node, site: int) -> None:
        for leaf, choice in zip(self.tree.part(node.leaf, site), (CLOSED, OPEN), strict=True):
            state = node.state.copy()
            state[site] = choice
            self._push(Node(node.bound, leaf, state, row=node.row))

    def _complete(self, node: Node) -> None:
        """Every site is decided: the transport problem bounds the node exactly, or its shares part it again."""
        opened = node.state == OPEN
        costs = self._forbidding(node.pairs)
        costed = self.pool.evaluate(opened)
        if self.problem.single_source:
            costed = self.pool.carried(opened, costs)
        if not costed.feasible:
            self.tree.settle(node.leaf, RAY, costed.row)
            return
        self._raise(node, self._bound(costs, opened, costed.row), costed.row)
        if not self.problem.single_source or costed.whole or node.bound >= self._enough(node.state):
            self.leaves[node.leaf] = node
            return
        site, customer = _most_shared(costed, opened)
        no, yes = self.tree.part(node.leaf, site, customer=customer)
        elsewhere = tuple((int(other), customer) for other in np.flatnonzero(opened) if other != site)
        for leaf, pairs in ((no, ((site, customer),)), (yes, elsewhere)):
            heapq.heappush(self.heap, Node(node.bound, leaf, node.state, node.pairs + pairs, node.row))

    def _forbidding(self, pairs: Pairs) -> Floats:
        costs = self.costs
        if pairs:
            costs = costs.copy()
            costs[tuple(np.array(pairs).T)] = np.inf
        return costs

    def _bound(self, costs: Floats, opened: Bools, row: int) -> float:
        multipliers = self.cuts.multipliers[row]
        slope = self.ascent.slope(costs, multipliers, opened)
        return float(multipliers.sum() + slope[opened].sum())


def _most_divided(state: AnyArray, average: Floats, flips: Floats) -> int:
    """The free site whose mean is nearest one half; among the settled ones, the one whose other choice costs most."""
    free = np.flatnonzero(state == FREE)
    divided = np.minimum(average[free], 1.0 - average[free]) > 0.05
    if divided.any():
        return int(free[np.argmin(np.abs(average[free] - 0.5))])
    return int(free[np.argmax(flips[free])])


def _most_shared(costed: Costed, opened: Bools) -> tuple[int, int]:
    """The customer cut in the most equal parts, and the site that takes most of it."""
    largest = costed.shares.max(axis=0)
    customer = int(np.argmin(largest))
    return int(np.flatnonzero(opened)[costed.shares[:, customer].argmax()]), customer
