"""The stems of the rows that are there, in one pool that grows and is tidied when more than half of it is waste."""

from collections.abc import Sequence

import numpy as np

from maillage_engine.arrays import AnyArray, Int32s
from maillage_engine.methods.scan.rows import Stems
from maillage_engine.text.analysis import stems

LEAST = 1_024


class StemPool:
    """Numbers of stems, written one text after another. ``pool`` int32 is what the records point into."""

    def __init__(self) -> None:
        self.pool: Int32s = np.zeros(LEAST, dtype=np.int32)
        self._vocabulary: dict[str, int] = {}
        self._used = 0
        self._waste = 0

    def place(self, records: AnyArray, texts: Sequence[str]) -> None:
        """Write the stems of ``texts`` and point ``records`` to them."""
        for at, text in enumerate(texts):
            numbers = sorted(self._vocabulary.setdefault(one, len(self._vocabulary)) for one in stems(text))
            self._room_for(len(numbers))
            self.pool[self._used : self._used + len(numbers)] = numbers
            records[at]["stem_start"], records[at]["stem_count"] = self._used, len(numbers)
            self._used += len(numbers)

    def forget(self, length: int) -> None:
        """Count the stems of a row that goes away as waste."""
        self._waste += length

    def tidy(self, records: AnyArray) -> None:
        """Close the gaps when there is more waste than not; ``records`` are all those that point into the pool."""
        if self._waste * 2 <= max(self._used, LEAST):
            return
        parts = [
            self.pool[start : start + length]
            for start, length in zip(records["stem_start"], records["stem_count"], strict=True)
        ]
        lengths = records["stem_count"].astype(np.int64)
        records["stem_start"] = np.cumsum(lengths) - lengths
        self._used, self._waste = int(lengths.sum()), 0
        self.pool = np.zeros(max(2 * self._used, LEAST), dtype=np.int32)
        if parts:
            self.pool[: self._used] = np.concatenate(parts)

    def read(self, texts: Sequence[str]) -> Stems:
        """Return the stems of texts that are not kept; a stem nobody has gets a number nobody has."""
        unknown = len(self._vocabulary)
        rows = []
        for text in texts:
            found = stems(text)
            rows.append(sorted(self._vocabulary.get(one, unknown + at) for at, one in enumerate(found)))
        return Stems.of_rows(rows)

    def _room_for(self, length: int) -> None:
        if self._used + length > len(self.pool):
            grown = np.zeros(2 * (self._used + length), dtype=np.int32)
            grown[: self._used] = self.pool[: self._used]
            self.pool = grown
