"""How close an offered type is to a needed type: through the tree, or through a link of the catalogue.

- the same type: 1000;
- the offer is more specific, by L levels: 1000 × 0.9^L, at least 700;
- the offer is more general, by L levels: 1000 × 0.8^L, at least 400;
- a link from offer to need: its closeness; with one end moved to its parent or to a child: × 0.8; the offer's end
  of a ``handles`` link does not move to a child, since a service for one thing does not take care of others;
- a type that is not known, on either side: 500.

All in thousandths, each product rounded down; several ways: the best one.
"""

from collections.abc import Sequence

import numpy as np

from maillage_engine.arrays import UInt16s

SAME = 1000
SPECIFIC_PERCENT, SPECIFIC_FLOOR = 90, 700
GENERAL_PERCENT, GENERAL_FLOOR = 80, 400
MOVED_PERCENT = 80
UNKNOWN = 500

HANDLES = "handles"

LinkEnds = tuple[int, int, int, str]
"""Index of the offer's type, index of the need's type, closeness in thousandths, relation."""


def specific_closeness(levels: int) -> int:
    """Closeness of an offer ``levels`` below the need in the tree (0: the same type)."""
    return max(SPECIFIC_FLOOR, _shrunk(SPECIFIC_PERCENT, levels))


def general_closeness(levels: int) -> int:
    """Closeness of an offer ``levels`` above the need in the tree."""
    return max(GENERAL_FLOOR, _shrunk(GENERAL_PERCENT, levels))


def _shrunk(percent: int, levels: int) -> int:
    return SAME * int(percent**levels) // int(100**levels)


def closeness_matrix(parents: Sequence[int], links: Sequence[LinkEnds]) -> UInt16s:
    """Return the frozen (T + 1, T + 1) closeness in thousandths, [offer, need]; the last index is the unknown type.

    ``parents`` gives the parent of each of the T types, -1 at a root.
    """
    count = len(parents)
    matrix = np.zeros((count + 1, count + 1), dtype=np.uint16)
    matrix[-1, :] = UNKNOWN
    matrix[:, -1] = UNKNOWN
    for low in range(count):
        high, levels = low, 0
        while high != -1:
            matrix[low, high] = max(matrix[low, high], specific_closeness(levels))
            if levels:
                matrix[high, low] = max(matrix[high, low], general_closeness(levels))
            high, levels = parents[high], levels + 1
    _add_links(matrix, parents, links)
    matrix.setflags(write=False)
    return matrix


def _add_links(matrix: UInt16s, parents: Sequence[int], links: Sequence[LinkEnds]) -> None:
    children: dict[int, list[int]] = {}
    for child, parent in enumerate(parents):
        children.setdefault(parent, []).append(child)
    for offer, need, closeness, relation in links:
        moved = closeness * MOVED_PERCENT // 100
        matrix[offer, need] = max(matrix[offer, need], closeness)
        for near in _next_to(offer, parents, {} if relation == HANDLES else children):
            matrix[near, need] = max(matrix[near, need], moved)
        for near in _next_to(need, parents, children):
            matrix[offer, near] = max(matrix[offer, near], moved)


def _next_to(one: int, parents: Sequence[int], children: dict[int, list[int]]) -> list[int]:
    above = [parents[one]] if parents[one] != -1 else []
    return above + children.get(one, [])
