"""The sets of open sites that were costed exactly, the best k of them, and the cut that each one leaves."""

from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import Bools, Floats, frozen
from maillage_engine.methods.facility.ascent import Ascent
from maillage_engine.methods.facility.assign import assign
from maillage_engine.methods.facility.problem import FacilityProblem
from maillage_engine.methods.facility.relaxation import Cuts
from maillage_engine.methods.facility.result import Opening
from maillage_engine.solvers.highs_transport import Carried, carry

LEAST_SHARE = 1e-9
WHOLE = 1.0 - 1e-7


@dataclass(frozen=True, slots=True)
class Costed:
    """``row``: the cut of the duals, or of the ray when no transport is possible; ``whole``: nobody is shared."""

    feasible: bool
    row: int
    whole: bool
    shares: Floats


@dataclass(eq=False)
class Pool:
    """``k``: how many sets are kept. ``costs`` given to a method may forbid pairs; cuts hold for the problem's."""

    problem: FacilityProblem
    ascent: Ascent
    cuts: Cuts
    k: int
    _best: dict[bytes, Opening] = field(default_factory=dict)
    _order: list[tuple[bytes, Opening]] = field(default_factory=list)
    _costed: dict[bytes, Costed] = field(default_factory=dict)

    @property
    def openings(self) -> tuple[Opening, ...]:
        """The best k sets, cheapest first; ties by their sites."""
        return tuple(opening for _, opening in self._order[: self.k])

    @property
    def threshold(self) -> float:
        """What a set must cost less than to enter the best k."""
        return self._order[self.k - 1][1].cost if len(self._order) >= self.k else np.inf

    def cost_of(self, opened: Bools) -> float:
        """Return the best cost known for exactly these sites; +inf when none is."""
        known = self._best.get(opened.tobytes())
        return np.inf if known is None else known.cost

    def kept(self, opened: Bools) -> bool:
        """Whether this set is one of the best k."""
        return any(key == opened.tobytes() for key, _ in self._order[: self.k])

    def known(self, opened: Bools) -> bool:
        """Whether this set was costed."""
        return opened.tobytes() in self._costed

    def evaluate(self, opened: Bools) -> Costed:
        """Cost these open sites exactly, once, and keep them when they are among the best."""
        key = opened.tobytes()
        if key not in self._costed:
            self._costed[key] = self.carried(opened, self.problem.serve_cost)
        return self._costed[key]

    def carried(self, opened: Bools, costs: Floats) -> Costed:
        """Solve the transport of these open sites at these costs; keep its cut and what it is worth."""
        one = self.problem
        rows = np.flatnonzero(opened)
        self.ascent.watch.over(iterations=1)
        if not len(rows):
            return Costed(False, self.cuts.add_ray(np.ones(one.customers)), False, np.zeros((0, 0)))
        found: Carried = carry(costs[rows], one.demand, one.capacity[rows])
        if not found.feasible:
            return Costed(False, self.cuts.add_ray(found.duals), False, found.shares)
        everywhere = np.ones(one.sites, dtype=np.bool_)
        slope = self.ascent.slope(one.serve_cost, found.duals, everywhere)
        row = self.cuts.add(found.duals, slope)
        whole = bool((found.shares.max(axis=0) >= WHOLE).all())
        if not one.single_source:
            self._keep(opened, found.shares)
        elif whole:
            self._keep(opened, np.rint(found.shares))
        elif costs is one.serve_cost and found.cost + one.fixed_cost[opened].sum() < self.threshold:
            shares = assign(costs[rows], one, rows)
            if shares is not None:
                self._keep(opened, shares)
        return Costed(True, row, whole, found.shares)

    def _keep(self, opened: Bools, shares: Floats) -> None:
        rows = np.flatnonzero(opened)
        at, customer = np.nonzero(shares > LEAST_SHARE)
        share = shares[at, customer]
        share = share / np.bincount(customer, weights=share, minlength=self.problem.customers)[customer]
        site = rows[at]
        cost = float(self.problem.fixed_cost[opened].sum())
        cost += float((self.problem.serve_cost[site, customer] * share).sum())
        if cost < self.cost_of(opened):
            flows = (frozen(site.astype(np.int32)), frozen(customer.astype(np.int32)), frozen(share))
            self._best[opened.tobytes()] = Opening(frozen(opened), *flows, cost=cost)
            self._order = sorted(self._best.items(), key=lambda item: (item[1].cost, item[0]))
