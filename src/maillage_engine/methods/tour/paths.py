"""The least way through any places, on a full matrix (Dijkstra)."""

import numpy as np

from maillage_engine.arrays import Int64s


def shortest(lengths: Int64s, place: int) -> Int64s:
    """Return the least length (n,) from ``place`` to each place; ``lengths``: int64 (n, n), not negative."""
    best: Int64s = lengths[place].copy()
    done = np.zeros(len(best), dtype=np.bool_)
    done[place] = True
    while not done.all():
        nearest = int(np.where(done, np.iinfo(np.int64).max, best).argmin())
        done[nearest] = True
        best = np.minimum(best, best[nearest] + lengths[nearest])
    return best
