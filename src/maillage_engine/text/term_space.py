"""Sparse unit vectors of texts: term frequency × inverse document frequency.

Weight of a term met t times in a text, of which d texts out of n hold it: (1 + ln t) × (1 + ln((1 + n) / (1 + d))),
then each text is brought to length 1 (Salton and Buckley 1988, « Term-weighting approaches »; the smoothed form).
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from maillage_engine.arrays import Floats, frozen
from maillage_engine.errors import InvalidArgument
from maillage_engine.text.terms import Cut


@dataclass(frozen=True, eq=False)
class TermSpace:
    """``terms``: the v columns, sorted; ``rarity`` float64 (v,): the second factor above; ``cut``: text → terms."""

    cut: Cut
    terms: tuple[str, ...]
    rarity: Floats
    _column: dict[str, int] = field(default_factory=dict, repr=False)
    _factor: list[float] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        if len(self.terms) != len(self.rarity):
            raise InvalidArgument("rarity", "il faut une rareté par terme.")
        object.__setattr__(self, "rarity", frozen(np.asarray(self.rarity, dtype=np.float64)))
        object.__setattr__(self, "_factor", self.rarity.tolist())
        object.__setattr__(self, "_column", {term: at for at, term in enumerate(self.terms)})

    @classmethod
    def of(cls, texts: Iterable[str], cut: Cut) -> "TermSpace":
        """Return the space of the terms met in ``texts``."""
        met: Counter[str] = Counter()
        count = 0
        for text in texts:
            met.update(set(cut(text)))
            count += 1
        terms = tuple(sorted(met))
        rarity = [1 + math.log((1 + count) / (1 + met[term])) for term in terms]
        return cls(cut, terms, np.array(rarity, dtype=np.float64))

    def vectors(self, texts: Sequence[str]) -> Any:
        """Return CSR float32 (n, v) of unit rows; a text without a known term is a null row."""
        from scipy import sparse  # noqa: PLC0415 - loaded at the first use: every start would pay for it

        columns: list[int] = []
        values: list[float] = []
        starts = [0]
        for text in texts:
            row = self.weights(text)
            columns.extend(row)
            values.extend(row.values())
            starts.append(len(columns))
        data = (np.array(values, dtype=np.float32), np.array(columns, dtype=np.int32), starts)
        return sparse.csr_array(data, shape=(len(texts), len(self.terms)))

    def weights(self, text: str) -> dict[int, float]:
        """Return {column: weight} of one text, in the order of the columns, of length 1."""
        column, factor = self._column, self._factor
        counts = Counter(self.cut(text))
        known = sorted((column[term], times) for term, times in counts.items() if term in column)
        row = {at: factor[at] if times == 1 else (1 + math.log(times)) * factor[at] for at, times in known}
        length = math.sqrt(sum(value * value for value in row.values()))
        return {at: value / length for at, value in row.items()}
