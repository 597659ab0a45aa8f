"""The refused answers that come nearest to fitting: for « pourquoi pas… »."""

import numpy as np

from maillage_engine.errors import InvalidArgument
from maillage_engine.explain.verdict import Explanation, explain
from maillage_engine.methods.search import Direction
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.rules.registry import RULES
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights

HARD = {"type": 4, "same_party": 4}
"""Refusals that nobody can lift count as several."""


def nearest_refused(
    problem: Problem,
    row: int,
    *,
    n: int = 5,
    direction: Direction = "needs",
    weights: Weights = DEFAULT_WEIGHTS,
) -> list[Explanation]:
    """Return at most ``n`` refused answers of ``row`` (of the needs, or of the offers), nearest to fitting first.

    Fewest refusals first, those that nobody can lift (another type, the same structure) counting as four; then
    the larger total; then the id. Raises ``InvalidArgument`` when the row does not exist or ``n`` is under 1.
    """
    asked, others = (
        (problem.needs, problem.offers) if direction == "needs" else (problem.offers, problem.needs)
    )
    if not 0 <= row < len(asked):
        raise InvalidArgument("row", f"la ligne {row} n’existe pas ; il y en a {len(asked)}.")
    if n < 1:
        raise InvalidArgument("n", "demandez au moins une réponse.")
    one, every = np.array([row]), np.arange(len(others))
    pairs = Pairs.grid(problem, one, every) if direction == "needs" else Pairs.grid(problem, every, one)
    burden = np.zeros(pairs.shape, dtype=np.int64)
    for rule in RULES:
        burden += rule.refuses(pairs) * HARD.get(rule.code, 1)
    total = np.zeros(pairs.shape, dtype=np.int64)
    for weight, criterion in zip(weights.in_order(), CRITERIA, strict=True):
        total += weight * criterion.of(pairs)
    burden, total = burden.ravel(), total.ravel()
    refused = np.flatnonzero(burden > 0)
    order = np.lexsort((others.id_rank[refused], -total[refused], burden[refused]))
    chosen = [int(other) for other in refused[order][:n]]
    if direction == "needs":
        return [explain(problem, row, other, weights=weights) for other in chosen]
    return [explain(problem, other, row, weights=weights) for other in chosen]
