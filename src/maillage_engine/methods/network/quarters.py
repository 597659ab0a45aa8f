"""The network quarter after quarter."""

from datetime import date, timedelta

import numpy as np

from maillage_engine.arrays import Int64s
from maillage_engine.methods.network.problem import NetworkProblem
from maillage_engine.methods.network.result import Quarter

EPOCH = date(1970, 1, 1)
MOST_QUARTERS = 200
"""The most recent ones kept: fifty years."""


def quarters(problem: NetworkProblem) -> tuple[Quarter, ...]:
    """Return every quarter from that of the first link to that of today, oldest first."""
    pairs, first, last = _pairs(problem)
    seen = first <= problem.today
    pairs, first, last = pairs[seen], first[seen], last[seen]
    if not len(pairs):
        return ()
    keys, where = np.unique(pairs, return_inverse=True)
    born = np.full(len(keys), np.iinfo(np.int64).max)
    np.minimum.at(born, where, first)
    died = np.full(len(keys), np.iinfo(np.int64).min)
    np.maximum.at(died, where, last)
    spans = _spans(int(first.min()), problem.today)[-MOST_QUARTERS:]
    return tuple(
        _quarter(problem, span, pairs[(first <= span[3]) & (last >= span[3])], born, died) for span in spans
    )


def _pairs(problem: NetworkProblem) -> tuple[Int64s, Int64s, Int64s]:
    """Return the key of each link (smaller × n + larger) and its days."""
    one, other = problem.one.astype(np.int64), problem.other.astype(np.int64)
    keys = np.minimum(one, other) * len(problem.actors) + np.maximum(one, other)
    return keys, problem.first_day.astype(np.int64), problem.last_day.astype(np.int64)


def _spans(first: int, today: int) -> list[tuple[int, int, int, int]]:
    """Return (year, quarter, first day, last day, today at most) of each quarter."""
    start, end = EPOCH + timedelta(days=first), EPOCH + timedelta(days=today)
    year, quarter = start.year, (start.month - 1) // 3 + 1
    found = []
    while (year, quarter) <= (end.year, (end.month - 1) // 3 + 1):
        opens = date(year, 3 * quarter - 2, 1)
        closes = (date(year + quarter // 4, quarter % 4 * 3 + 1, 1)) - timedelta(days=1)
        found.append((year, quarter, (opens - EPOCH).days, min((closes - EPOCH).days, today)))
        year, quarter = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
    return found


def _quarter(
    problem: NetworkProblem, span: tuple[int, int, int, int], alive: Int64s, born: Int64s, died: Int64s
) -> Quarter:
    from scipy.sparse import coo_array  # noqa: PLC0415 - loaded at the first use
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    year, quarter, opens, closes = span
    keys = np.unique(alive)
    one, other = np.divmod(keys, len(problem.actors))
    present, where = np.unique(np.concatenate([one, other]), return_inverse=True)
    count = len(present)
    components, largest = 0, 0
    if count:
        ends = where.reshape(2, -1)
        graph = coo_array((np.ones(len(keys)), (ends[0], ends[1])), shape=(count, count))
        components, labels = connected_components(graph, directed=False)
        largest = int(np.bincount(labels).max())
    return Quarter(
        year=year,
        quarter=quarter,
        actors=count,
        links=len(keys),
        new_links=int(((born >= opens) & (born <= closes)).sum()),
        ended_links=int(((died >= opens) & (died < closes)).sum()),
        density=density(count, len(keys)),
        components=int(components),
        largest_share=largest / count if count else 0.0,
    )


def density(actors: int, links: int) -> float:
    """Return the share of the possible pairs that are linked, 0 under two actors."""
    return 2 * links / (actors * (actors - 1)) if actors > 1 else 0.0
