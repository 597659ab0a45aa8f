"""Better sets of sites near a good one: one more, one fewer, one for another; only those that no cut rules out."""

from collections.abc import Iterator

import numpy as np

from maillage_engine.arrays import Bools
from maillage_engine.methods.facility.pool import Pool
from maillage_engine.methods.facility.relaxation import CLOSED, OPEN, counting


def improve(pool: Pool, opened: Bools, *, tries: int) -> None:
    """Cost at most ``tries`` neighbours, most promising first, moving to the first better one each time."""
    while tries > 0:
        cost, better = pool.cost_of(opened), None
        for one in _promising(pool, opened):
            if tries <= 0 or pool.ascent.watch.over():
                return
            pool.evaluate(one)
            tries -= 1
            if pool.cost_of(one) < cost:
                better = one
                break
        if better is None:
            return
        opened = better


def _promising(pool: Pool, opened: Bools) -> list[Bools]:
    """The neighbours not yet costed whose bound leaves a chance, by bound."""
    ranked = []
    for one in _neighbours(pool, opened):
        if pool.known(one):
            continue
        bound = pool.cuts.of_set(one)
        if bound < pool.threshold:
            ranked.append((bound, one.tobytes(), one))
    return [one for _, _, one in sorted(ranked, key=lambda each: each[:2])]


def _neighbours(pool: Pool, opened: Bools) -> Iterator[Bools]:
    problem = pool.problem
    closable = np.flatnonzero(opened & ~problem.existing)
    openable = np.flatnonzero(~opened)
    changes = [[out] for out in closable] + [[into] for into in openable]
    changes += [[out, into] for out in closable for into in openable]
    for change in changes:
        one = opened.copy()
        one[change] = ~one[change]
        if counting(problem, np.where(one, OPEN, CLOSED)).possible:
            yield one
