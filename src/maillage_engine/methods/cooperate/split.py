"""The fair split of a gain: in the core when there is one, nearest to Shapley's; else in the least core, said so.

Sources: L. S. Shapley, "A value for n-person games", 1953; D. B. Gillies, "Solutions to general non-zero-sum games",
1959 (core); M. Maschler, B. Peleg, L. S. Shapley, "Geometric properties of the kernel, nucleolus, and related solution
concepts", 1979 (least core); C. L. Lawson, R. J. Hanson, "Solving least squares problems", 1974, ch. 23 (nearest
point). Rows of the groups are made when a split breaks them, never all at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import factorial

import numpy as np

from maillage_engine.arrays import Floats, frozen
from maillage_engine.errors import EngineError
from maillage_engine.methods.cooperate.split_game import Game, Group, group_of, sum_of
from maillage_engine.stop import NO_LIMIT, Status, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

SLACK = 1e-9
"""Relative: below it a group is held satisfied."""


@dataclass(frozen=True, eq=False)
class SplitResult:
    """``shares`` (n,) of the parties add up to ``total``, the gain of all of them.

    ``in_core``: no group would gain more alone. ``excess``: the least that some group must lose to it, 0 when the
    core is not empty. ``least_core``: the smallest possible largest loss, negative when every group gains strictly.
    ``weights``: the groups that prove ``least_core`` (their weights add up to 1 and weigh on each party alike).
    ``shapley`` (n,) is None above 12 parties. ``without`` (n,): the gain left if the party goes. ``status``:
    ``stopped`` when a limit was reached first, and then the shares are those of the last round, not proved.
    """

    status: Status
    parties: tuple[str, ...]
    total: float
    shares: Floats
    in_core: bool
    excess: float
    least_core: float
    weights: Mapping[Group, float]
    shapley: Floats | None
    without: Floats
    rows: int
    seed: int
    engine_version: str


def share_gain(game: Game, *, stop: Stop = NO_LIMIT, seed: int = 0) -> SplitResult:
    """Return the fair split of the gain of all the parties of ``game``.

    ``stop.iterations`` counts the rounds of row generation. Raises ``InvalidArgument`` on a value that is no number.
    """
    watch = stop.watch()
    total = game.value(game.everybody)
    without = np.array([game.value(game.everybody - {at}) for at in range(len(game))])
    shapley = shapley_value(game) if game.exact else None
    aim = np.full(len(game), total / len(game)) if shapley is None else shapley
    if len(game) == 1:
        aim = np.array([total])
    least = _LeastCore(game, total, watch)
    least.run()
    excess = max(0.0, least.excess) if least.excess > least.slack else 0.0
    shares, done = _nearest(game, least, aim, excess, watch) if least.done else (least.shares, False)
    return SplitResult(
        status="optimal" if done else "stopped",
        parties=game.parties,
        total=total,
        shares=frozen(shares),
        in_core=done and excess == 0.0,
        excess=excess,
        least_core=least.excess,
        weights=least.weights,
        shapley=None if shapley is None else frozen(shapley),
        without=frozen(without),
        rows=len(least.groups),
        seed=seed,
        engine_version=ENGINE_VERSION,
    )


def shapley_value(game: Game) -> Floats:
    """Return (n,) what each party adds on average over every order of arrival; looks at every group."""
    count = len(game)
    values = np.array([game.value(group_of(code)) for code in range(2**count)])
    codes = np.arange(2**count)
    sizes = np.array([int(code).bit_count() for code in range(2**count)])
    weight = np.array(
        [factorial(size) * factorial(count - size - 1) for size in range(count)], dtype=np.float64
    )
    weight /= factorial(count)
    shares = np.zeros(count)
    for party in range(count):
        outside = codes[codes >> party & 1 == 0]
        shares[party] = weight[sizes[outside]] @ (values[outside | 1 << party] - values[outside])
    return shares


class _LeastCore:
    """Minimise ε with x(S) ≥ v(S) − ε for the groups found so far, and x(N) = v(N)."""

    def __init__(self, game: Game, total: float, watch: Watch) -> None:
        self.game, self.total, self.watch = game, total, watch
        self.slack = SLACK * max(1.0, abs(total))
        count = len(game)
        self.groups: list[Group] = [frozenset({at}) for at in range(count)] if count > 1 else []
        self.shares = np.full(count, total / count)
        self.excess = 0.0
        self.weights: dict[Group, float] = {}
        self.done = count == 1

    def run(self) -> None:
        """Add the worst group until none is worse than ε."""
        while not self.done and not self.watch.over(iterations=1):
            self._solve()
            group, value = self.game.worst(self.shares)
            if value - sum_of(self.shares, group) <= self.excess + self.slack or group in self.groups:
                self.done = True
            else:
                self.groups.append(group)

    def _solve(self) -> None:
        from scipy.optimize import linprog  # noqa: PLC0415  (heavy: at the first use)

        count = len(self.game)
        table = np.zeros((len(self.groups), count + 1))
        for row, group in enumerate(self.groups):
            table[row, sorted(group)] = -1.0
        table[:, count] = -1.0
        values = np.array([self.game.value(group) for group in self.groups])
        found = linprog(
            np.r_[np.zeros(count), 1.0],
            A_ub=table,
            b_ub=-values,
            A_eq=np.r_[np.ones(count), 0.0][None, :],
            b_eq=[self.total],
            bounds=[(None, None)] * (count + 1),
        )
        if found.status != 0:
            raise EngineError("Le partage n’a pas pu être calculé ; vérifiez les gains des groupes.")
        self.shares, self.excess = found.x[:count], float(found.x[count])
        duals = -np.asarray(found.ineqlin.marginals)
        self.weights = {
            group: float(one) for group, one in zip(self.groups, duals, strict=True) if one > SLACK
        }


def _nearest(game: Game, least: _LeastCore, aim: Floats, excess: float, watch: Watch) -> tuple[Floats, bool]:
    """Return the point nearest to ``aim`` where no group loses more than ``excess``, and whether it is reached."""
    groups = list(least.groups)
    shares = aim
    while not watch.over(iterations=1):
        group, value = game.worst(shares)
        if value - sum_of(shares, group) <= excess + 10 * least.slack:
            return shares, True
        if group in groups and shares is not aim:
            # the nearest point touches this row up to rounding: the least core's own vertex holds it for sure
            return least.shares, True
        if group not in groups:
            groups.append(group)
        shares = _project(game, groups, aim, excess, least)
    return shares, False


def _project(game: Game, groups: list[Group], aim: Floats, excess: float, least: _LeastCore) -> Floats:
    """Least distance programming: min ‖x − aim‖ with x(S) ≥ v(S) − excess for ``groups`` and x(N) = v(N)."""
    from scipy.optimize import nnls  # noqa: PLC0415  (heavy: at the first use)

    count, scale = len(game), max(1.0, abs(least.total))
    rows = np.zeros((len(groups) + 2, count))
    limits = np.zeros(len(groups) + 2)
    for row, group in enumerate(groups):
        rows[row, sorted(group)] = 1.0
        limits[row] = (game.value(group) - excess - sum_of(aim, group)) / scale
    rows[-2], rows[-1] = 1.0, -1.0
    weights, _ = nnls(
        np.vstack([rows.T, limits]), np.r_[np.zeros(count), 1.0], maxiter=100 * (len(groups) + 2)
    )
    left = np.vstack([rows.T, limits]) @ weights - np.r_[np.zeros(count), 1.0]
    if abs(left[-1]) < 1e-14:
        return least.shares
    moved: Floats = aim - scale * left[:count] / left[-1]
    moved += (least.total - moved.sum()) / count
    return moved
