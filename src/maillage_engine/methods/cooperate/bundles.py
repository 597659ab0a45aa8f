"""Bundles: the smallest or cheapest set of offers that together cover one need, and the next ones truly different.

A branch and cut on "is this offer a member": its amounts are columns, each wanted hour and each slot a row. After a
bundle S, one row says that at least ``apart`` of its members are missing: no later bundle holds all of S.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.bundles_cover import Cover, Rhythm, cover_of
from maillage_engine.methods.cooperate.chains_program import Program, Solved, chosen
from maillage_engine.problem.problem import Problem
from maillage_engine.stop import NO_LIMIT, Status, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

Goal = Literal["smallest", "cheapest"]
UNKNOWN_KM = 50.0
"""Kilometres counted for a place that is not known: the distance whose score is half."""
COST_SLACK = 1e-7


@dataclass(frozen=True, eq=False)
class BundleCosts:
    """What a member costs: ``fixed`` (n,) once, ``unit`` (n,) by unit of quantity, ``per_km`` by km from the need.

    Rows are those of the offers; without prices a bundle costs its kilometres. All are 0 or more.
    """

    fixed: Floats | None = None
    unit: Floats | None = None
    per_km: float = 1.0

    def of(self, cover: Cover, offers: int) -> tuple[Floats, Floats]:
        """Return (m,) the cost of having each member, and (m,) of one unit of it."""
        known = cover.distance_m >= 0
        fixed = self.per_km * np.where(known, cover.distance_m / 1000.0, UNKNOWN_KM)
        return fixed + self._row("fixed", cover, offers), self._row("unit", cover, offers)

    def _row(self, name: str, cover: Cover, offers: int) -> Floats:
        values = getattr(self, name)
        if values is None:
            return np.zeros(len(cover))
        array = np.asarray(values, dtype=np.float64)
        if array.shape != (offers,) or not np.all((array >= 0) & np.isfinite(array)):
            raise InvalidArgument(name, f"il faut un nombre de 0 ou plus pour chacune des {offers} offres.")
        taken: Floats = array[cover.offers]
        return taken


@dataclass(frozen=True, slots=True)
class Member:
    """``amount`` over the year (at each hour, in the rhythm ``hours``; NaN when the need has no quantity).

    ``months`` (12): the amount in each month, empty in the rhythm ``hours`` and without a quantity.
    """

    offer: int
    amount: float
    months: tuple[float, ...]
    distance_m: int
    cost: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """``members`` by row of offer; ``cost`` is the sum of theirs."""

    members: tuple[Member, ...]
    cost: float

    @property
    def offers(self) -> frozenset[int]:
        """Rows of the members."""
        return frozenset(member.offer for member in self.members)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What all the offers together do not cover: amount of the year, and whether some wanted hour has nobody."""

    wanted: float
    reachable: float
    empty_hours: bool


@dataclass(frozen=True, eq=False)
class BundleResult:
    """``bundles``: best first. ``status``: ``optimal`` when each one is proved the best of those left.

    ``bound``: proved lower bound of the first one's objective (members when ``smallest``, cost when ``cheapest``).
    ``exhausted``: there is no other bundle. ``shortfall`` is told when there is none at all. ``left_out``: offers
    that cannot be members, under the first rule that refuses them (``quantity``: theirs is not known).
    """

    status: Status
    need: int
    k: int
    goal: Goal
    rhythm: Rhythm
    apart: int
    costs: BundleCosts
    bundles: tuple[Bundle, ...]
    exhausted: bool
    bound: float | None
    shortfall: Shortfall | None
    candidates: int
    left_out: Mapping[str, int]
    seed: int
    digest: str
    engine_version: str


