"""The problem without its demand rows, priced by multipliers: cuts on the open sites, and what they prove.

A vector λ of multipliers gives a *cut*: any solution whose open sites are y costs at least
Σλ + Σᵢ yᵢ·ρᵢ, with ρᵢ = fixed cost of i + gain of its knapsack (``pricing``). The cut holds for every y, so that one
vector serves the whole tree; the best of a family of cuts is the projection of the strong formulation on y.
"""

from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Floats
from maillage_engine.methods.facility.problem import FacilityProblem

CLOSED, OPEN, FREE = 0, 1, -1
SLACK = 1e-9
"""Relative slack of a capacity against a demand: what fits up to rounding fits."""

ROOM = 64
"""Cuts that are given room at first."""


@dataclass(frozen=True, slots=True)
class Counting:
    """How many free sites must and may still be opened: ``possible`` is False when no choice holds the demand."""

    least: int
    most: int
    possible: bool


def counting(problem: FacilityProblem, state: AnyArray) -> Counting:
    """Count from capacities: ``state`` int8 (m,) of CLOSED, OPEN or FREE."""
    free = np.flatnonzero(state == FREE)
    opened = state == OPEN
    most = len(free)
    if problem.max_openings is not None:
        most = min(most, problem.max_openings - int(np.count_nonzero(opened & ~problem.existing)))
    wanted = problem.demand.sum() * (1.0 - SLACK) - problem.capacity[opened].sum()
    room = np.concatenate([[0.0], np.cumsum(np.sort(problem.capacity[free])[::-1])])
    least = int(np.searchsorted(room, wanted))
    if wanted <= 0.0:
        least = 0
    return Counting(least, most, most >= 0 and least <= min(most, len(free)))


def settled(problem: FacilityProblem, state: AnyArray) -> AnyArray:
    """Return the state with its free sites closed or opened where counting leaves no choice."""
    count = counting(problem, state)
    if not count.possible:
        return state
    free = state == FREE
    if count.most == 0:
        return np.where(free, CLOSED, state).astype(np.int8)
    if count.least == np.count_nonzero(free):
        return np.where(free, OPEN, state).astype(np.int8)
    return state


@dataclass(eq=False)
class Cuts:
    """The cuts kept so far, K of them: ``constant`` (K,), ``slope`` (K, m), ``multipliers`` K vectors (n,)."""

    sites: int
    multipliers: list[Floats] = field(default_factory=list)
    _constant: Floats = field(init=False)
    _slope: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._constant, self._slope = np.empty(ROOM), np.empty((ROOM, self.sites))

    def __len__(self) -> int:
        return len(self.multipliers)

    @property
    def constant(self) -> Floats:
        """The constants of the cuts."""
        return self._constant[: len(self)]

    @property
    def slope(self) -> Floats:
        """The slopes of the cuts."""
        return self._slope[: len(self)]

    def add(self, multipliers: Floats, slope: Floats) -> int:
        """Keep a cut and return its row."""
        row = len(self)
        if row == len(self._constant):
            self._constant = np.concatenate([self._constant, np.empty(row)])
            self._slope = np.concatenate([self._slope, np.empty((row, self.sites))])
        self.multipliers.append(multipliers.copy())
        self._constant[row], self._slope[row] = float(multipliers.sum()), slope
        return row

    def add_ray(self, ray: Floats) -> int:
        """Keep multipliers that prove a set empty; as a cut they say nothing. Return their row."""
        row = self.add(ray, np.zeros(self.sites))
        self._constant[row] = -np.inf
        return row

    def bounds(self, state: AnyArray, count: Counting) -> Floats:
        """Return (K,) what each cut proves of the solutions within ``state``."""
        base = self.constant + self.slope[:, state == OPEN].sum(axis=1)
        bounds: Floats = base + cheapest(self.slope[:, state == FREE], count)
        return bounds

    def of_sets(self, opened: Bools) -> Floats:
        """Return (q,) the best bound on the cost of exactly these open sites (q, m); −inf without a cut."""
        bounds: Floats = (self.constant + opened @ self.slope.T).max(axis=1, initial=-np.inf)
        return bounds


def cheapest(slope: Floats, count: Counting) -> Floats:
    """Return (K,) the least sum of between ``least`` and ``most`` values of each row of (K, f)."""
    ordered = np.sort(slope, axis=1)
    sums = np.concatenate([np.zeros((len(slope), 1)), np.cumsum(ordered, axis=1)], axis=1)
    chosen = np.clip((ordered < 0.0).sum(axis=1), count.least, count.most)
    return np.asarray(sums[np.arange(len(slope)), chosen])


def choose(slope: Floats, state: AnyArray, count: Counting) -> tuple[float, Bools]:
    """Return the least Σ slope·y within ``state`` and its y, bool (m,)."""
    opened = state == OPEN
    free = np.flatnonzero(state == FREE)
    ordered = free[np.argsort(slope[free], kind="stable")]
    gaining = int(np.count_nonzero(slope[free] < 0.0))
    number = min(max(gaining, count.least), count.most)
    opened[ordered[:number]] = True
    return float(slope[opened].sum()), opened
