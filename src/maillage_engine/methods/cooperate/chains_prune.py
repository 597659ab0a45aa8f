"""Lower bounds on the cost of any chain that uses a site or an arc: what is dearer than the k-th chain is left out.

Costs are never negative, so a chain costs at least what one of its sites must pay by itself: its own costs, the
cheapest way to bring each line taken (the dearest lines forgiven, as many as may be missing), the cheapest way out.
A chain that uses an arc pays that arc instead of the cheapest one of its line. When the k best chains of a part of the
territory cost at most U, no chain with a site or an arc bounded above U is among the k best of the whole.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from maillage_engine.methods.cooperate.chains_model import NOWHERE, Arc, ChainModel
from maillage_engine.methods.cooperate.chains_solve import ChainProgram


@dataclass(frozen=True, slots=True)
class SiteBound:
    """``structural``: lines that nobody at all can bring. ``lines``: cheapest way for each line or option."""

    structural: int
    own: float
    out: float
    lines: tuple[float, ...]
    group_of: tuple[int, ...]

    def least(self, missing: int) -> float:
        """Return the least cost of a chain with this site that misses at most ``missing`` lines; inf: none does."""
        if missing < self.structural:
            return math.inf
        return self.own + self.out + _without_dearest(self.lines, missing - self.structural)


def _without_dearest(costs: tuple[float, ...], forgiven: int) -> float:
    finite = sorted(cost for cost in costs if math.isfinite(cost))
    return sum(finite[: max(0, len(finite) - forgiven)])


class Bounds:
    """The bounds of every site and arc of a model."""

    def __init__(self, model: ChainModel) -> None:
        self.model = model
        self.offer_cost = model.chain_problem.costs.row("fixed", len(model.chain_problem.problem.offers))
        self.into: dict[tuple[int, int], list[int]] = {}
        leaving: dict[int, float] = {}
        for at, arc in enumerate(model.arcs):
            if arc.to_site != NOWHERE:
                self.into.setdefault((arc.to_site, arc.taken), []).append(at)
            if arc.site != NOWHERE:
                leaving[arc.site] = min(leaving.get(arc.site, math.inf), arc.road_cost)
        self.sites = [self._site(site, leaving.get(site, math.inf)) for site in range(len(model.sites))]

    def _site(self, site: int, out: float) -> SiteBound:
        recipe = self.model.recipe(site)
        options = list(recipe.options.values())
        group_of = [-1] * len(recipe.takes)
        groups: list[list[int]] = []
        for lines in [*options, *([at] for at, line in enumerate(recipe.takes) if not line.option)]:
            for taken in lines:
                group_of[taken] = len(groups)
            groups.append(list(lines))
        cheapest = tuple(self._cheapest(site, group) for group in groups)
        structural = len([cost for cost in cheapest if math.isinf(cost)])
        return SiteBound(structural, recipe.fixed_cost, out, cheapest, tuple(group_of))

    def _cheapest(self, site: int, group: list[int]) -> float:
        arcs = [at for taken in group for at in self.into.get((site, taken), ())]
        return min((self.cost(self.model.arcs[at]) for at in arcs), default=math.inf)

    def cost(self, arc: Arc) -> float:
        """Return the cost that using an arc brings by itself (what its offer costs may be shared, so it is not in)."""
        return arc.road_cost

    def arc(self, at: int, missing: int) -> float:
        """Return the least cost of a chain that uses an arc and misses at most ``missing`` lines."""
        arc = self.model.arcs[at]
        least = self.cost(arc)
        if arc.to_site != NOWHERE:
            bound = self.sites[arc.to_site]
            cheapest = bound.lines[bound.group_of[arc.taken]]
            least = (
                max(least, bound.least(missing) - cheapest + least)
                if missing >= bound.structural
                else math.inf
            )
        if arc.site != NOWHERE:
            bound = self.sites[arc.site]
            least = max(least, bound.least(missing) - bound.out + self.cost(arc))
        return least


Part = tuple[frozenset[int], frozenset[int]]
"""Sites and arcs."""
ROUNDS = 3


class Pruned:
    """What may matter at one level of missing roles; ``possible`` is False when no chain misses so few.

    The relaxed program says what each site and each arc adds to the least cost when it is used: with a limit on the
    cost, those that add too much are left out, and the program of the rest says more.
    """

    def __init__(self, model: ChainModel, bounds: Bounds, sizes: list[float], missing: int) -> None:
        self.model, self.bounds, self.sizes, self.missing = model, bounds, sizes, missing
        self.kept = self._under(math.inf)
        self._relax()

    @property
    def possible(self) -> bool:
        """Whether the relaxed program has a solution."""
        return math.isfinite(self.least)

    def near(self, width: int) -> Part:
        """Return the ``width`` arcs that add least, and the one that adds least of each line and need."""
        arcs = sorted(self.kept[1], key=lambda at: (self.arcs[at], self.model.arcs[at].road_cost, at))
        first: dict[tuple[int, int, int], int] = {}
        for at in arcs:
            arc = self.model.arcs[at]
            first.setdefault((arc.to_site, arc.taken, arc.need), at)
        chosen = set(arcs[:width])
        sites = {end for at in chosen for end in (self.model.arcs[at].site, self.model.arcs[at].to_site)}
        sites.discard(NOWHERE)
        chosen |= {at for (to_site, _, _), at in first.items() if to_site == NOWHERE or to_site in sites}
        inside = {
            at
            for at in chosen
            if all(
                end == NOWHERE or end in sites
                for end in (self.model.arcs[at].site, self.model.arcs[at].to_site)
            )
        }
        return frozenset(sites & self.kept[0]), frozenset(inside)

    def keep_under(self, limit: float) -> None:
        """Leave out what no chain of cost at most ``limit`` uses."""
        for _ in range(ROUNDS):
            sites = frozenset(at for at in self.kept[0] if self.least + self.sites[at] <= limit)
            arcs = frozenset(at for at in self.kept[1] if self.least + self.arcs[at] <= limit)
            under = self._under(limit)
            before, self.kept = self.kept, (sites & under[0], self._inside(sites & under[0], arcs & under[1]))
            if self.kept == before:
                return
            self._relax()

    def _relax(self) -> None:
        program = ChainProgram(
            self.model, sorted(self.kept[0]), sorted(self.kept[1]), self.sizes, self.missing
        )
        self.least, self.sites, self.arcs = program.added()

    def _under(self, limit: float) -> Part:
        sites = frozenset(
            at
            for at, bound in enumerate(self.bounds.sites)
            if bound.structural <= self.missing and bound.least(self.missing) <= limit
        )
        arcs = (at for at in range(len(self.model.arcs)) if self.bounds.arc(at, self.missing) <= limit)
        return sites, self._inside(sites, arcs)

    def _inside(self, sites: frozenset[int], arcs: Iterable[int]) -> frozenset[int]:
        ends = self.model.arcs
        return frozenset(
            at
            for at in arcs
            if all(end == NOWHERE or end in sites for end in (ends[at].site, ends[at].to_site))
        )
