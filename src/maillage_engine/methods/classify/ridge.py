"""Kernel ridge regression on the right labels, with what it would have said of each example without it.

α = (K + λ I)⁻¹ Y. The answer for example i by the regression of all the others is Yᵢ − αᵢ / ((K + λ I)⁻¹)ᵢᵢ exactly
(Rifkin and Lippert 2007, « Notes on regularized least squares », § 4), at the cost of one triangular inverse: with
K + λ I = C Cᵀ, the i-th diagonal term of its inverse is the sum of the squares of column i of C⁻¹.
"""

import numpy as np
import numpy.typing as npt

Single = npt.NDArray[np.float32]


def fit_ridge(kernel: Single, targets: Single, ridge: float) -> tuple[Single, Single]:
    """Return α float32 (m, L), and the answers without each example, float32 (m, L).

    ``kernel`` float32 (m, m), positive semi-definite, is overwritten; ``targets`` float32 (m, L).
    """
    from scipy import linalg  # noqa: PLC0415 - loaded at the first use: every start would pay for it

    kernel[np.diag_indices(len(kernel))] += np.float32(ridge)
    factor = linalg.cholesky(kernel, lower=True, overwrite_a=True, check_finite=False)
    weights = linalg.cho_solve((factor, True), targets, check_finite=False)
    inverse, _ = linalg.lapack.strtri(factor, lower=1, overwrite_c=1)
    diagonal = np.einsum("ij,ij->j", inverse, inverse)
    without = targets - weights / diagonal[:, None]
    return weights, without


def targets_of(right: tuple[tuple[int, ...], ...], labels: int) -> Single:
    """Return float32 (m, L): 1 where a label is right."""
    targets = np.zeros((len(right), labels), dtype=np.float32)
    for row, rows in enumerate(right):
        targets[row, list(rows)] = 1
    return targets
