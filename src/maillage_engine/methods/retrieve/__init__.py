"""Rank offers for needs by meaning, by words, and by what the catalogue says of their types."""

from maillage_engine.methods.retrieve.hybrid import hybrid_scores

__all__ = ["hybrid_scores"]
