"""The kernels of the ridge regressions, from the cosines of three views: letters, stems, meaning.

Joint: exp(2 γ (s − 1)), s being the mix of the three. With unit vectors, 2 − 2 s is a squared distance, so this is the
Gaussian kernel of width γ on the views put side by side, each multiplied by the root of its weight.
Apart: the mix of the cosines of letters and stems, plus the weight of meaning × its own Gaussian kernel.
Both are positive definite.
"""

from dataclasses import dataclass

import numpy as np

from maillage_engine.methods.classify.examples import Closeness, Cosines


@dataclass(frozen=True, slots=True)
class Kernel:
    """Weights of letters, stems and meaning; ``width`` γ; ``ridge`` λ, added to the diagonal; ``apart``: see above."""

    letters: float
    stems: float
    meaning: float
    width: float
    ridge: float
    apart: bool = False

    def of(self, closeness: Closeness) -> Cosines:
        """Return float32 (a, m)."""
        if not self.apart:
            return _gaussian(closeness.mixed(self.letters, self.stems, self.meaning), self.width)
        values = closeness.mixed(self.letters, self.stems, 0)
        if self.meaning and closeness.meaning is not None:
            values += np.float32(self.meaning) * _gaussian(closeness.meaning.copy(), self.width)
        return values


WITH_MEANING = (
    Kernel(0.0, 0.0, 1.0, 1.0, 0.3),
    Kernel(0.25, 0.25, 0.5, 2.0, 0.1),
    Kernel(0.25, 0.25, 0.5, 1.0, 0.2),
    Kernel(0.5, 0.5, 1.0, 1.0, 0.3, apart=True),
    Kernel(0.6, 0.4, 0.0, 2.0, 0.3),
)
WITHOUT_MEANING = (Kernel(0.6, 0.4, 0.0, 2.0, 0.3), Kernel(0.6, 0.4, 0.0, 1.0, 0.3, apart=True))


def _gaussian(cosines: Cosines, width: float) -> Cosines:
    """Overwrite and return ``cosines``."""
    cosines -= np.float32(1)
    cosines *= np.float32(2 * width)
    np.exp(cosines, out=cosines)
    return cosines
