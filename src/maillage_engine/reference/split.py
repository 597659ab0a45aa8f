"""Every order of arrival, every group at once: the twin of ``methods.cooperate.split``."""

from itertools import permutations

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.methods.cooperate.split_game import Game, sum_of


def slow_shapley(game: Game) -> Floats:
    """Return what each party adds, averaged over every order of arrival."""
    shares, orders = np.zeros(len(game)), list(permutations(range(len(game))))
    for order in orders:
        there: frozenset[int] = frozenset()
        for party in order:
            shares[party] += game.value(there | {party}) - game.value(there)
            there |= {party}
    return shares / len(orders)


def slow_least_core(game: Game) -> float:
    """Return the smallest possible largest loss, by one linear program that holds every group."""
    from scipy.optimize import linprog  # noqa: PLC0415  (heavy: at the first use)

    groups = list(game.groups())
    if not groups:
        return 0.0
    rows = [[-float(at in group) for at in range(len(game))] + [-1.0] for group in groups]
    found = linprog(
        [0.0] * len(game) + [1.0],
        A_ub=rows,
        b_ub=[-game.value(group) for group in groups],
        A_eq=[[1.0] * len(game) + [0.0]],
        b_eq=[game.value(game.everybody)],
        bounds=[(None, None)] * (len(game) + 1),
    )
    return float(found.fun)


def largest_loss(game: Game, shares: Floats) -> float:
    """Return the most that a group would gain by leaving, 0 or less when nobody would."""
    return max((game.value(group) - sum_of(shares, group) for group in game.groups()), default=0.0)
