"""How alike two folded names are, as PostgreSQL's ``pg_trgm`` says it, and every alike pair of a long list.

Two names are compared by their sets of three-letter pieces: the size of what they share over the size of the
whole. For a list, what each name shares with each other is one product of a sparse matrix of zeros and ones.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

_WORD = re.compile(r"[a-z0-9]+")
_BLOCK = 500


def trigrams(folded: str) -> frozenset[str]:
    """Return the pieces of a folded name, each word with two blanks before and one behind."""
    pieces: set[str] = set()
    for word in _WORD.findall(folded):
        padded = f"  {word} "
        pieces.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return frozenset(pieces)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the shared part of two sets of pieces, 0 to 1."""
    whole = len(one | other)
    return len(one & other) / whole if whole else 0.0


def alike_pairs(names: Mapping[int, str], *, at_least: float) -> dict[tuple[int, int], float]:
    """Return each pair (lower id, higher id) whose names are alike at ``at_least`` (more than 0) or more."""
    keys = sorted(names)
    if len(keys) < 2:
        return {}
    rows = _matrix([trigrams(names[key]) for key in keys])
    sizes = np.asarray(rows.sum(axis=1)).ravel()
    columns = rows.T.tocsr()
    found: dict[tuple[int, int], float] = {}
    for start in range(0, len(keys), _BLOCK):
        shared = (rows[start : start + _BLOCK] @ columns).tocoo()
        one, other = shared.row + start, shared.col
        alike = shared.data / (sizes[one] + sizes[other] - shared.data)
        kept = (one < other) & (alike >= at_least)
        for first, second, value in zip(one[kept], other[kept], alike[kept], strict=True):
            found[keys[first], keys[second]] = float(value)
    return found


def _matrix(pieces: list[frozenset[str]]) -> Any:
    """One row a name, one column a piece."""
    column_of = {piece: at for at, piece in enumerate(sorted(frozenset().union(*pieces)))}
    columns = [column_of[piece] for each in pieces for piece in sorted(each)]
    ends = np.cumsum([0, *map(len, pieces)])
    shape = (len(pieces), max(len(column_of), 1))
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    return csr_matrix((np.ones(len(columns)), np.asarray(columns, dtype=np.int32), ends), shape=shape)
