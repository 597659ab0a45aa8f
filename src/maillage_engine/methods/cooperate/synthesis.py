"""The cheapest structures of a process network, exactly: the best one, or the k best ones, cheapest first.

A structure is a set of units that holds the axioms S1 to S5; its cost is that of its cheapest flows, the fixed cost of
each of its units included, even of one that runs at zero. So two structures may share their flows: the second holds an
idle unit more. A tree over the units finds most answers in a few nodes; when it grows too large, HiGHS chooses one
structure after the other over bounds tightened from the flows, each left out before the next choice. Both ways the
flows are those of the exact linear program of the structure.
Source of the meaning: the P-graph solvers (SSG with linear programs), and their published answers.
"""

from dataclasses import dataclass, field

import numpy as np

from maillage_engine.certify.proof import relative_gap
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.formulation import Formulation
from maillage_engine.methods.cooperate.maximal_structure import (
    MaximalStructure,
    maximal_structure,
    reaching_units,
)
from maillage_engine.methods.cooperate.network import ProcessNetwork
from maillage_engine.methods.cooperate.obstacles import Obstacle, obstacles
from maillage_engine.methods.cooperate.solution_structures import broken_axioms
from maillage_engine.methods.cooperate.structure import Structure, structure_of
from maillage_engine.methods.cooperate.tree import Tree
from maillage_engine.solvers.highs_structures import Line, StructureChooser, StructureFlows
from maillage_engine.stop import NO_LIMIT, Cancelled, Status, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

SAME_COST = 1e-9
FEW_UNITS = 40
TREE_NODES, TREE_NODES_LARGE, TREE_NODES_EACH = 2_000, 100, 200
"""Nodes of the tree before HiGHS is asked instead: few units, more units, and for each further structure."""


@dataclass(frozen=True, eq=False)
class Synthesis:
    """``structures``: cheapest first, ``k`` at most. ``bound``: no structure at all costs less (−inf: nothing proved).

    ``others_bound``: no structure that is not listed costs less (inf: there is none). ``status``: ``optimal`` when
    the list is proved to be the k best (or all there are), ``feasible`` when a limit came first, ``infeasible`` with
    its ``obstacles``, ``stopped`` when nothing was found in time.
    """

    status: Status
    k: int
    seed: int
    structures: tuple[Structure, ...]
    bound: float
    others_bound: float
    maximal: MaximalStructure
    obstacles: tuple[Obstacle, ...]
    digest: str
    engine_version: str

    @property
    def cost(self) -> float | None:
        """The cost of the cheapest structure, or None."""
        return self.structures[0].cost if self.structures else None

    @property
    def gap(self) -> float | None:
        """Relative gap between the cheapest structure and its bound, or None."""
        if not self.structures or not np.isfinite(self.bound):
            return None
        return relative_gap(self.structures[0].cost, self.bound)


def synthesise(network: ProcessNetwork, *, k: int = 1, stop: Stop = NO_LIMIT, seed: int = 0) -> Synthesis:
    """Return the ``k`` cheapest structures. An iteration is a node of the search.

    Raises ``InvalidArgument`` when ``k`` is under 1, ``Cancelled`` when asked to stop.
    """
    if k < 1:
        raise InvalidArgument("k", "demandez au moins une solution.")
    maximal = maximal_structure(network)
    if not maximal.units:
        return _made(network, k, seed, maximal, "infeasible", _Search.empty())
    search = _Search(Formulation(network, maximal.units), k, stop.watch(), seed)
    status = search.run()
    return _made(network, k, seed, maximal, status, search)


def _made(
    network: ProcessNetwork, k: int, seed: int, maximal: MaximalStructure, status: Status, search: "_Search"
) -> Synthesis:
    infeasible = status == "infeasible"
    return Synthesis(
        status=status,
        k=k,
        seed=seed,
        structures=tuple(sorted(search.found.values(), key=_order)[:k]),
        bound=search.bound,
        others_bound=search.others_bound,
        maximal=maximal,
        obstacles=obstacles(network, maximal) if infeasible else (),
        digest=network.digest(),
        engine_version=ENGINE_VERSION,
    )


def _order(one: Structure) -> tuple[float, int, tuple[int, ...]]:
    return round(one.cost, 9), len(one.units), one.units


