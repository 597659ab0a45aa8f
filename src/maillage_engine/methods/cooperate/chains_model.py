"""Where each recipe may be carried out, and who may bring what to whom: sites and arcs, nothing decided yet.

Only what may lead to a target is kept: the recipes that give a type the targets or other kept recipes take (the
backward half of the maximal structure), then the pairs that types, authorisations, dates, calendars and accepted
distances allow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from maillage_engine.arrays import Bools, Int32s, Int64s
from maillage_engine.methods.cooperate.bundles_cover import cover_of
from maillage_engine.methods.cooperate.chains_problem import LEAST_CLOSENESS, UNKNOWN_KM, ChainProblem
from maillage_engine.methods.cooperate.recipes import Recipe, RecipeLine
from maillage_engine.problem.compatibility import closeness_matrix
from maillage_engine.problem.dimensions import dimension_index
from maillage_engine.problem.geography import NO_LIMIT, UNKNOWN_DISTANCE, arc_metres
from maillage_engine.problem.side import Side

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its hours, months, days and accepted distance: a row of the needs or of the offers."""

    side: Side
    row: int


@dataclass(frozen=True, slots=True)
class Site:
    """A recipe at a place: ``place`` row of an offer or -1; ``missing_place`` when the place itself is missing."""

    recipe: int
    place: int
    missing_place: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """Somebody may bring something. From ``offer``, or from line ``given`` of ``site``; to line ``taken`` of
    ``to_site``, or to ``need``.

    ``most``: largest amount (inf: no limit known), ``least``: smallest one when used. ``counted`` is False when only
    being there matters. ``road_cost``: of the kilometres, ``unit_cost`` by unit of amount.
    """

    offer: int
    site: int
    given: int
    to_site: int
    taken: int
    need: int
    most: float
    least: float
    counted: bool
    distance_m: int
    road_cost: float
    unit_cost: float


@dataclass(eq=False)
class ChainModel:
    """Every site and every arc of a chain problem."""

    chain_problem: ChainProblem
    sites: list[Site] = field(default_factory=list)
    arcs: list[Arc] = field(default_factory=list)

    def recipe(self, site: int) -> Recipe:
        """Return the recipe of a site."""
        return self.chain_problem.recipes[self.sites[site].recipe]

    def line(self, site: int, taken: int) -> RecipeLine:
        """Return a line taken at a site."""
        return self.recipe(site).takes[taken]


def model_of(chain_problem: ChainProblem) -> ChainModel:
    """Return the sites and the arcs."""
    return _Builder(chain_problem).build()


