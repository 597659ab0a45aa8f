"""Meaning + words + types in one score for every pair.

score = z(cosine of meaning) + w z(bonus of words) + t z(closeness of types), where z takes the mean of a need's line
off and divides by its spread: three measures of different kinds become comparable.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from maillage_engine.errors import InvalidArgument
from maillage_engine.text.term_space import TermSpace
from maillage_engine.text.terms import stem_groups

Scores = npt.NDArray[np.float32]
WORDS = 0.2
TYPES = 0.7


def hybrid_scores(
    needs: Sequence[str],
    offers: Sequence[str],
    *,
    cosines: Scores,
    types: Scores | None = None,
) -> Scores:
    """Return float32 (n, m), higher is better, from ``cosines`` (n, m) and the closeness of types (n, m) if known.

    Raises ``InvalidArgument`` when a shape is not n × m.
    """
    shape = (len(needs), len(offers))
    for name, given in (("cosines", cosines), ("types", types)):
        if given is not None and given.shape != shape:
            raise InvalidArgument(name, f"il faut {shape[0]} lignes et {shape[1]} colonnes.")
    space = TermSpace.of([*needs, *offers], stem_groups)
    words = (space.vectors(needs) @ space.vectors(offers).T).toarray()
    total = standard(cosines) + np.float32(WORDS) * standard(words)
    if types is not None:
        total += np.float32(TYPES) * standard(types)
    scores: Scores = total.astype(np.float32)
    return scores


def standard(values: Scores) -> Scores:
    """Return each row with mean 0 and spread 1; a constant row becomes 0."""
    moved = values - values.mean(axis=1, keepdims=True)
    spread = moved.std(axis=1, keepdims=True)
    scaled: Scores = np.divide(moved, spread, out=np.zeros_like(moved), where=spread > 1e-9)
    return scaled
