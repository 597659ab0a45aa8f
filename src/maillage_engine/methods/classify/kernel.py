"""The kernels of the ridge regressions: exp(2 γ (s − 1)), s being a mix of the cosines of three views.

With unit vectors, 2 − 2 s is a squared distance, so this is the Gaussian kernel of width γ on the views put side by
side, each multiplied by the root of its weight: positive definite.
"""

from dataclasses import dataclass

import numpy as np

from maillage_engine.methods.classify.examples import Closeness, Cosines


@dataclass(frozen=True, slots=True)
class Kernel:
    """Weights of letters, stems and meaning, whose sum is 1; ``width`` γ; ``ridge`` λ, added to the diagonal."""

    letters: float
    stems: float
    meaning: float
    width: float
    ridge: float

    def of(self, closeness: Closeness) -> Cosines:
        """Return float32 (a, m)."""
        values = closeness.mixed(self.letters, self.stems, self.meaning)
        values -= np.float32(1)
        values *= np.float32(2 * self.width)
        np.exp(values, out=values)
        return values


WITH_MEANING = (
    Kernel(0.0, 0.0, 1.0, 1.0, 0.3),
    Kernel(0.25, 0.25, 0.5, 2.0, 0.1),
)
WITHOUT_MEANING = (Kernel(0.6, 0.4, 0.0, 2.0, 0.3),)
