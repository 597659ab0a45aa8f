"""The array types of the engine and how an array is frozen."""

from typing import Any

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Int16s = npt.NDArray[np.int16]
Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt16s = npt.NDArray[np.uint16]
UInt64s = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
AnyArray = npt.NDArray[Any]

INT32_MIN = -(2**31)
INT32_MAX = 2**31 - 1


def frozen(array: AnyArray) -> AnyArray:
    """Return a contiguous copy of ``array`` that nothing can write to."""
    copy = np.array(array, order="C", copy=True)
    copy.setflags(write=False)
    return copy
