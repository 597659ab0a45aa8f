"""Why this one, and why not that one: codes and numbers, and the French sentence of each."""

from maillage_engine.explain.nearest import nearest_refused
from maillage_engine.explain.reasons import Reason
from maillage_engine.explain.sentences import relaxation_fr, sentence_fr
from maillage_engine.explain.verdict import Explanation, Refusal, explain

__all__ = [
    "Explanation",
    "Reason",
    "Refusal",
    "explain",
    "nearest_refused",
    "relaxation_fr",
    "sentence_fr",
]
