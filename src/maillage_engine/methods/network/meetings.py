"""Who should meet whom: pairs not linked today that share neighbours or complete each other.

Closeness: Adamic and Adar, « Friends and neighbors on the Web », Social Networks 25 (2003): each common neighbour
counts 1 / ln(how many neighbours it has), so that whoever knows everybody counts little. The facilitator knows
everybody by trade and is left out.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from maillage_engine.methods.network.problem import NetworkProblem
from maillage_engine.methods.network.result import Meeting

BLOCK = 512
"""Rows of the product looked at together: memory stays flat."""

Neighbours = Sequence[frozenset[int]]


def meetings(problem: NetworkProblem, neighbours: Neighbours, *, k: int) -> tuple[Meeting, ...]:
    """Return the ``k`` best pairs by score, then names; the facilitator is in none of them."""
    candidates: dict[tuple[int, int], float] = {}
    for one, other, closeness in _close(problem, neighbours, k):
        candidates[one, other] = closeness
    for pair in _completing(problem, neighbours):
        candidates.setdefault(pair, -1.0)
    found = [_meeting(problem, neighbours, *pair) for pair in candidates]
    found.sort(key=lambda one: (-one.score, problem.actors[one.one], problem.actors[one.other]))
    return tuple(found[:k])


def closeness(neighbours: Neighbours, common: Sequence[int]) -> float:
    """Return the Adamic–Adar sum, rounded to nine decimals so that ties are ties."""
    return round(math.fsum(1 / math.log(len(neighbours[one])) for one in common), 9)


def _meeting(problem: NetworkProblem, neighbours: Neighbours, one: int, other: int) -> Meeting:
    common = tuple(sorted((neighbours[one] & neighbours[other]) - {problem.facilitator}))
    complements = (problem.needs[one] & problem.offers[other]) | (problem.needs[other] & problem.offers[one])
    return Meeting(one, other, common, closeness(neighbours, common), tuple(sorted(complements)))


def _close(problem: NetworkProblem, neighbours: Neighbours, k: int) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs that may be among the k closest of each block of rows."""
    from scipy.sparse import csr_array, diags_array  # noqa: PLC0415 - loaded at the first use

    count = len(neighbours)
    rows = np.repeat(np.arange(count), [len(one) for one in neighbours])
    columns = np.array([one for around in neighbours for one in sorted(around)], dtype=np.int64)
    links = csr_array((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    weights = np.array([1 / math.log(len(one)) if len(one) > 1 else 0.0 for one in neighbours])
    if problem.facilitator is not None:
        weights[problem.facilitator] = 0.0
    weighted = csr_array(diags_array(weights) @ links)
    for start in range(0, count, BLOCK):
        block = (links[start : start + BLOCK] @ weighted).tocoo()
        one, other, value = block.row + start, block.col, block.data
        kept = (one < other) & (value > 0)
        if problem.facilitator is not None:
            kept &= (one != problem.facilitator) & (other != problem.facilitator)
        one, other, value = one[kept], other[kept], value[kept]
        linked = np.asarray(links[one, other]).ravel() > 0 if len(one) else np.zeros(0, dtype=np.bool_)
        one, other, value = one[~linked], other[~linked], value[~linked]
        if len(value) > k:
            least = np.partition(value, len(value) - k)[len(value) - k]
            kept = value >= least - 1e-9
            one, other, value = one[kept], other[kept], value[kept]
        yield from zip(one.tolist(), other.tolist(), value.tolist(), strict=True)


def _completing(problem: NetworkProblem, neighbours: Neighbours) -> Iterator[tuple[int, int]]:
    """Yield the pairs not linked where one needs what the other offers."""
    offering: dict[str, list[int]] = defaultdict(list)
    for actor, codes in enumerate(problem.offers):
        for code in codes:
            offering[code].append(actor)
    for actor, codes in enumerate(problem.needs):
        for code in codes:
            for other in offering[code]:
                if (
                    other != actor
                    and other not in neighbours[actor]
                    and problem.facilitator not in {actor, other}
                ):
                    yield min(actor, other), max(actor, other)
