"""Every set of offers tried one by one, month by month and hour by hour: the twin of ``methods.cooperate.bundles``."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from maillage_engine.methods.cooperate.bundles import UNKNOWN_KM, BundleCosts, Goal
from maillage_engine.methods.cooperate.bundles_cover import Rhythm
from maillage_engine.problem.problem import Problem
from maillage_engine.reference.judge import judge
from maillage_engine.reference.row import Row, row_of


@dataclass(frozen=True, slots=True)
class SlowBundle:
    """The rows of the members, and the least cost at which they cover the need."""

    offers: frozenset[int]
    cost: float


def slow_bundles(
    problem: Problem,
    *,
    need: int,
    k: int,
    goal: Goal = "smallest",
    rhythm: Rhythm = "months",
    apart: int = 1,
    costs: BundleCosts | None = None,
) -> list[SlowBundle]:
    """Return the bundles in order, those that hold too much of an earlier one left out."""
    case = SlowCase(problem, need, rhythm, costs or BundleCosts())
    every = [
        SlowBundle(frozenset(members), cost)
        for size in range(len(case.possible) + 1)
        for members in combinations(case.possible, size)
        if (cost := case.least_cost(members)) is not None
    ]
    every.sort(key=lambda one: _rank(one, goal))
    kept: list[SlowBundle] = []
    for one in every:
        if all(len(was.offers - one.offers) >= min(apart, len(was.offers)) for was in kept) and len(kept) < k:
            if any(not was.offers for was in kept):
                break
            kept.append(one)
    return kept


def _rank(one: SlowBundle, goal: Goal) -> tuple[float, float]:
    cost = round(one.cost, 6)
    return (len(one.offers), cost) if goal == "smallest" else (cost, len(one.offers))


class SlowCase:
    """One need and the offers that may serve it, as plain rows."""

    def __init__(self, problem: Problem, need: int, rhythm: Rhythm, costs: BundleCosts) -> None:
        self.rhythm = rhythm
        self.need = row_of(problem.needs, need)
        self.asks = self.need.quantity is not None and self.need.dimension is not None
        self.rows: dict[int, Row] = {}
        self.fixed: dict[int, float] = {}
        self.unit: dict[int, float] = {}
        for offer in range(len(problem.offers)):
            verdict, row = judge(problem, need, offer), row_of(problem.offers, offer)
            counted = row.quantity is not None and row.dimension == self.need.dimension
            if verdict.refusals or (self.asks and not counted):
                continue
            km = UNKNOWN_KM if verdict.distance_m is None else verdict.distance_m / 1000.0
            self.rows[offer] = row
            self.fixed[offer] = costs.per_km * km + (
                0.0 if costs.fixed is None else float(costs.fixed[offer])
            )
            self.unit[offer] = 0.0 if costs.unit is None else float(costs.unit[offer])
        self.possible = sorted(self.rows)

    def least_cost(self, members: Sequence[int]) -> float | None:
        """Return the least cost of these members together, None when they do not cover the need."""
        if not all(
            any(self._is_there(one, hour, month) for one in members) for hour, month in self._wanted()
        ):
            return None
        if not self.asks:
            return sum(self.fixed[one] for one in members)
        return self._by_hours(members) if self.rhythm == "hours" else self._by_months(members)

    def _wanted(self) -> Iterator[tuple[int, int]]:
        for month, weight in enumerate(self.need.months):
            if weight:
                for hour in self.need.hours:
                    yield hour, month

    def _is_there(self, offer: int, hour: int, month: int) -> bool:
        return hour in self.rows[offer].hours and self.rows[offer].months[month] > 0

    def _lot(self, offer: int) -> float:
        return max(self.rows[offer].minimum, self.need.minimum)

    def _by_hours(self, members: Sequence[int]) -> float | None:
        """Each wanted hour on its own: the cheapest take what they can above everybody's lot."""
        wanted, cells = self._quantity(), list(self._wanted())
        total = 0.0
        for hour, month in cells:
            there = [one for one in members if self._is_there(one, hour, month)]
            left = wanted - sum(self._lot(one) for one in there)
            if left < -1e-9:
                return None
            total += sum(self._lot(one) * self.unit[one] for one in there)
            for one in sorted(there, key=lambda at: self.unit[at]):
                more = max(0.0, min(left, float(self.rows[one].quantity or 0.0) - self._lot(one)))
                total, left = total + more * self.unit[one], left - more
            if left > 1e-9:
                return None
        return sum(self.fixed[one] for one in members) + total / max(len(cells), 1)

    def _by_months(self, members: Sequence[int]) -> float | None:
        """A small linear program whose columns are each member in each month."""
        from scipy.optimize import linprog  # noqa: PLC0415  (heavy: at the first use)

        weights = self.need.months
        demand = (
            [self._quantity() * weight / sum(weights) for weight in weights] if sum(weights) else [0.0] * 12
        )
        columns = [(one, month) for one in members for month in range(12)]
        most = [self._most(one, month) for one, month in columns]
        if any(sum(self._most(one, month) for one in members) < demand[month] - 1e-9 for month in range(12)):
            return None
        if not members:
            return 0.0
        equal = [[float(at == month) for _, at in columns] for month in range(12)]
        totals = [[float(at == one) for at, _ in columns] for one in members]
        lots = [[-value for value in row] for row in totals]
        limits = [float(self.rows[one].quantity or 0.0) for one in members]
        found = linprog(
            [self.unit[one] for one, _ in columns],
            A_ub=totals + lots,
            b_ub=limits + [-self._lot(one) for one in members],
            A_eq=equal,
            b_eq=demand,
            bounds=[(0.0, value) for value in most],
        )
        return sum(self.fixed[one] for one in members) + float(found.fun) if found.status == 0 else None

    def _most(self, offer: int, month: int) -> float:
        row, weights = self.rows[offer], self.rows[offer].months
        if self.need.months[month] == 0:
            return 0.0
        quantity = float(row.quantity or 0.0)
        return (
            (quantity if weights[month] else 0.0)
            if self.rhythm == "year"
            else quantity * weights[month] / max(sum(weights), 1)
        )

    def _quantity(self) -> float:
        return math.nan if self.need.quantity is None else self.need.quantity
