"""What an encoder is: it turns texts into unit vectors, and says under which name its vectors may be kept."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from maillage_engine.text.meaning_scale import MeaningScale

UnitVectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """``build`` names the exact make of the vectors: two encoders of one build give the same vectors.

    ``width`` is the number of columns d; ``scale`` which cosines mean nothing and everything. Both methods
    return float32 (n, d) rows of length 1, or 0 for a text without content.
    """

    @property
    def build(self) -> str:
        """Name and version of the make."""

    @property
    def width(self) -> int:
        """Number of columns."""

    @property
    def scale(self) -> MeaningScale:
        """Cosines that mean nothing and everything."""

    def encode_needs(self, texts: Sequence[str]) -> UnitVectors:
        """Return the vectors of needs."""

    def encode_offers(self, texts: Sequence[str]) -> UnitVectors:
        """Return the vectors of offers."""


def without_empty(texts: Sequence[str], encode: Any, width: int) -> UnitVectors:
    """Return float32 (n, width): ``encode`` of the texts that have content, zeros for the others."""
    vectors = np.zeros((len(texts), width), dtype=np.float32)
    kept = [row for row, text in enumerate(texts) if text.strip()]
    if kept:
        vectors[kept] = encode([texts[row] for row in kept])
    return vectors
