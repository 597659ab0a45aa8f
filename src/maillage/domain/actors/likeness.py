"""How alike two folded names are, as PostgreSQL's ``pg_trgm`` says it, and every alike pair of a long list.

Two names are compared by their sets of three-letter pieces: the size of what they share over the size of the
whole. To be alike at ``t``, two sets must share one of the ``len − ceil(t × len) + 1`` rarest pieces of each (prefix
filter of set joins: Chaudhuri, Ganti and Kaushik, 2006), so only such pairs are compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from math import ceil

_WORD = re.compile(r"[a-z0-9]+")


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
    """Return each pair (lower id, higher id) whose names are alike at ``at_least`` or more."""
    pieces = {pk: trigrams(folded) for pk, folded in names.items()}
    times = Counter(piece for each in pieces.values() for piece in each)
    holders: dict[str, list[int]] = defaultdict(list)
    found: dict[tuple[int, int], float] = {}
    for pk in sorted(pieces):
        mine = pieces[pk]
        rarest = sorted(mine, key=lambda piece: (times[piece], piece))
        met: set[int] = set()
        for piece in rarest[: len(mine) - ceil(at_least * len(mine)) + 1]:
            met.update(holders[piece])
            holders[piece].append(pk)
        for other in met:
            alike = similarity(pieces[other], mine)
            if alike >= at_least:
                found[other, pk] = alike
    return found
