"""What ``methods.retrieve`` says of one need and every offer, counted offer by offer in double precision: its twin."""

import math
from collections.abc import Sequence

from maillage_engine.arrays import Floats
from maillage_engine.methods.retrieve.hybrid import TYPES, WORDS
from maillage_engine.text.term_space import TermSpace
from maillage_engine.text.terms import stem_groups


def slow_scores(
    needs: Sequence[str],
    offers: Sequence[str],
    rows: Sequence[int],
    cosines: Sequence[Sequence[float]],
    types: Sequence[Sequence[float]] | None = None,
) -> list[list[float]]:
    """Return the score of each offer for the needs ``rows``; ``cosines``, ``types``: a line of m for each."""
    space = TermSpace.of([*needs, *offers], stem_groups)
    said = [space.weights(offer) for offer in offers]
    scores = []
    for at, row in enumerate(rows):
        mine = space.weights(needs[row])
        words = [math.fsum(value * other.get(term, 0.0) for term, value in mine.items()) for other in said]
        parts = [
            (1.0, cosines[at]),
            (WORDS, words),
            (TYPES, [0.0] * len(offers) if types is None else types[at]),
        ]
        lines = [[weight * one for one in slow_standard(values)] for weight, values in parts]
        scores.append([math.fsum(column) for column in zip(*lines, strict=True)])
    return scores


def slow_standard(values: Sequence[float]) -> list[float]:
    """Return the values with mean 0 and spread 1; zeros where they are all the same."""
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / spread if spread > 1e-9 else 0.0 for value in values]


def slow_cosines(one: Floats, others: Floats) -> list[float]:
    """Return the product of a vector (d,) with each row of ``others`` (m, d), in double precision."""
    return [math.fsum(a * b for a, b in zip(one.tolist(), other, strict=True)) for other in others.tolist()]
