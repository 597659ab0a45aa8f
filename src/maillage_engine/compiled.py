"""How a loop is compiled: Numba, without the interpreter's lock, kept on disk beside the file.

Only modules that hold such loops import this one, and methods import those modules at the first call: Numba takes
half a second to load.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return ``function`` compiled at its first call; arrays and numbers only."""
    fast: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return fast
