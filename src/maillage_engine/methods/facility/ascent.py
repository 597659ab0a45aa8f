"""Better multipliers, step by step: subgradient ascent of the bound within one node of the tree.

Steps of Polyak, direction with memory (M. Held, P. Wolfe, H. P. Crowder, "Validation of subgradient optimization",
Mathematical Programming 6 (1974), 62–88).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Floats
from maillage_engine.methods.facility.problem import FacilityProblem, above_any_cost
from maillage_engine.methods.facility.relaxation import CLOSED, Counting, choose
from maillage_engine.stop import Watch

MEMORY = 0.3
"""Part of the last direction that stays in the next one."""
PATIENCE = 15
SHORTER = 0.6
FIRST_STEP = 1.5
SHORTEST_STEP = 1e-4
OVERSHOOT = 1.0005
"""The target of a step lies a little above the best known cost, so that steps do not vanish near it."""
PROGRESS = 1e-7
AVERAGE = 0.1

Seen = Callable[[float, Bools], None]


def nobody(_bound: float, _opened: Bools) -> None:
    """Tell nothing to anyone."""


@dataclass(eq=False)
class Climb:
    """Where an ascent ended: best ``bound``, its ``multipliers`` (n,) and ``slope`` (m,), mean of the y (m,)."""

    bound: float
    multipliers: Floats
    slope: Floats
    average: Floats


@dataclass(eq=False)
class Ascent:
    """The working memory of the ascents of one problem; ``costs`` (m, n) may forbid more than the problem's."""

    problem: FacilityProblem
    watch: Watch
    _ceiling: float = field(init=False)
    _gains: Floats = field(init=False)
    _taken: Floats = field(init=False)

    def __post_init__(self) -> None:
        # larger multipliers would cancel one another, and the bound would lose its digits
        self._ceiling = above_any_cost(self.problem)
        self._gains = np.zeros(self.problem.sites)
        self._taken = np.zeros((self.problem.sites, self.problem.customers))

    def slope(self, costs: Floats, multipliers: Floats, usable: Bools) -> Floats:
        """Return (m,) fixed cost + gain of each usable site."""
        # Numba takes half a second to load: only a run that needs it pays
        from maillage_engine.methods.facility.pricing import price  # noqa: PLC0415

        one = self.problem
        price(costs, one.demand, one.capacity, multipliers, usable, self._gains, self._taken)
        return one.fixed_cost + self._gains

    def climb(
        self,
        costs: Floats,
        start: Floats,
        state: AnyArray,
        count: Counting,
        *,
        target: float,
        enough: float,
        steps: int,
        seen: Seen = nobody,
    ) -> Climb:
        """Climb from ``start`` (n,) for at most ``steps``, until ``enough`` is proved; ``target``: a cost above.

        ``seen`` is told the bound and the open sites of each step.
        """
        multipliers, step, stalled = start.copy(), FIRST_STEP, 0
        direction = np.zeros_like(start)
        usable = state != CLOSED
        best = Climb(-np.inf, multipliers.copy(), np.zeros(len(state)), np.zeros(len(state)))
        for _ in range(steps):
            slope = self.slope(costs, multipliers, usable)
            value, opened = choose(slope, state, count)
            bound = float(multipliers.sum()) + value
            seen(bound, opened)
            stalled = 0 if bound > best.bound + PROGRESS * abs(best.bound) else stalled + 1
            if bound > best.bound:
                best.bound, best.multipliers, best.slope = bound, multipliers.copy(), slope
            if stalled >= PATIENCE:
                step, stalled, multipliers = step * SHORTER, 0, best.multipliers.copy()
            best.average += AVERAGE * (opened - best.average)
            direction = MEMORY * direction + (1.0 - self._taken[opened].sum(axis=0))
            square = float(direction @ direction)
            if (
                self.watch.over(iterations=1)
                or best.bound >= enough
                or step < SHORTEST_STEP
                or square < 1e-12
            ):
                break
            length = step * max(target * OVERSHOOT - bound, 0.0) / square
            multipliers = np.clip(multipliers + length * direction, -self._ceiling, self._ceiling)
        return best
