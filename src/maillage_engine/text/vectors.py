"""Vectors of meaning as small whole numbers, so that their products are exact in any order.

A unit vector is multiplied by 4000 and rounded. Its length is then at most 4000 + √d/2; up to ``MAX_LENGTH``,
every partial sum of a dot product stays under 2²⁴ (Cauchy–Schwarz), where float32 counts without rounding:
the fast product of matrices gives the same whole number whatever its blocks, threads or instructions.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Int16s

SCALE = 4000
MAX_LENGTH = 4095


def quantise(unit_vectors: npt.NDArray[Any]) -> Int16s:
    """Return int16 (n, d) of float (n, d): each row is brought to length 1, then to 4000; a null row stays null."""
    vectors = np.asarray(unit_vectors, dtype=np.float64)
    lengths = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    quantised: Int16s = np.rint(unit * SCALE).astype(np.int16)
    return quantised


def squared_lengths(vectors: Int16s) -> npt.NDArray[np.int64]:
    """Return the exact squared length (n,) of each row."""
    wide = vectors.astype(np.int32)
    squares: npt.NDArray[np.int64] = np.einsum("ij,ij->i", wide, wide, dtype=np.int64)
    return squares
