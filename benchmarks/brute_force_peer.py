"""The peer that cannot be wrong: NumPy looks at every pair, then sorts all that are possible."""

import numpy as np

from maillage_engine import Problem
from maillage_engine.arrays import INT32_MAX, Int64s
from maillage_engine.pairs import Pairs
from maillage_engine.rules.registry import RULES
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS

ROWS_AT_ONCE = 4
Answers = list[list[tuple[int, int]]]


def brute_force(problem: Problem, rows: Int64s, *, k: int) -> Answers:
    """Return, for each of the needs ``rows``, its ``k`` best as (offer, total), best first."""
    every = np.arange(len(problem.offers))
    answers: Answers = []
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        pairs = Pairs.grid(problem, some, every)
        refused = np.zeros(pairs.shape, dtype=np.bool_)
        for rule in RULES:
            refused |= rule.refuses(pairs)
        total = np.zeros(pairs.shape, dtype=np.int64)
        for weight, criterion in zip(DEFAULT_WEIGHTS.in_order(), CRITERIA, strict=True):
            total += weight * criterion.of(pairs).astype(np.int64)
        far = np.where(pairs.distance_m < 0, INT32_MAX, pairs.distance_m)
        for at in range(len(some)):
            possible = np.flatnonzero(~refused[at])
            order = np.lexsort((problem.offers.id_rank[possible], far[at, possible], -total[at, possible]))
            best = possible[order[:k]]
            answers.append([(int(one), int(total[at, one])) for one in best])
    return answers