def find_bundles(
    problem: Problem,
    *,
    need: int,
    k: int = 5,
    goal: Goal = "smallest",
    rhythm: Rhythm = "months",
    apart: int = 1,
    same_type: bool = False,
    costs: BundleCosts | None = None,
    stop: Stop = NO_LIMIT,
    seed: int = 0,
) -> BundleResult:
    """Return the best bundle of row ``need`` and the next ones, at most ``k``; exact.

    ``smallest``: fewest members, then least cost; ``cheapest``: least cost, then fewest members. ``apart``: how many
    members of each earlier bundle a later one lacks at least (all of them when it has fewer). ``same_type``: only
    offers of the need's type or of a more specific one. ``stop.iterations``
    counts the programs solved. Raises ``InvalidArgument``.
    """
    if k < 1 or apart < 1:
        raise InvalidArgument("k" if k < 1 else "apart", "il faut 1 ou plus.")
    if goal not in {"smallest", "cheapest"}:
        raise InvalidArgument("goal", "c’est « smallest » ou « cheapest ».")
    priced = costs or BundleCosts()
    cover = cover_of(problem, need, rhythm, same_type=same_type)
    run = _Run(cover, *priced.of(cover, len(problem.offers)), goal, stop.watch())
    found, status, bound = run.all(k, apart)
    return BundleResult(
        status=status,
        need=need,
        k=k,
        goal=goal,
        rhythm=rhythm,
        apart=apart,
        costs=priced,
        bundles=tuple(found),
        exhausted=run.exhausted,
        bound=bound,
        shortfall=_shortfall(problem, cover) if status == "infeasible" else None,
        candidates=len(cover),
        left_out=cover.left_out,
        seed=seed,
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


class _Run:
    """The program of one need, and its best sets one after the other."""

    def __init__(self, cover: Cover, fixed: Floats, unit: Floats, goal: Goal, watch: Watch) -> None:
        self.cover, self.fixed, self.unit, self.goal, self.watch = cover, fixed, unit, goal, watch
        self.exhausted = False
        self.program = Program()
        self.inside = [self.program.column(upper=1.0, whole=True) for _ in range(len(cover))]
        self.amounts = [
            [self.program.column(upper=float(most)) if most > 0 else -1 for most in row]
            for row in cover.most.tolist()
        ]
        self._cover_rows()
        self.cost = np.zeros(len(self.program.upper))
        self.cost[self.inside] = fixed
        for row, price in zip(self.amounts, unit.tolist(), strict=True):
            for slot, column in enumerate(row):
                if column >= 0:
                    self.cost[column] = price * cover.share[slot]
        self.size = np.zeros_like(self.cost)
        self.size[self.inside] = 1.0
        self._level = 0

    def _cover_rows(self) -> None:
        cover, program = self.cover, self.program
        for slot, demand in enumerate(cover.demand.tolist()):
            members = [at for at in range(len(cover)) if self.amounts[at][slot] >= 0]
            program.row([(self.amounts[at][slot], 1.0) for at in members], least=demand, most=demand)
            program.row([(self.inside[at], float(cover.most[at, slot])) for at in members], least=demand)
        for at in range(len(cover)):
            columns = [(slot, column) for slot, column in enumerate(self.amounts[at]) if column >= 0]
            for slot, column in columns:
                program.row([(column, 1.0), (self.inside[at], -float(cover.most[at, slot]))], most=0.0)
                if cover.least[at, slot] > 0:
                    program.row([(column, 1.0), (self.inside[at], -float(cover.least[at, slot]))], least=0.0)
            terms = [(column, 1.0) for _, column in columns]
            if np.isfinite(cover.total[at]) and len(terms) > 1:
                program.row([*terms, (self.inside[at], -float(cover.total[at]))], most=0.0)
            if cover.lot[at] > 0:
                program.row([*terms, (self.inside[at], -float(cover.lot[at]))], least=0.0)
        for kind in range(cover.there.shape[1]):
            there = np.flatnonzero(cover.there[:, kind]).tolist()
            program.row([(self.inside[at], 1.0) for at in there], least=1.0)

    def all(self, k: int, apart: int) -> tuple[list[Bundle], Status, float | None]:
        """Return the bundles, how sure they are, and the bound of the first."""
        found: list[Bundle] = []
        bound: float | None = None
        while len(found) < k:
            solved, first = self._next()
            if solved.outcome == "stopped":
                return found, "feasible" if found else "stopped", bound
            if solved.outcome == "infeasible":
                self.exhausted = True
                return found, "optimal" if found else "infeasible", bound
            members = chosen(solved.values, self.inside)
            bound = first if bound is None else bound
            found.append(self._bundle(solved, members))
            if solved.outcome == "feasible":
                return found, "feasible", bound
            absent = min(apart, len(members))
            self.program.row([(self.inside[at], 1.0) for at in members], most=float(len(members) - absent))
            if not members:
                self.exhausted = True
                break
        return found, "optimal", bound

    def _next(self) -> tuple[Solved, float]:
        """Return the next best set, and the bound of what is minimised first."""
        return self._smallest() if self.goal == "smallest" else self._cheapest()

    def _smallest(self) -> tuple[Solved, float]:
        rows = len(self.program.row_lower)
        every = [(column, 1.0) for column in self.inside]
        while True:
            self.program.row(every, least=self._level, most=self._level)
            solved = self.program.solve(self.cost, self.watch)
            self.program.drop_after(rows)
            if solved.outcome != "infeasible":
                return solved, float(self._level)
            self.program.row(every, least=self._level + 1.0)
            fewest = self.program.solve(self.size, self.watch)
            self.program.drop_after(rows)
            if fewest.outcome != "optimal":
                return fewest, float(self._level)
            self._level = round(fewest.objective)

    def _cheapest(self) -> tuple[Solved, float]:
        cheapest = self.program.solve(self.cost, self.watch)
        if cheapest.outcome != "optimal":
            return cheapest, cheapest.bound
        rows = len(self.program.row_lower)
        most = cheapest.objective + COST_SLACK * max(1.0, cheapest.objective)
        self.program.row(
            [(column, float(cost)) for column, cost in enumerate(self.cost) if cost > 0], most=most
        )
        fewest = self.program.solve(self.size, self.watch)
        self.program.drop_after(rows)
        return (fewest if fewest.outcome == "optimal" else cheapest), cheapest.bound

    def _bundle(self, solved: Solved, members: list[int]) -> Bundle:
        lines = tuple(self._member(solved.values, at) for at in members)
        return Bundle(lines, float(sum(member.cost for member in lines)))

    def _member(self, values: Floats, at: int) -> Member:
        cover = self.cover
        slots = np.array([values[column] if column >= 0 else 0.0 for column in self.amounts[at]])
        amount = float(slots @ cover.share) if len(slots) else float("nan")
        months: tuple[float, ...] = ()
        if len(slots) and cover.rhythm != "hours":
            months = tuple((slots[cover.month_slot] * cover.month_share).tolist())
        cost = float(self.fixed[at] + self.unit[at] * (0.0 if np.isnan(amount) else amount))
        return Member(int(cover.offers[at]), amount, months, int(cover.distance_m[at]), cost)


def _shortfall(problem: Problem, cover: Cover) -> Shortfall:
    wanted = float(problem.needs.quantity[cover.need])
    reachable = float(np.minimum(cover.most.sum(axis=0), cover.demand) @ cover.share)
    if not len(cover.demand):
        reachable = float("nan")
    empty = bool((~cover.there.any(axis=0)).any()) if cover.there.shape[1] else False
    return Shortfall(wanted, reachable, empty)
