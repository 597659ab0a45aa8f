"""How close two texts are by the types they speak of: what one names, what answers it by the catalogue's links.

Each text has a profile over the T types: softmax of τ × its greatest cosine with a name of the type; where a
classifier has also said the chance of each type by the words, the mean of the two. The closeness of a need and an
offer is the cosine between the need's profile carried by the links and the offer's profile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidProblem
from maillage_engine.methods.classify.choice import softmax
from maillage_engine.methods.classify.clues import Groups
from maillage_engine.methods.classify.problem import Vectors
from maillage_engine.methods.retrieve.hybrid import Scores

SHARPNESS = 20.0


@dataclass(frozen=True, eq=False)
class KnownTypes:
    """``vectors`` float32 (m, d): the meaning of the names of T types; ``of``: the type of each name.

    ``answers`` (T, T) sparse or dense: how well an offer of type j answers a need of type i, 0 to 1.
    Raises ``InvalidProblem`` on a type without a name.
    """

    vectors: Vectors
    of: Sequence[int]
    answers: Any

    def __post_init__(self) -> None:
        if len(self.of) != len(self.vectors):
            raise InvalidProblem("of", "il faut le type de chaque nom.")
        if set(self.of) != set(range(int(self.answers.shape[0]))):
            raise InvalidProblem("of", "chaque type doit avoir un nom.")

    def closeness(
        self,
        needs: Vectors,
        offers: Vectors,
        *,
        need_chances: Scores | None = None,
        offer_chances: Scores | None = None,
    ) -> Scores:
        """Return float32 (n, m) between ``needs`` (n, d) and ``offers`` (m, d), vectors of length 1.

        ``need_chances`` (n, T) and ``offer_chances`` (m, T): what a classifier says of each text.
        """
        mine, theirs = self._both(needs, need_chances), self._both(offers, offer_chances)
        carried = np.asarray(mine @ self.answers)
        found: Scores = (_unit(carried) @ _unit(theirs).T).astype(np.float32)
        return found

    def _both(self, vectors: Vectors, chances: Scores | None) -> Floats:
        profiles = self._profiles(vectors)
        return profiles if chances is None else (profiles + chances) / 2

    def _profiles(self, vectors: Vectors) -> Floats:
        centre = self.vectors.mean(axis=0, dtype=np.float64)
        names = _unit(self.vectors - centre)
        groups = Groups.of(
            [(one,) for one in self.of], int(self.answers.shape[0]), np.zeros(0, dtype=np.int64)
        )
        nearest = groups.nearest((_unit(vectors - centre) @ names.T).astype(np.float32))
        return np.asarray(softmax(SHARPNESS * nearest.astype(np.float64)))


def _unit(vectors: Floats) -> Floats:
    lengths = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    unit: Floats = np.divide(
        vectors, lengths, out=np.zeros_like(vectors, dtype=np.float64), where=lengths > 0
    )
    return unit
