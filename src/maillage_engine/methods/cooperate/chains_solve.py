"""The program of a chain over some sites and arcs: what is used, how much flows, what is missing.

Columns: each site carried out or not and its size, each arc used or not and its amount, each line missing or not and
its amount, each offer and each recipe used. Rows hold the recipe's proportions, capacities, options, exclusions.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.methods.cooperate.chains_model import NOWHERE, Arc, ChainModel
from maillage_engine.methods.cooperate.chains_program import Program, Solved
from maillage_engine.methods.cooperate.recipes import RecipeLine
from maillage_engine.stop import Watch

MEMBER_PRICE = 1e-5
"""Added for each arc used, so that of two chains of one cost the shorter comes first; never in a cost that is told."""
TIDY_PRICE = 1e-6
"""Added for the whole of a size or an amount, so that nothing flows in excess; never in a cost that is told."""


@dataclass(eq=False)
class ChainProgram:
    """The program of ``sites`` and ``arcs`` (numbers of the model); ``sizes`` are the largest useful ones.

    At most ``missing`` lines are missing.
    """

    model: ChainModel
    sites: Sequence[int]
    arcs: Sequence[int]
    sizes: Sequence[float]
    missing: int
    program: Program = field(default_factory=Program)
    open_at: dict[int, int] = field(default_factory=dict)
    size_at: dict[int, int] = field(default_factory=dict)
    used_at: dict[int, int] = field(default_factory=dict)
    amount_at: dict[int, int] = field(default_factory=dict)
    missing_at: dict[tuple[int, int], int] = field(default_factory=dict)
    lacking_at: dict[tuple[int, int], int] = field(default_factory=dict)
    offer_at: dict[int, int] = field(default_factory=dict)
    recipe_at: dict[int, int] = field(default_factory=dict)
    _costs: dict[int, float] = field(default_factory=dict)
    _rows: int = 0

    def __post_init__(self) -> None:
        self._site_columns()
        self._arc_columns()
        for site in self.sites:
            self._site_rows(site)
        self._given_rows()
        self._offer_rows()
        self._need_rows()
        self._choices()
        if self.missing_at:
            self.program.row([(column, 1.0) for column in self.missing_at.values()], most=float(self.missing))
        self._rows = len(self.program.row_lower)

    @property
    def costs(self) -> Floats:
        """What each column costs."""
        costs = np.zeros(len(self.program.upper))
        for column, cost in self._costs.items():
            costs[column] = cost
        return costs

    def solve(self, excluded: Iterable[frozenset[tuple[str, int]]], watch: Watch) -> Solved:
        """Return the cheapest chain that holds no excluded set of parts."""
        program = self.program
        program.drop_after(self._rows)
        for parts in excluded:
            columns = [self._part(kind, at) for kind, at in parts]
            if None not in columns:
                terms = [(column, 1.0) for column in columns if column is not None]
                program.row(terms, most=len(terms) - 1.0)
        return program.solve(self.costs, watch)

    def cost_of(self, values: Floats) -> float:
        """Return the cost that is told: without what only puts equal chains in order."""
        trifles = sum(
            values[column] * MEMBER_PRICE for column in (*self.open_at.values(), *self.used_at.values())
        )
        trifles += sum(
            values[column] * TIDY_PRICE / self.sizes[site] for site, column in self.size_at.items()
        )
        for column in self.amount_at.values():
            trifles += values[column] * TIDY_PRICE / max(self.program.upper[column], 1e-9)
        return float(self.costs @ values - trifles)

    def added(self) -> tuple[float, dict[int, float], dict[int, float]]:
        """Return the relaxed cost, and what each site and each arc adds to it at least when used."""
        self.program.drop_after(self._rows)
        least, added = self.program.relaxed(self.costs)
        sites = {site: float(added[column]) for site, column in self.open_at.items()}
        arcs = {at: float(added[column]) for at, column in self.used_at.items()}
        return least, sites, arcs

    def _part(self, kind: str, at: int) -> int | None:
        return (self.offer_at if kind == "offer" else self.recipe_at).get(at)

    # --- columns -----------------------------------------------------------------------------------------

    def _site_columns(self) -> None:
        for site in self.sites:
            recipe = self.model.recipe(site)
            self.open_at[site] = self.program.column(upper=1.0, whole=True)
            self.size_at[site] = self.program.column(upper=self.sizes[site])
            self._costs[self.open_at[site]] = recipe.fixed_cost + MEMBER_PRICE
            self._costs[self.size_at[site]] = recipe.unit_cost + TIDY_PRICE / self.sizes[site]
            for taken, line in enumerate(recipe.takes):
                at_place = recipe.place_line == taken and not self.model.sites[site].missing_place
                if at_place or self.missing == 0:
                    continue
                self.missing_at[site, taken] = self.program.column(upper=1.0, whole=True)
                if line.quantity is not None:
                    self.lacking_at[site, taken] = self.program.column(upper=self._most_of(line, site))

    def _arc_columns(self) -> None:
        fixed = self.model.chain_problem.costs.row("fixed", len(self.model.chain_problem.problem.offers))
        for at in self.arcs:
            arc = self.model.arcs[at]
            self.used_at[at] = self.program.column(upper=1.0, whole=True)
            self._costs[self.used_at[at]] = arc.road_cost + MEMBER_PRICE
            if arc.counted:
                most = self._most_on(arc)
                self.amount_at[at] = self.program.column(upper=most)
                self._costs[self.amount_at[at]] = arc.unit_cost + TIDY_PRICE / max(most, 1e-9)
            if arc.offer != NOWHERE and arc.offer not in self.offer_at:
                self.offer_at[arc.offer] = self.program.column(upper=1.0)
                self._costs[self.offer_at[arc.offer]] = float(fixed[arc.offer])

    def _most_of(self, line: RecipeLine, site: int) -> float:
        return float(line.quantity or 0.0) * (1.0 if line.once else self.sizes[site])

    def _most_on(self, arc: Arc) -> float:
        """The most that an arc may carry: what is there, what is asked."""
        if arc.need != NOWHERE:
            wanted = float(self.model.chain_problem.problem.needs.quantity[arc.need])
        else:
            wanted = self._most_of(self.model.line(arc.to_site, arc.taken), arc.to_site)
        # a lot larger than what is asked may be taken whole: the rest is left over
        wanted = max(wanted, arc.least)
        if arc.site == NOWHERE:
            return min(arc.most, wanted)
        out = self.model.recipe(arc.site).gives[arc.given]
        return min(wanted, float(out.quantity or 0.0) * (1.0 if out.once else self.sizes[arc.site]))

    # --- rows --------------------------------------------------------------------------------------------

    def _site_rows(self, site: int) -> None:
        program, recipe, is_open = self.program, self.model.recipe(site), self.open_at[site]
        program.row([(self.size_at[site], 1.0), (is_open, -self.sizes[site])], most=0.0)
        coming: dict[int, list[int]] = {}
        for at in self.arcs:
            if self.model.arcs[at].to_site == site:
                coming.setdefault(self.model.arcs[at].taken, []).append(at)
        asked: dict[int, int] = {}
        for lines in recipe.options.values():
            for taken in lines:
                asked[taken] = program.column(upper=1.0, whole=True)
            program.row([*((asked[taken], 1.0) for taken in lines), (is_open, -1.0)], least=0.0, most=0.0)
        for taken in range(len(recipe.takes)):
            self._line_rows(site, taken, asked.get(taken, is_open), coming.get(taken, []))
        for lines in recipe.options.values():
            self._option_row(site, lines, coming)
        by_offer: dict[int, list[int]] = {}
        for at in (at for arcs in coming.values() for at in arcs):
            by_offer.setdefault(self.model.arcs[at].offer, []).append(at)
        for offer, arcs in by_offer.items():
            if offer != NOWHERE and len(arcs) > 1:
                program.row([(self.used_at[at], 1.0) for at in arcs], most=1.0)

    def _line_rows(self, site: int, taken: int, asked: int, coming: list[int]) -> None:
        """What a line takes is brought or missing; ``asked`` is the column that says whether it is wanted."""
        program, line = self.program, self.model.line(site, taken)
        missing = self.missing_at.get((site, taken))
        for at in coming:
            program.row([(self.used_at[at], 1.0), (asked, -1.0)], most=0.0)
        if missing is not None:
            program.row([(missing, 1.0), (asked, -1.0)], most=0.0)
        bringing = [(self.used_at[at], 1.0) for at in coming]
        program.row([*bringing, *([] if missing is None else [(missing, 1.0)]), (asked, -1.0)], least=0.0)
        if line.quantity is None:
            return
        most = self._most_of(line, site)
        terms = [(self.amount_at[at], 1.0) for at in coming if at in self.amount_at]
        terms += [(self.used_at[at], most) for at in coming if at not in self.amount_at]
        if missing is not None:
            lacking = self.lacking_at[site, taken]
            program.row([(lacking, 1.0), (missing, -most)], most=0.0)
            terms.append((lacking, 1.0))
        if line.once:
            program.row([*terms, (asked, -float(line.quantity))], least=0.0)
            return
        needed = [(self.size_at[site], -float(line.quantity))]
        if asked != self.open_at[site]:
            needed += [(asked, -most), (self.open_at[site], most)]
        program.row([*terms, *needed], least=0.0)

    def _option_row(self, site: int, lines: tuple[int, ...], coming: dict[int, list[int]]) -> None:
        """Lines that exclude one another feed the size together: implied, but it ties the relaxation."""
        takes = self.model.recipe(site).takes
        if any(takes[taken].quantity is None or takes[taken].once for taken in lines):
            return
        terms = [(self.size_at[site], -1.0)]
        for taken in lines:
            quantity = float(takes[taken].quantity or 1.0)
            for at in coming.get(taken, []):
                whole = self.sizes[site]
                counted = at in self.amount_at
                terms.append((self.amount_at[at], 1.0 / quantity) if counted else (self.used_at[at], whole))
            if (site, taken) in self.lacking_at:
                terms.append((self.lacking_at[site, taken], 1.0 / quantity))
        self.program.row(terms, least=0.0)

    def _given_rows(self) -> None:
        """A site gives no more than its size makes, and only when it is carried out."""
        leaving: dict[tuple[int, int], list[int]] = {}
        for at in self.arcs:
            arc = self.model.arcs[at]
            self._carry(at, arc)
            if arc.site != NOWHERE:
                leaving.setdefault((arc.site, arc.given), []).append(at)
        for site in self.sites:
            # a recipe carried out leads to a need (axiom S4)
            arcs = [at for (one, _), leave in leaving.items() if one == site for at in leave]
            self.program.row(
                [*((self.used_at[at], 1.0) for at in arcs), (self.open_at[site], -1.0)], least=0.0
            )
        for (site, given), arcs in leaving.items():
            out, is_open = self.model.recipe(site).gives[given], self.open_at[site]
            for at in arcs:
                self.program.row([(self.used_at[at], 1.0), (is_open, -1.0)], most=0.0)
                if at not in self.amount_at:
                    whole = min(1.0, self.sizes[site])
                    self.program.row([(self.size_at[site], 1.0), (self.used_at[at], -whole)], least=0.0)
            counted = [(self.amount_at[at], 1.0) for at in arcs if at in self.amount_at]
            if counted and out.quantity is not None:
                source = is_open if out.once else self.size_at[site]
                self.program.row([*counted, (source, -out.quantity)], most=0.0)

    def _carry(self, at: int, arc: Arc) -> None:
        if at not in self.amount_at:
            return
        most = self.program.upper[self.amount_at[at]]
        self.program.row([(self.amount_at[at], 1.0), (self.used_at[at], -most)], most=0.0)
        if arc.least > 0:
            self.program.row([(self.amount_at[at], 1.0), (self.used_at[at], -arc.least)], least=0.0)

    def _offer_rows(self) -> None:
        by_offer: dict[int, list[int]] = {}
        for at in self.arcs:
            if self.model.arcs[at].offer != NOWHERE:
                by_offer.setdefault(self.model.arcs[at].offer, []).append(at)
        for offer, arcs in by_offer.items():
            for at in arcs:
                self.program.row([(self.used_at[at], 1.0), (self.offer_at[offer], -1.0)], most=0.0)
            most = self.model.arcs[arcs[0]].most
            counted = [(self.amount_at[at], 1.0) for at in arcs if at in self.amount_at]
            if len(counted) > 1 and math.isfinite(most):
                self.program.row(counted, most=most)

    def _need_rows(self) -> None:
        needs = self.model.chain_problem.problem.needs
        for need in self.model.chain_problem.targets:
            arcs = [at for at in self.arcs if self.model.arcs[at].need == need]
            self.program.row([(self.used_at[at], 1.0) for at in arcs], least=1.0)
            wanted = float(needs.quantity[need])
            if math.isnan(wanted):
                continue
            terms = [(self.amount_at[at], 1.0) for at in arcs if at in self.amount_at]
            terms += [(self.used_at[at], wanted) for at in arcs if at not in self.amount_at]
            self.program.row(terms, least=wanted)

    def _choices(self) -> None:
        """Recipes used, and of one choice only one."""
        recipes = self.model.chain_problem.recipes
        for site in self.sites:
            recipe = self.model.sites[site].recipe
            if recipe not in self.recipe_at:
                self.recipe_at[recipe] = self.program.column(upper=1.0)
            self.program.row([(self.open_at[site], 1.0), (self.recipe_at[recipe], -1.0)], most=0.0)
        by_choice: dict[str, list[int]] = {}
        for recipe, column in self.recipe_at.items():
            if recipes[recipe].choice:
                by_choice.setdefault(recipes[recipe].choice, []).append(column)
        for columns in by_choice.values():
            if len(columns) > 1:
                self.program.row([(column, 1.0) for column in columns], most=1.0)


def is_on(values: Floats, column: int) -> bool:
    """Say whether a yes-or-no column is at 1."""
    return bool(values[column] > 0.5)
