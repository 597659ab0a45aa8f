"""Kernel ridge regression on the right labels, with what it would have said of an example, or of a sentence made of
one, without it.

α = (K + λ I)⁻¹ Y. The answer for example i by the regression of all the others is Yᵢ − αᵢ / ((K + λ I)⁻¹)ᵢᵢ exactly
(Rifkin and Lippert 2007, « Notes on regularized least squares », § 4), at the cost of one triangular inverse: with
K + λ I = C Cᵀ, the i-th diagonal term of its inverse is the sum of the squares of column i of C⁻¹.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Single = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Ridge:
    """``weights`` α float32 (m, L); ``without`` (m, L): the answers without each example.

    ``half`` (m, m) lower: C⁻¹; ``diagonal`` (m,): the diagonal of (K + λ I)⁻¹.
    """

    weights: Single
    without: Single
    half: Single
    diagonal: Single

    def of_others(self, kernel: Single, rows: npt.NDArray[np.int64]) -> Single:
        """Return float32 (q, L): the answers for q texts whose ``kernel`` (q, m) is given, without example ``rows``.

        Without example i, the answer for a text of kernel k is k·α − αᵢ (k (K + λ I)⁻¹)ᵢ / ((K + λ I)⁻¹)ᵢᵢ: the
        weights that the regression of the others would have, k being 0 at i.
        """
        solved = self.half @ kernel.T
        shares = np.einsum("jq,jq->q", solved, self.half[:, rows]) / self.diagonal[rows]
        answers: Single = kernel @ self.weights - shares[:, None] * self.weights[rows]
        return answers


def fit_ridge(kernel: Single, targets: Single, ridge: float) -> Ridge:
    """Fit; ``kernel`` float32 (m, m), positive semi-definite, is overwritten; ``targets`` float32 (m, L)."""
    from scipy import linalg  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    kernel[np.diag_indices(len(kernel))] += np.float32(ridge)
    factor = linalg.cholesky(kernel, lower=True, overwrite_a=True, check_finite=False)
    weights = linalg.cho_solve((factor, True), targets, check_finite=False)
    inverse, _ = linalg.lapack.strtri(factor, lower=1, overwrite_c=1)
    diagonal = np.einsum("ij,ij->j", inverse, inverse)
    return Ridge(weights, targets - weights / diagonal[:, None], inverse, diagonal)


def targets_of(right: tuple[tuple[int, ...], ...], labels: int) -> Single:
    """Return float32 (m, L): 1 where a label is right."""
    targets = np.zeros((len(right), labels), dtype=np.float32)
    for row, rows in enumerate(right):
        targets[row, list(rows)] = 1
    return targets
