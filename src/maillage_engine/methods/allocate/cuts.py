"""What hangs with the unserved needs in a sharing: the nodes from which nothing more can be sent; compiled."""

import numpy as np

from maillage_engine.arrays import Bools, Int32s, Int64s
from maillage_engine.compiled import compiled


@compiled
def closure(
    needs: int,
    start: Int64s,
    offer: Int32s,
    need_of: Int32s,
    into: Int64s,
    in_edge: Int64s,
    flow: Int64s,
    seeds: Int64s,
) -> Bools:
    """Return which nodes (needs, then offers) can be reached from ``seeds``, needs that lack something.

    From a need to each offer it may deal with, from an offer to each need it serves: if the offer served the first
    one, the second would have to look elsewhere.
    """
    nodes = needs + into.shape[0] - 1
    reached = np.zeros(nodes, dtype=np.bool_)
    waiting = np.empty(nodes, dtype=np.int64)
    count = seeds.shape[0]
    for at in range(count):
        waiting[at] = seeds[at]
        reached[seeds[at]] = True
    while count > 0:
        count -= 1
        node = waiting[count]
        if node < needs:
            for edge in range(start[node], start[node + 1]):
                other = needs + np.int64(offer[edge])
                if not reached[other]:
                    reached[other] = True
                    waiting[count] = other
                    count += 1
        else:
            for place in range(into[node - needs], into[node - needs + 1]):
                edge = in_edge[place]
                if flow[edge] > 0 and not reached[need_of[edge]]:
                    reached[need_of[edge]] = True
                    waiting[count] = need_of[edge]
                    count += 1
    return reached
