"""Every set of dealings tried one by one: the twin of ``methods.cooperate.chains``, for very small territories.

A dealing is somebody bringing something to a site or a need. For each set of dealings the recipes they touch are
carried out; each line that nobody brings is missing; amounts come from a linear program.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.reference.chain_rules import SlowTerritory

Parts = frozenset[tuple[str, int]]
Place = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Dealing:
    """From ``offer`` (-1: from what ``site`` gives) to line ``taken`` of ``to_site``, or to ``need`` (-1: none)."""

    offer: int
    site: int
    given: int
    to_site: int
    taken: int
    need: int
    cost: float


@dataclass(frozen=True, slots=True)
class SlowChain:
    """``missing`` lines and the least ``cost`` with these parts."""

    parts: Parts
    missing: int
    cost: float


def slow_chains(chain_problem: ChainProblem, *, k: int, spare: int = 0) -> list[SlowChain]:
    """Return the chains in order, those that hold all the parts of an earlier one left out."""
    best: dict[Parts, tuple[int, float]] = {}
    for one in _SlowCase(chain_problem).every():
        rank = (one.missing, one.cost)
        best[one.parts] = min(best.get(one.parts, rank), rank)
    ordered = sorted(best.items(), key=lambda item: (item[1][0], round(item[1][1], 4), len(item[0])))
    kept: list[SlowChain] = []
    for parts, (missing, cost) in ordered:
        few = not kept or missing <= kept[0].missing + spare
        if few and len(kept) < k and not any(was.parts <= parts for was in kept):
            kept.append(SlowChain(parts, missing, cost))
    return kept


class _SlowCase:
    def __init__(self, chain_problem: ChainProblem) -> None:
        self.given = chain_problem
        self.land = SlowTerritory(chain_problem)
        self.places = list(self._places())
        self.dealings = [one for one in self._dealings() if one is not None]
        self.fixed = chain_problem.costs.row("fixed", len(self.land.offers))
        self.unit = chain_problem.costs.row("unit", len(self.land.offers))

    def _places(self) -> Iterator[Place]:
        for at, recipe in enumerate(self.given.recipes):
            line = recipe.place_line
            if line is None:
                yield at, -1, False
                continue
            for offer in range(len(self.land.offers)):
                if self.land.may_play(offer, at, line, offer):
                    yield at, offer, False
            yield at, -1, True

    def _dealings(self) -> Iterator[Dealing]:
        land, offers = self.land, range(len(self.land.offers))
        for site, (recipe, place, _) in enumerate(self.places):
            made = self.given.recipes[recipe]
            for taken in range(len(made.takes)):
                if taken == made.place_line:
                    continue
                for offer in offers:
                    if land.may_play(offer, recipe, taken, place):
                        road = land.road(land.metres(offer, place) if place != -1 else self._from(offer))
                        yield Dealing(offer, -1, -1, site, taken, -1, road)
                for other, (from_recipe, from_place, _) in enumerate(self.places):
                    for given in range(len(self.given.recipes[from_recipe].gives)):
                        if other != site and land.may_pass(
                            from_place, from_recipe, given, place, recipe, taken
                        ):
                            road = land.road(land.metres(from_place, place))
                            yield Dealing(-1, other, given, site, taken, -1, road)
        for need in self.given.targets:
            for offer in offers:
                if land.direct(offer, need):
                    yield Dealing(offer, -1, -1, -1, -1, need, land.road(land.metres(offer, -1, need=need)))
            for site, (recipe, place, _) in enumerate(self.places):
                for given in range(len(self.given.recipes[recipe].gives)):
                    if land.may_give(place, recipe, given, need):
                        yield Dealing(
                            -1, site, given, -1, -1, need, land.road(land.metres(place, -1, need=need))
                        )

    def _from(self, offer: int) -> int:
        return self.land.metres(offer, -1, need=self.given.targets[0])

    def every(self) -> Iterator[SlowChain]:
        """Yield every chain that is possible, its fewest missing lines and its least cost."""
        for size in range(1, len(self.dealings) + 1):
            for chosen in combinations(self.dealings, size):
                if self._is_worth(chosen):
                    yield from self._with(chosen)

    def _is_worth(self, chosen: tuple[Dealing, ...]) -> bool:
        """Whether each need is served and each site leads to one; a chain with a useless site is never kept."""
        if not all(any(one.need == need for one in chosen) for need in self.given.targets):
            return False
        useful = {one.site for one in chosen if one.need != -1}
        for _ in self.places:
            useful |= {one.site for one in chosen if one.to_site in useful and one.to_site != -1}
        return all(at == -1 or at in useful for one in chosen for at in (one.site, one.to_site))

    def _with(self, chosen: tuple[Dealing, ...]) -> Iterator[SlowChain]:
        sites = sorted({at for one in chosen for at in (one.site, one.to_site) if at != -1})
        used: dict[str, set[int]] = {}
        for site in sites:
            recipe = self.given.recipes[self.places[site][0]]
            if recipe.choice:
                used.setdefault(recipe.choice, set()).add(self.places[site][0])
        if any(len(recipes) > 1 for recipes in used.values()):
            return
        seats = [(one.offer, one.to_site) for one in chosen if one.offer != -1 and one.to_site != -1]
        seats += [(self.places[site][1], site) for site in sites if self.places[site][1] != -1]
        if len(set(seats)) != len(seats):
            return
        for picked in product(*(self._pick(site) for site in sites)):
            asked = dict(zip(sites, picked, strict=True))
            if all(one.to_site == -1 or one.taken in asked[one.to_site] for one in chosen):
                yield from self._cheapest(chosen, asked)

    def _pick(self, site: int) -> list[frozenset[int]]:
        """Return every set of lines that a site may ask: one of each option."""
        recipe = self.given.recipes[self.places[site][0]]
        plain = {at for at, line in enumerate(recipe.takes) if not line.option}
        return [frozenset(plain | set(one)) for one in product(*recipe.options.values())]

    def _cheapest(self, chosen: tuple[Dealing, ...], asked: dict[int, frozenset[int]]) -> Iterator[SlowChain]:
        brought = {(one.to_site, one.taken) for one in chosen}
        lines = [(site, taken) for site, picked in asked.items() for taken in sorted(picked)]
        forced, free = [], []
        for site, taken in lines:
            recipe, _, place_missing = self.places[site]
            made = self.given.recipes[recipe]
            if made.place_line == taken:
                if place_missing:
                    forced.append((site, taken))
            elif (site, taken) not in brought:
                forced.append((site, taken))
            elif made.takes[taken].quantity is not None:
                free.append((site, taken))
        for more in range(len(free) + 1):
            costs = [
                cost
                for extra in combinations(free, more)
                if (cost := self._amounts(chosen, asked, {*forced, *extra})) is not None
            ]
            if costs:
                offers = {one.offer for one in chosen if one.offer != -1}
                offers |= {self.places[site][1] for site in asked if self.places[site][1] != -1}
                parts = {("offer", one) for one in offers} | {
                    ("recipe", self.places[site][0]) for site in asked
                }
                total = (
                    min(costs)
                    + sum(one.cost for one in chosen)
                    + sum(float(self.fixed[one]) for one in offers)
                )
                total += sum(self.given.recipes[self.places[site][0]].fixed_cost for site in asked)
                yield SlowChain(frozenset(parts), len(forced) + more, total)
                return

    def _amounts(
        self, chosen: tuple[Dealing, ...], asked: dict[int, frozenset[int]], missing: set[tuple[int, int]]
    ) -> float | None:
        """Return the least cost of the amounts, None when there is no way; columns: dealings, then sizes."""
        from scipy.optimize import linprog  # noqa: PLC0415  (heavy: at the first use)

        sites = list(asked)
        width = len(chosen) + len(sites)
        rows: list[list[float]] = []
        limits: list[float] = []
        counted = [self._is_counted(one) for one in chosen]

        def at_most(terms: dict[int, float], limit: float) -> None:
            rows.append([terms.get(column, 0.0) for column in range(width)])
            limits.append(limit)

        for column, site in enumerate(sites, start=len(chosen)):
            self._lines(chosen, counted, asked[site], missing, site, column, at_most)
        for offer in {one.offer for one in chosen} | {self.places[site][1] for site in sites}:
            if offer != -1 and self.land.offers[offer].quantity is not None:
                at_most(*self._taken(offer, chosen, counted, sites))
        for need in self.given.targets:
            wanted = self.land.needs[need].quantity
            whole = any(one.need == need and not counted[at] for at, one in enumerate(chosen))
            if wanted is not None and not whole:
                at_most({at: -1.0 for at, one in enumerate(chosen) if one.need == need}, -wanted)
        prices, bounds = self._columns(chosen, counted, sites)
        found = linprog(prices, A_ub=rows or None, b_ub=limits or None, bounds=bounds)
        return float(found.fun) if found.status == 0 else None

    def _columns(
        self, chosen: tuple[Dealing, ...], counted: list[bool], sites: list[int]
    ) -> tuple[list[float], list[tuple[float, float | None]]]:
        """Return what one more unit of each column costs, and its bounds: dealings, then sizes."""
        prices: list[float] = []
        bounds: list[tuple[float, float | None]] = []
        for at, one in enumerate(chosen):
            prices.append(float(self.unit[one.offer]) if one.offer != -1 else 0.0)
            bounds.append((self._least(one), None) if counted[at] else (0.0, 0.0))
        for site in sites:
            recipe, _, place_missing = self.places[site]
            made = self.given.recipes[recipe]
            once = any(one.site == site and not counted[at] for at, one in enumerate(chosen))
            endless = place_missing or made.largest == float("inf")
            prices.append(made.unit_cost)
            bounds.append((min(1.0, made.largest) if once else 0.0, None if endless else made.largest))
        return prices, bounds

    def _taken(
        self, offer: int, chosen: tuple[Dealing, ...], counted: list[bool], sites: list[int]
    ) -> tuple[dict[int, float], float]:
        """Return the row that says that no more of an offer is taken, by dealings and as places, than it has."""
        quantity = float(self.land.offers[offer].quantity or 0.0)
        terms = {at: 1.0 for at, one in enumerate(chosen) if one.offer == offer and counted[at]}
        for column, site in enumerate(sites, start=len(chosen)):
            made = self.given.recipes[self.places[site][0]]
            line = made.takes[made.place_line] if made.place_line is not None else None
            if self.places[site][1] == offer and line is not None and line.quantity is not None:
                if line.once:
                    quantity -= line.quantity
                else:
                    terms[column] = line.quantity
        return terms, quantity

    def _lines(self, chosen, counted, picked, missing, site, column, at_most) -> None:  # type: ignore[no-untyped-def]  # one part of ``_amounts``, cut for its length
        made = self.given.recipes[self.places[site][0]]
        for taken in picked:
            line = made.takes[taken]
            arcs = [at for at, one in enumerate(chosen) if (one.to_site, one.taken) == (site, taken)]
            if line.quantity is None or taken == made.place_line or (site, taken) in missing:
                continue
            if any(not counted[at] for at in arcs):
                continue
            terms = dict.fromkeys(arcs, -1.0)
            if line.once:
                at_most(terms, -line.quantity)
            else:
                at_most({**terms, column: line.quantity}, 0.0)
        for given, out in enumerate(made.gives):
            arcs = [at for at, one in enumerate(chosen) if (one.site, one.given) == (site, given)]
            if out.quantity is not None and any(counted[at] for at in arcs):
                at_most({**{at: 1.0 for at in arcs if counted[at]}, column: -out.quantity}, 0.0)

    def _is_counted(self, one: Dealing) -> bool:
        given = one.site == -1 or self._made(one.site).gives[one.given].quantity is not None
        if one.need != -1:
            return given and self.land.needs[one.need].quantity is not None
        return given and self._made(one.to_site).takes[one.taken].quantity is not None

    def _made(self, site: int):  # type: ignore[no-untyped-def]  # the recipe of a site
        return self.given.recipes[self.places[site][0]]

    def _least(self, one: Dealing) -> float:
        own = self.land.offers[one.offer].minimum if one.offer != -1 else 0.0
        return max(own, self.land.needs[one.need].minimum if one.need != -1 else 0.0)
