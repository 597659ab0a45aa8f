"""From texts to the quantised vectors of a problem, both sides with one encoder."""

from collections.abc import Sequence

from maillage_engine.arrays import Int16s
from maillage_engine.text.encoder import Encoder
from maillage_engine.text.vectors import quantise


def need_vectors(encoder: Encoder, texts: Sequence[str]) -> Int16s:
    """Return int16 (n, encoder.width), ready for ``Side.vectors`` of the needs."""
    return quantise(encoder.encode_needs(texts))


def offer_vectors(encoder: Encoder, texts: Sequence[str]) -> Int16s:
    """Return int16 (n, encoder.width), ready for ``Side.vectors`` of the offers."""
    return quantise(encoder.encode_offers(texts))
