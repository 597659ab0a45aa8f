"""How a loop is compiled: Numba, without the interpreter's lock, kept on disk.

Numba keeps a compiled loop as long as its own file does not change; it does not look at the files of the loops that it
calls, and a stale one corrupts memory. The folder of what is kept therefore bears a digest of every file that holds a
loop: any change compiles them anew. Only modules that hold such loops import this one, and methods import those modules
at the first call: Numba takes half a second to load.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numba

MARK = b"maillage_engine.compiled"
"""What a file that holds loops has in it: the import of this module."""

P = ParamSpec("P")
R = TypeVar("R")


def _kept_in() -> Path:
    """The folder of the loops compiled from the present files."""
    engine = Path(__file__).parent
    hasher = hashlib.sha256(numba.__version__.encode())
    for file in sorted(engine.rglob("*.py")):
        content = file.read_bytes()
        if MARK in content:
            hasher.update(str(file.relative_to(engine)).encode() + content)
    return engine / "__pycache__" / f"loops-{hasher.hexdigest()[:16]}"


def _prepare() -> None:
    """Keep loops beside the engine when one may write there; else Numba finds a place of its own."""
    config: Any = numba.config  # its names are made when it is loaded
    if config.CACHE_DIR:
        return
    folder = _kept_in()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    config.CACHE_DIR = str(folder)


_prepare()


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return ``function`` compiled at its first call; arrays and numbers only."""
    fast: Callable[P, R] = numba.njit(cache=True, nogil=True)(function)
    return fast
