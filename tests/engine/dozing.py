"""A work that takes its time, for the tests of what stops it; importable, as every work of a runner."""

import time


def doze(seconds: float, piece: int) -> int:
    """Return the piece, at once when it is 0, else after ``seconds``."""
    if piece:
        time.sleep(seconds)
    return piece
