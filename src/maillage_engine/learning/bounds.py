"""What a weight may never leave, and the nearest whole weights inside.

The nearest point of a box cut by a plane: all coordinates move by one amount, each stopped at its bounds (K. C.
Kiwiel, "Breakpoint searching algorithms for the continuous quadratic knapsack problem", Mathematical Programming
112 (2008), 473–491).
"""

from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidArgument
from maillage_engine.scoring.registry import CRITERION_CODES
from maillage_engine.scoring.weights import TOTAL, Weights

HALVINGS = 100


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and most of each weight, in the order of ``CRITERIA``; some weights that sum to 1000 must fit."""

    least: tuple[int, ...]
    most: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.least) != len(CRITERION_CODES) or len(self.most) != len(CRITERION_CODES):
            raise InvalidArgument("bounds", f"il faut {len(CRITERION_CODES)} minimums et autant de maximums.")
        for code, low, high in zip(CRITERION_CODES, self.least, self.most, strict=True):
            if not 0 <= low <= high <= TOTAL:
                raise InvalidArgument("bounds", f"« {code} » : il faut 0 ≤ minimum ≤ maximum ≤ {TOTAL}.")
        if not sum(self.least) <= TOTAL <= sum(self.most):
            raise InvalidArgument("bounds", f"aucun jeu de poids de somme {TOTAL} ne tient dans ces bornes.")

    def hold(self, weights: Weights) -> bool:
        """Whether each weight is within its bounds."""
        return all(
            low <= one <= high
            for low, one, high in zip(self.least, weights.in_order(), self.most, strict=True)
        )

    def nearest(self, wanted: Floats) -> Weights:
        """Return the whole weights within the bounds that are nearest to ``wanted`` (6,), in thousandths."""
        low, high = np.array(self.least, dtype=np.float64), np.array(self.most, dtype=np.float64)
        under, over = float((low - wanted).min()), float((high - wanted).max())
        for _ in range(HALVINGS):
            move = (under + over) / 2
            if np.clip(wanted + move, low, high).sum() < TOTAL:
                under = move
            else:
                over = move
        return Weights(*_rounded(np.clip(wanted + over, low, high), self.most))


def _rounded(exact: Floats, most: tuple[int, ...]) -> list[int]:
    """Round down, then give what is missing to the largest remainders (first criterion first when equal)."""
    # a sum that is whole but for the last digits of the halvings must not lose a thousandth
    whole = [int(value) for value in np.floor(exact + 1e-9)]
    rest = exact - np.array(whole)
    for at in sorted(range(len(whole)), key=lambda at: (-round(rest[at], 9), at)):
        if sum(whole) < TOTAL and whole[at] < most[at]:
            whole[at] += 1
    return whole


DEFAULT_BOUNDS = Bounds(least=(100, 100, 50, 20, 30, 10), most=(500, 450, 450, 250, 300, 150))
"""No criterion may be silenced, none may decide alone; meaning, type, distance, calendar, quantity, freshness."""