@dataclass
class _Search:
    """``bound``: of all structures; ``others_bound``: of those not found yet."""

    formulation: Formulation | None
    k: int
    watch: Watch
    seed: int
    found: dict[tuple[int, ...], Structure] = field(default_factory=dict)
    seen: dict[tuple[int, ...], Structure] = field(default_factory=dict)
    lost_rows: list[Line] = field(default_factory=list)
    bound: float = -np.inf
    others_bound: float = -np.inf

    @classmethod
    def empty(cls) -> "_Search":
        """A search that had nothing to look for."""
        return cls(None, 1, NO_LIMIT.watch(), 0, bound=np.inf, others_bound=np.inf)

    def run(self) -> Status:
        """Find the k cheapest one after the other and say how it ended."""
        made = self.formulation
        if made is None:
            return "infeasible"
        status = self._by_tree(made)
        return self._one_by_one(made) if status is None else status

    def _one_by_one(self, made: Formulation) -> Status:
        """Find the cheapest, forbid it, find the next: HiGHS pays for its presolve and its cuts on larger networks."""
        chooser = StructureChooser(
            costs=made.costs,
            fixed=made.fixed,
            upper=made.upper,
            lines=[*made.lines(), *self.lost_rows],
            seed=self.seed,
            cancelled=self.watch.stop.cancelled,
        )
        flows = made.flows()
        while len(self.found) < self.k:
            if self.watch.over():
                return self._limited()
            left = (
                None
                if self.watch.stop.iterations is None
                else self.watch.stop.iterations - self.watch.iterations
            )
            chosen = chooser.cheapest(seconds=self.watch.left(), nodes=left)
            if chooser.cancelled:
                raise Cancelled
            self.watch.iterations += chosen.nodes
            self._note(chosen.bound)
            if chosen.found == "infeasible":
                return "optimal" if self.found else "infeasible"
            if chosen.found == "stopped":
                return self._limited()
            units = tuple(made.units[column] for column in chosen.units)
            self._take(made, chooser, flows, units)
            if chosen.found == "feasible":
                return self._limited()
        return "optimal"

    def _by_tree(self, made: Formulation) -> Status | None:
        """Find them in one tree; None when it grew too large before anything was proved."""
        tree = Tree(made, self.k, self.watch)
        first = TREE_NODES if len(made.units) <= FEW_UNITS else TREE_NODES_LARGE
        done = tree.grow(most=first + TREE_NODES_EACH * (self.k - 1))
        if not done and not self.watch.over():
            self.seen, self.lost_rows = tree.found, tree.lost_rows
            return None
        self.found = tree.found
        self._note(tree.others_bound)
        if not done:
            return self._limited()
        return "optimal" if self.found else "infeasible"

    def _take(
        self,
        made: Formulation,
        chooser: StructureChooser,
        flows: StructureFlows,
        units: tuple[int, ...],
    ) -> None:
        """Keep what the search chose, or forbid it when it is no structure after all."""
        lost = frozenset(units) - reaching_units(made.network, units)
        if lost:
            for line in made.reach(lost):
                chooser.add(line)
            return
        best = structure_of(made, flows, units)
        if best is not None:
            lean = self._without_idle(made, flows, best)
            self.found[lean.units] = lean
            units = lean.units
        chooser.forbid([made.at[unit] for unit in units])

    def _without_idle(self, made: Formulation, flows: StructureFlows, one: Structure) -> Structure:
        """Take out the units that run at zero and cost nothing, when what is left is a structure not found yet."""
        for unit, size in zip(one.units, one.sizes.tolist(), strict=True):
            left = tuple(other for other in one.units if other != unit)
            if size > 0 or made.network.units[unit].fixed_cost > 0 or left in self.found:
                continue
            if not broken_axioms(made.network, left):
                lean = structure_of(made, flows, left)
                if lean is not None and lean.cost <= one.cost + SAME_COST * max(1.0, abs(one.cost)):
                    return self._without_idle(made, flows, lean)
        return one

    def _note(self, bound: float) -> None:
        """Keep what was proved of the structures that are not found yet."""
        if not np.isnan(bound):
            self.others_bound = max(self.others_bound, bound)
        self.bound = min([self.others_bound, *(one.cost for one in self.found.values())])

    def _limited(self) -> Status:
        """Give what the tree had seen too, when a limit comes."""
        self.found = {**self.seen, **self.found}
        self.bound = min([self.others_bound, *(one.cost for one in self.found.values())])
        return "feasible" if self.found else "stopped"
