"""The encoder that needs no model: stems and groups of letters, spread over columns by a fixed digest.

It finds texts that share words or parts of words, never those that only share their meaning. No training, and
the same vector on every machine.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from maillage_engine.text.analysis import MAX_CHARACTERS, stems
from maillage_engine.text.encoder import UnitVectors
from maillage_engine.text.meaning_scale import MeaningScale

STEM_WEIGHT = 4
GRAM_WEIGHT = 1
GRAM = 4


class LexicalEncoder:
    """Vectors of 384 columns: each stem weighs 4, each group of 4 letters inside a stem weighs 1, with a sign."""

    build = "lexical-1"
    width = 384
    scale = MeaningScale(low=1_500, high=8_000)

    def encode_needs(self, texts: Sequence[str]) -> UnitVectors:
        """Return float32 (n, 384) of needs; each text is cut at ``MAX_CHARACTERS``."""
        return self._encode(texts)

    def encode_offers(self, texts: Sequence[str]) -> UnitVectors:
        """Return float32 (n, 384) of offers; each text is cut at ``MAX_CHARACTERS``."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> UnitVectors:
        counts = np.zeros((len(texts), self.width), dtype=np.int32)
        for row, text in enumerate(texts):
            for feature, weight in _features(text[:MAX_CHARACTERS]):
                column, sign = _place(feature, self.width)
                counts[row, column] += sign * weight
        lengths = np.sqrt((counts.astype(np.int64) ** 2).sum(axis=1, keepdims=True).astype(np.float64))
        vectors = np.divide(counts, lengths, out=np.zeros(counts.shape), where=lengths > 0)
        narrow: UnitVectors = vectors.astype(np.float32)
        return narrow


def _features(text: str) -> Iterator[tuple[str, int]]:
    for stem in stems(text):
        yield stem, STEM_WEIGHT
        edged = f"^{stem}$"
        for start in range(len(edged) - GRAM + 1):
            yield "#" + edged[start : start + GRAM], GRAM_WEIGHT


@lru_cache(maxsize=200_000)
def _place(feature: str, width: int) -> tuple[int, int]:
    number = int.from_bytes(blake2b(feature.encode("utf-8"), digest_size=8).digest(), "big")
    return (number >> 1) % width, 1 if number & 1 else -1
