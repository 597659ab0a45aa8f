"""Which stems each text has, as sparse matrices over one vocabulary, and how many two texts share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from maillage_engine.arrays import Int32s, Int64s
from maillage_engine.text.analysis import stems


@dataclass(frozen=True, eq=False)
class Lexicon:
    """``needs`` and ``offers``: CSR (rows, vocabulary) of 0 and 1; ``need_counts``, ``offer_counts``: stems a row."""

    needs: Any
    offers: Any
    need_counts: Int64s
    offer_counts: Int64s

    @classmethod
    def of(cls, need_texts: Sequence[str], offer_texts: Sequence[str]) -> "Lexicon":
        """Return the lexicon of the texts of two sides."""
        vocabulary: dict[str, int] = {}
        rows = [[_index(one, vocabulary) for one in stems(text)] for text in (*need_texts, *offer_texts)]
        matrix = _incidence(rows, len(vocabulary))
        counts = np.array([len(row) for row in rows], dtype=np.int64)
        cut = len(need_texts)
        return cls(matrix[:cut], matrix[cut:], counts[:cut], counts[cut:])

    def shared(self, needs: Int64s, offers: Int64s) -> Int32s:
        """Return int32 (p,): how many stems need ``needs[i]`` shares with offer ``offers[i]``."""
        counts: Int32s = self.needs[needs].multiply(self.offers[offers]).sum(axis=1)
        return counts

    def shared_grid(self, needs: Int64s, offers: Int64s) -> Int32s:
        """Return int32 (b, m): how many stems each of the b needs shares with each of the m offers."""
        product = self.needs[needs] @ self.offers[offers].T
        dense: Int32s = product.toarray()
        return dense


def _index(one: str, vocabulary: dict[str, int]) -> int:
    return vocabulary.setdefault(one, len(vocabulary))


def _incidence(rows: list[list[int]], width: int) -> Any:
    from scipy import sparse  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int32)
    ones = np.ones(len(columns), dtype=np.int32)
    return sparse.csr_array((ones, columns, starts), shape=(len(rows), width))
