"""Who may bring what to whom in a chain, asked one pair at a time in plain Python."""

from maillage_engine.methods.cooperate.chains_problem import UNKNOWN_KM, ChainProblem
from maillage_engine.problem.dimensions import dimension_index
from maillage_engine.problem.problem import HAZARD_CODE
from maillage_engine.reference.closeness import ancestors
from maillage_engine.reference.judge import distance_m, judge
from maillage_engine.reference.row import Row, row_of


class SlowTerritory:
    """The rows of a chain problem and the questions one may ask of them."""

    def __init__(self, chain_problem: ChainProblem) -> None:
        self.given = chain_problem
        self.problem = chain_problem.problem
        self.offers = [row_of(self.problem.offers, at) for at in range(len(self.problem.offers))]
        self.needs = {row: row_of(self.problem.needs, row) for row in chain_problem.targets}

    def at(self, place: int) -> Row:
        """Return the row where a recipe is carried out: an offer, or the first need."""
        return self.needs[self.given.targets[0]] if place == -1 else self.offers[place]

    def answers(self, offered: str | int, wanted: str | int) -> bool:
        """Whether a type may stand for another."""
        index = self.problem.types.index
        one = index[offered] if isinstance(offered, str) else offered
        other = index[wanted] if isinstance(wanted, str) else wanted
        if -1 in (one, other) or other not in ancestors(self.problem.types, one):
            return False
        types = self.problem.types.types
        return types[one].dimension == types[other].dimension

    def holds(self, offer: int, codes: set[str]) -> bool:
        """Whether an offer holds every authorisation of a set of codes."""
        return codes <= self._codes(self.offers[offer].holds)

    def may_play(self, offer: int, recipe: int, taken: int, place: int) -> bool:
        """Whether an offer may bring a line taken by a recipe carried out at ``place``."""
        row, made = self.offers[offer], self.given.recipes[recipe]
        line, types = made.takes[taken], self.problem.types
        if row.type == -1 or types.index[line.type] not in ancestors(types, row.type):
            return False
        offered, wanted = types.types[row.type], types.types[types.index[line.type]]
        asked = {*made.role_of[line.role].requires, *wanted.requires, *offered.requires}
        if not self.holds(offer, asked | self._codes(row.requires)):
            return False
        if offered.hazardous:
            held = self._codes(row.holds) | (self._codes(self.offers[place].holds) if place != -1 else set())
            if HAZARD_CODE not in held:
                return False
        if min(row.until_day, self.at(place).until_day) < max(row.from_day, self.problem.today):
            return False
        other_unit = row.dimension is not None and row.dimension != dimension_index(wanted.dimension)
        if line.quantity is not None and wanted.dimension and other_unit:
            return False
        return offer == place or self.meets(offer, place)

    def meets(self, offer: int, place: int, need: int | None = None) -> bool:
        """Whether an offer and a place (or a need) share days, hours, months and accept the distance."""
        one = self.offers[offer]
        other = self.at(place) if need is None else self.needs[need]
        if min(one.until_day, other.until_day) < max(one.from_day, other.from_day):
            return False
        if not one.hours & other.hours or not any(
            min(a, b) > 0 for a, b in zip(one.months, other.months, strict=True)
        ):
            return False
        metres = distance_m(one, other)
        return metres is None or all(side.limit_m is None or metres <= side.limit_m for side in (one, other))

    def metres(self, place: int, other: int, need: int | None = None) -> int:
        """Whole metres between a place and another or a need; 0 when both are at the first need, -1 unknown."""
        here = self.at(place)
        there = self.at(other) if need is None else self.needs[need]
        if place == -1 and (need is not None or other == -1):
            return 0
        found = distance_m(here, there)
        return -1 if found is None else found

    def road(self, metres: int) -> float:
        """Cost of the kilometres."""
        return self.given.costs.per_km * (UNKNOWN_KM if metres == -1 else metres / 1000.0)

    def direct(self, offer: int, need: int) -> bool:
        """Whether an offer answers a need without any recipe."""
        row, asked = self.offers[offer], self.needs[need]
        if judge(self.problem, need, offer).refusals or -1 in (row.type, asked.type):
            return False
        if asked.type not in ancestors(self.problem.types, row.type):
            return False
        if asked.quantity is None or asked.dimension is None:
            return True
        return row.quantity is not None and row.dimension == asked.dimension

    def may_give(self, place: int, recipe: int, given: int, need: int) -> bool:
        """Whether what a recipe gives at a place may serve a need."""
        out, asked = self.given.recipes[recipe].gives[given], self.needs[need]
        if not self.answers(out.type, asked.type):
            return False
        return place == -1 or (
            self.meets(place, -1, need=need) and self.holds(place, self._codes(asked.requires))
        )

    def may_pass(self, place: int, recipe: int, given: int, other: int, to_recipe: int, taken: int) -> bool:
        """Whether what a recipe gives at a place may be what another takes at another place."""
        out, made = self.given.recipes[recipe].gives[given], self.given.recipes[to_recipe]
        line = made.takes[taken]
        if made.place_line == taken or not self.answers(out.type, line.type):
            return False
        if place != -1 and not self.holds(place, set(made.role_of[line.role].requires)):
            return False
        if place == -1:
            return other == -1 or self.meets(other, -1)
        return self.meets(place, other)

    def _codes(self, bits: int) -> set[str]:
        return {code for bit, code in enumerate(self.problem.authorisations) if bits >> bit & 1}
