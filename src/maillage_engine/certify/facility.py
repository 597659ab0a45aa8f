"""The certificate of an opening: flows weighed again, costs added again, each leaf of the tree bounded again.

Nothing of the method is reused: the knapsacks are sorted here, with NumPy, and every bound is rounded down.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Floats
from maillage_engine.certify.proof import TOLERANCE, Check, Proof, relative_gap
from maillage_engine.methods.facility.problem import FacilityProblem, above_any_cost
from maillage_engine.methods.facility.result import FacilityResult, Opening
from maillage_engine.methods.facility.tree import COUNT, INNER, NOBODY, RAY
from maillage_engine.version import ENGINE_VERSION

CLOSED, OPEN, FREE = 0, 1, -1
ROUNDING = 1e-12
"""Relative share of the terms of a sum that is taken off a bound, more than 64-bit sums of 10⁴ terms can lose."""
FITS = 1e-9

CHECKS = {
    "digest": "le résultat est celui de ce problème",
    "sites": "les sites ouverts respectent les sites existants et le nombre permis ; les réponses diffèrent",
    "flows": "chaque besoin est servi en entier, par des sites ouverts, sans dépasser leur capacité",
    "cost": "les coûts recomptés ligne à ligne sont ceux annoncés, du moins cher au plus cher",
    "tree": "l’arbre partage tous les choix de sites sans en oublier",
    "bound": "la borne recalculée feuille par feuille est au moins celle annoncée",
    "others": "tout autre choix de sites coûte au moins ce qui est annoncé",
    "status": "ce que le résultat dit prouver l’est",
}


def certify_facility(problem: FacilityProblem, result: FacilityResult) -> Proof:
    """Return the certificate: ``objective`` of the best opening added again (+inf: none), ``bound`` proved again."""
    faults: dict[str, str] = {}
    if result.digest != problem.digest() or result.engine_version != ENGINE_VERSION:
        faults["digest"] = "le résultat vient d’un autre problème ou d’une autre version"
    costs = [_opening(problem, one, faults) for one in result.openings]
    _ranking(result, costs, faults)
    best = min(costs, default=np.inf)
    bound, others = _Leaves(problem, result, faults).bounds()
    bound = min(bound, best)
    _claims(result, (bound, others), costs, faults)
    proved = bound if np.isfinite(bound) else None
    return Proof(
        checks=tuple(
            Check(name, name not in faults, faults.get(name, words)) for name, words in CHECKS.items()
        ),
        objective=best,
        bound=proved,
        gap=relative_gap(best, proved) if np.isfinite(best) else None,
        digest=result.digest,
        engine_version=result.engine_version,
    )


def _opening(problem: FacilityProblem, one: Opening, faults: dict[str, str]) -> float:
    """Check one opening and return its cost added again."""
    new = np.count_nonzero(one.open & ~problem.existing)
    if (problem.existing & ~one.open).any():
        faults["sites"] = "un site existant est fermé"
    if problem.max_openings is not None and new > problem.max_openings:
        faults["sites"] = f"{new} ouvertures pour {problem.max_openings} permises"
    served = np.bincount(one.customer, weights=one.share, minlength=problem.customers)
    carried = one.share * problem.demand[one.customer]
    load = np.bincount(one.site, weights=carried, minlength=problem.sites)
    if not (np.abs(served - 1.0) <= TOLERANCE).all():
        faults["flows"] = (
            f"le besoin {problem.customer_ids[int(np.argmax(np.abs(served - 1.0)))]} n’est pas servi"
        )
    if (load > problem.capacity * (1.0 + TOLERANCE)).any():
        faults["flows"] = f"le site {problem.site_ids[int(np.argmax(load - problem.capacity))]} déborde"
    if not one.open[one.site].all() or not (one.share > 0.0).all():
        faults["flows"] = "une part vient d’un site fermé ou n’est pas positive"
    if problem.single_source and len(set(one.customer.tolist())) != len(one.customer):
        faults["flows"] = "un besoin est partagé entre deux sites"
    cost = float(problem.fixed_cost[one.open].sum())
    cost += float((problem.serve_cost[one.site, one.customer] * one.share).sum())
    if not abs(cost - one.cost) <= TOLERANCE * max(1.0, abs(cost)):
        faults["cost"] = f"annoncé {one.cost}, recompté {cost}"
    return cost


def _ranking(result: FacilityResult, costs: list[float], faults: dict[str, str]) -> None:
    keys = [one.open.tobytes() for one in result.openings]
    if len(set(keys)) != len(keys) or len(keys) > result.k:
        faults["sites"] = "la même réponse deux fois, ou plus de réponses que demandé"
    if any(after < before - TOLERANCE * max(1.0, before) for before, after in pairwise(costs)):
        faults["cost"] = "les réponses ne vont pas de la moins chère à la plus chère"


def _claims(
    result: FacilityResult, proved: tuple[float, float], costs: list[float], faults: dict[str, str]
) -> None:
    """What the result says of its bounds and status is no more than what the leaves prove."""
    for name, said, found in zip(
        ("bound", "others"), (result.bound, result.others_bound), proved, strict=True
    ):
        claimed = np.inf if said is None else said
        if claimed > found + TOLERANCE * max(1.0, abs(found)):
            faults[name] = f"annoncé {claimed}, prouvé {found}"
    bound, others = proved
    if result.status == "infeasible" and (costs or np.isfinite(bound)):
        faults["status"] = "il est dit que rien n’est possible, ce n’est pas prouvé"
    if result.status == "optimal":
        good = bool(costs) and bound >= costs[0] - TOLERANCE * max(1.0, costs[0])
        if result.k > 1 and good:
            full = len(costs) == result.k
            good = others >= costs[-1] - TOLERANCE * max(1.0, costs[-1]) if full else others == np.inf
        if not good:
            faults["status"] = "il est dit que c’est le mieux, ce n’est pas prouvé"


@dataclass(frozen=True)
class _At:
    node: int
    state: AnyArray
    pairs: tuple[tuple[int, int], ...] = ()


@dataclass
class _Leaves:
    """Walks the tree and bounds each leaf from its multipliers."""

    problem: FacilityProblem
    result: FacilityResult
    faults: dict[str, str]
    _gains: dict[tuple[int, bool], Floats] = field(default_factory=dict)

    def bounds(self) -> tuple[float, float]:
        """Return what no solution, and no set outside the answers, costs less than; +inf when there is none."""
        tree, problem = self.result.tree, self.problem
        state = np.where(problem.existing, OPEN, FREE).astype(np.int8)
        waiting, met = [_At(0, state)], 0
        named = {one.open.tobytes() for one in self.result.openings}
        bound = others = np.inf
        while waiting:
            at = waiting.pop()
            met += 1
            if met > len(tree.kind):
                self.faults["tree"] = "l’arbre tourne en rond"
                return -np.inf, -np.inf
            if tree.kind[at.node] == INNER:
                waiting += self._children(at)
                continue
            least = self._leaf(at)
            bound = min(bound, least)
            if self._decided(at.state) not in named:
                others = min(others, least)
        return bound, others

    def _children(self, at: _At) -> list[_At]:
        tree = self.result.tree
        site, customer = int(tree.site[at.node]), int(tree.customer[at.node])
        no, yes = int(tree.no[at.node]), int(tree.yes[at.node])
        if customer != NOBODY:
            if not self.problem.single_source:
                self.faults["tree"] = "un besoin peut être partagé : on ne peut pas trancher ainsi"
            elsewhere = tuple((other, customer) for other in range(self.problem.sites) if other != site)
            return [
                _At(no, at.state, (*at.pairs, (site, customer))),
                _At(yes, at.state, at.pairs + elsewhere),
            ]
        if at.state[site] != FREE:
            self.faults["tree"] = "un site est décidé deux fois"
        children = []
        for node, choice in ((no, CLOSED), (yes, OPEN)):
            state = at.state.copy()
            state[site] = choice
            children.append(_At(node, state, at.pairs))
        return children

    def _leaf(self, at: _At) -> float:
        """The bound of a leaf, rounded down; +inf when it is proved empty."""
        kind, row = int(self.result.tree.kind[at.node]), int(self.result.tree.multiplier[at.node])
        least, most = _range(self.problem, at.state)
        if least > most:
            return np.inf
        if kind == COUNT:
            self.faults["tree"] = "une feuille dite vide par ses capacités ne l’est pas"
            return -np.inf
        if row == NOBODY:
            return -np.inf
        multipliers = self.result.tree.multipliers[row]
        slope = self._slopes(row, at.pairs, ray=kind == RAY)
        free = np.sort(slope[at.state == FREE])
        number = int(np.clip(np.count_nonzero(free < 0.0), least, most))
        terms = np.concatenate([multipliers, slope[at.state == OPEN], free[:number]])
        value = float(terms.sum()) - ROUNDING * float(np.abs(terms).sum() + np.abs(multipliers).sum())
        if kind == RAY:
            return self._empty(value)
        return np.inf if value >= above_any_cost(self.problem) * (1.0 - FITS) else value

    def _empty(self, value: float) -> float:
        if value > TOLERANCE:
            return np.inf
        self.faults["tree"] = "une feuille dite vide ne l’est pas"
        return -np.inf

    def _slopes(self, row: int, pairs: tuple[tuple[int, int], ...], *, ray: bool) -> Floats:
        """Fixed cost + knapsack of each site; a ray prices everything at nothing."""
        problem, multipliers = self.problem, self.result.tree.multipliers[row]
        costs = np.where(np.isfinite(problem.serve_cost), 0.0, np.inf) if ray else problem.serve_cost
        if problem.single_source:
            costs = np.where(problem.demand[None, :] > problem.capacity[:, None], np.inf, costs)
        if (row, ray) not in self._gains:
            each = [_knapsack(problem, site, costs[site] - multipliers) for site in range(problem.sites)]
            self._gains[row, ray] = np.array(each)
        slope = self._gains[row, ray] + (0.0 if ray else problem.fixed_cost)
        for site in {site for site, _ in pairs}:
            reduced = costs[site] - multipliers
            reduced[[customer for other, customer in pairs if other == site]] = np.inf
            slope[site] = _knapsack(problem, site, reduced) + (0.0 if ray else problem.fixed_cost[site])
        return slope

    def _decided(self, state: AnyArray) -> bytes:
        """The key of the one set left by a state; empty when there are several."""
        free = state == FREE
        least, most = _range(self.problem, state)
        opened: Bools = state == OPEN
        if free.any() and most > 0:
            if least != np.count_nonzero(free):
                return b""
            opened = opened | free
        return opened.tobytes()


def _range(problem: FacilityProblem, state: AnyArray) -> tuple[int, int]:
    """The fewest and the most free sites that any solution opens; fewest above most when there is none."""
    free, opened = state == FREE, state == OPEN
    most = int(np.count_nonzero(free))
    if problem.max_openings is not None:
        most = min(most, problem.max_openings - int(np.count_nonzero(opened & ~problem.existing)))
    missing = float(problem.demand.sum()) * (1.0 - FITS) - float(problem.capacity[opened].sum())
    least = 0
    for room in np.sort(problem.capacity[free])[::-1]:
        if missing <= 0.0:
            break
        missing -= float(room)
        least += 1
    return (1, 0) if missing > 0.0 or most < 0 else (least, most)


def _knapsack(problem: FacilityProblem, site: int, reduced: Floats) -> float:
    """The least Σ reduced·t with Σ demand·t ≤ capacity and 0 ≤ t ≤ 1; at most 0, rounded down."""
    gaining = np.flatnonzero(reduced < 0.0)
    if not len(gaining):
        return 0.0
    demand, value = problem.demand[gaining], reduced[gaining]
    weightless = demand <= 0.0
    ratio = np.where(weightless, -np.inf, value / np.where(weightless, 1.0, demand))
    order = np.argsort(ratio, kind="stable")
    demand, value = demand[order], value[order]
    room = problem.capacity[site] - np.concatenate([[0.0], np.cumsum(demand)[:-1]])
    part = np.where(demand > 0.0, np.clip(room / np.where(demand > 0.0, demand, 1.0), 0.0, 1.0), 1.0)
    total = float((value * part).sum())
    return total * (1.0 + ROUNDING)
