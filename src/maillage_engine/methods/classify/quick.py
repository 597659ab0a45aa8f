"""One text against every example, in compiled code: no threads that wait for one another, no table built anew."""

import numpy as np

from maillage_engine.arrays import Int32s
from maillage_engine.compiled import compiled
from maillage_engine.methods.classify.ridge import Single


@compiled
def weighted_sum(weights: Single, rows: Single) -> Single:
    """Return Σ weightsᵢ rowsᵢ, float32 (m,), for ``weights`` (n,) and ``rows`` (n, m); a null weight costs nothing."""
    total = np.zeros(rows.shape[1], dtype=np.float32)
    for at in range(len(weights)):
        weight = weights[at]
        if weight != 0:
            row = rows[at]
            for column in range(len(row)):
                total[column] += weight * row[column]
    return total


@compiled
def sparse_sum(
    terms: Int32s, weights: Single, starts: Int32s, columns: Int32s, values: Single, width: int
) -> Single:
    """Return Σ weightsᵢ × line ``termsᵢ`` of a CSR matrix, float32 (width,)."""
    total = np.zeros(width, dtype=np.float32)
    for at in range(len(terms)):
        weight = weights[at]
        for place in range(starts[terms[at]], starts[terms[at] + 1]):
            total[columns[place]] += weight * values[place]
    return total