class _Builder:
    def __init__(self, chain_problem: ChainProblem) -> None:
        self.given = chain_problem
        self.problem = chain_problem.problem
        self.offers = self.problem.offers
        self.model = ChainModel(chain_problem)
        count = len(self.offers)
        self.unit = chain_problem.costs.row("unit", count)
        types = self.problem.types
        # only the tree counts here: a link says what answers a need, not what stands in for an ingredient
        self.closeness = closeness_matrix(types.parents, [])
        self.demanded = self.offers.requires | self.problem.type_requires[self.offers.types]
        self.hazard = self.problem.type_hazard[self.offers.types]
        self.in_time = self.offers.until_day >= np.maximum(self.offers.from_day, self.problem.today)
        self.candidates: dict[tuple[int, int], Int64s] = {}

    def build(self) -> ChainModel:
        for recipe in self._useful():
            self._sites_of(recipe)
        for site in range(len(self.model.sites)):
            for taken in range(len(self.model.recipe(site).takes)):
                self._arcs_to_line(site, taken)
        self._between_sites()
        for need in self.given.targets:
            self._arcs_to_need(need)
        return self.model

    def _useful(self) -> list[int]:
        """Recipes from which a path leads to a target, in their order."""
        types, needs = self.problem.types, self.problem.needs
        wanted = {int(needs.types[row]) for row in self.given.targets}
        found: set[int] = set()
        changed = True
        while changed:
            changed = False
            for at, recipe in enumerate(self.given.recipes):
                given = {types.index[line.type] for line in recipe.gives}
                if at not in found and any(self._answers(one, other) for one in given for other in wanted):
                    found.add(at)
                    wanted |= {types.index[line.type] for line in recipe.takes}
                    changed = True
        return sorted(found)

    def _answers(self, offered: int, wanted: int) -> bool:
        """Whether a type is another or more specific, and both are counted in the same dimension."""
        if wanted < 0 or self.closeness[offered, wanted] < LEAST_CLOSENESS:
            return False
        types = self.problem.types.types
        return types[offered].dimension == types[wanted].dimension

    def _sites_of(self, recipe: int) -> None:
        line = self.given.recipes[recipe].place_line
        if line is None:
            self.model.sites.append(Site(recipe, NOWHERE, missing_place=False))
            return
        for offer in self._who(recipe, line).tolist():
            if self._safe(np.array([offer]), offer)[0]:
                self.model.sites.append(Site(recipe, offer, missing_place=False))
        self.model.sites.append(Site(recipe, NOWHERE, missing_place=True))

    def _who(self, recipe: int, taken: int) -> Int64s:
        """Rows of the offers whose type, authorisations and days suit a line, wherever it is carried out."""
        if (recipe, taken) not in self.candidates:
            made = self.given.recipes[recipe]
            line = made.takes[taken]
            wanted = self.problem.types.index[line.type]
            bits = np.uint64(0)
            for code in made.role_of[line.role].requires:
                bits |= np.uint64(1 << self.problem.authorisations.index(code))
            bits |= self.problem.type_requires[wanted]
            suits = (self.offers.types >= 0) & (self.closeness[self.offers.types, wanted] >= LEAST_CLOSENESS)
            suits &= ((self.demanded | bits) & ~self.offers.holds) == 0
            suits &= self.in_time
            if line.quantity is not None:
                dimension = dimension_index(self.problem.types.types[wanted].dimension)
                known = self.offers.dimension
                suits &= (known < 0) | (dimension < 0) | (known == dimension)
            self.candidates[recipe, taken] = np.flatnonzero(suits)
        return self.candidates[recipe, taken]

    def _safe(self, offers: Int64s, place: int) -> Bools:
        """Whether somebody holds what the hazard of a material asks: who brings it, or who has the place."""
        holds = self.offers.holds[offers]
        if place != NOWHERE:
            holds = holds | self.offers.holds[place]
        safe: Bools = (self.hazard[offers] & ~holds) == 0
        return safe

    def _spot(self, site: int) -> Spot:
        place = self.model.sites[site].place
        if place == NOWHERE:
            return Spot(self.problem.needs, self.given.targets[0])
        return Spot(self.offers, place)

    def _meets(self, offers: Int64s, spot: Spot) -> tuple[Bools, Int32s]:
        """Whether each offer meets a spot in days, week, months and distance; and the distances."""
        side, row, one = spot.side, spot.row, self.offers
        meets = np.minimum(one.until_day[offers], side.until_day[row]) >= np.maximum(
            one.from_day[offers], side.from_day[row]
        )
        meets &= (one.week_words[offers] & side.week_words[row]).any(axis=1)
        meets &= (np.minimum(one.months[offers], side.months[row]) > 0).any(axis=1)
        apart = ((one.metres[offers] - side.metres[row]) ** 2).sum(axis=1)
        located = one.located[offers] & side.located[row]
        distance = np.where(located, arc_metres(apart), np.int32(UNKNOWN_DISTANCE))
        limit = np.minimum(one.limit_m[offers], side.limit_m[row])
        meets &= (distance <= limit) | (limit == NO_LIMIT)
        return meets, distance

    def _road(self, distance_m: int) -> float:
        km = UNKNOWN_KM if distance_m == UNKNOWN_DISTANCE else distance_m / 1000.0
        return self.given.costs.per_km * km

    def _arcs_to_line(self, site: int, taken: int) -> None:
        made, where = self.model.recipe(site), self.model.sites[site]
        line, at_place = made.takes[taken], made.place_line == taken
        if at_place and where.missing_place:
            return
        who = np.array([where.place]) if at_place else self._who(where.recipe, taken)
        who = who[self._safe(who, where.place)]
        if at_place:
            meets, distance = np.ones(len(who), dtype=np.bool_), np.zeros(len(who), dtype=np.int32)
        else:
            meets, distance = self._meets(who, self._spot(site))
        for offer, metres in zip(who[meets].tolist(), distance[meets].tolist(), strict=True):
            quantity = float(self.offers.quantity[offer])
            self.model.arcs.append(
                Arc(
                    offer=offer,
                    site=NOWHERE,
                    given=NOWHERE,
                    to_site=site,
                    taken=taken,
                    need=NOWHERE,
                    most=np.inf if np.isnan(quantity) else quantity,
                    least=float(self.offers.minimum[offer]),
                    counted=line.quantity is not None,
                    distance_m=metres,
                    road_cost=self._road(metres),
                    unit_cost=float(self.unit[offer]),
                )
            )

    def _between_sites(self) -> None:
        """What a site gives may be what another takes."""
        types, by_recipe = self.problem.types, self._by_recipe()
        for one, other in product(by_recipe, by_recipe):
            giver, taker = self.given.recipes[one], self.given.recipes[other]
            for (given, out), (taken, line) in product(enumerate(giver.gives), enumerate(taker.takes)):
                if taker.place_line != taken and self._answers(types.index[out.type], types.index[line.type]):
                    for site, to_site in product(by_recipe[one], by_recipe[other]):
                        if site != to_site:
                            self._arc_between(site, given, to_site, taken)

    def _by_recipe(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for at, site in enumerate(self.model.sites):
            found.setdefault(site.recipe, []).append(at)
        return found

    def _arc_between(self, site: int, given: int, other: int, taken: int) -> None:
        here, there = self.model.sites[site], self.model.sites[other]
        made = self.model.recipe(other)
        asked = made.role_of[made.takes[taken].role].requires
        if here.place != NOWHERE:
            holds = int(self.offers.holds[here.place])
            if any(not holds >> self.problem.authorisations.index(code) & 1 for code in asked):
                return
        meets, metres = True, UNKNOWN_DISTANCE
        if here.place != NOWHERE:
            found, distance = self._meets(np.array([here.place]), self._spot(other))
            meets, metres = bool(found[0]), int(distance[0])
        elif there.place != NOWHERE:
            found, distance = self._meets(np.array([there.place]), self._spot(site))
            meets, metres = bool(found[0]), int(distance[0])
        else:
            metres = 0
        if meets:
            counted = (
                made.takes[taken].quantity is not None
                and self.model.recipe(site).gives[given].quantity is not None
            )
            self.model.arcs.append(
                Arc(
                    NOWHERE,
                    site,
                    given,
                    other,
                    taken,
                    NOWHERE,
                    np.inf,
                    0.0,
                    counted,
                    metres,
                    self._road(metres),
                    0.0,
                )
            )

    def _arcs_to_need(self, need: int) -> None:
        needs, types = self.problem.needs, self.problem.types
        quantity = float(needs.quantity[need])
        asks = not np.isnan(quantity)
        for arc in self._direct(need, asks=asks):
            self.model.arcs.append(arc)
        wanted = int(needs.types[need])
        for site in range(len(self.model.sites)):
            for given, out in enumerate(self.model.recipe(site).gives):
                if not self._answers(types.index[out.type], wanted):
                    continue
                metres, place = 0, self.model.sites[site].place
                if place != NOWHERE:
                    found, distance = self._meets(np.array([place]), Spot(needs, need))
                    if not found[0] or int(needs.requires[need]) & ~int(self.offers.holds[place]):
                        continue
                    metres = int(distance[0])
                counted = asks and out.quantity is not None
                least = float(needs.minimum[need])
                self.model.arcs.append(
                    Arc(
                        NOWHERE, site, given, NOWHERE, NOWHERE, need, np.inf, least, counted, metres,
                        self._road(metres), 0.0,
                    )
                )  # fmt: skip

    def _direct(self, need: int, *, asks: bool) -> Iterator[Arc]:
        """Offers that answer the need without any recipe: those that every rule of a pair lets pass."""
        cover = cover_of(self.problem, need, "year", same_type=True)
        for offer, metres in zip(cover.offers.tolist(), cover.distance_m.tolist(), strict=True):
            quantity = float(self.offers.quantity[offer])
            least = max(float(self.offers.minimum[offer]), float(self.problem.needs.minimum[need]))
            yield Arc(
                offer, NOWHERE, NOWHERE, NOWHERE, NOWHERE, need,
                np.inf if np.isnan(quantity) else quantity, least, asks, metres,
                self._road(metres), float(self.unit[offer]),
            )  # fmt: skip
