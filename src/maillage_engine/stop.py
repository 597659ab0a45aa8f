"""When a method stops: proved, out of time, out of iterations, or asked to.

The only file of the engine that reads a clock, and only to measure how long a method has run: a time never enters a
result. A method that stops early returns the best it has with its bound and says so; it never returns half of a
result.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from maillage_engine.errors import InvalidArgument

Status = Literal["optimal", "feasible", "infeasible", "unbounded", "stopped"]
"""``optimal``: proved. ``feasible``: a solution whose gap is told. ``stopped``: nothing was found in time."""


class Cancelled(Exception):
    """Somebody asked the method to stop; nothing is kept."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Stop:
    """``seconds`` and ``iterations`` are the most a method may spend (None: no limit); tests use iterations.

    ``cancelled`` is asked now and then; when it says yes the method raises ``Cancelled``.
    Raises ``InvalidArgument`` on a limit that is not above 0.
    """

    seconds: float | None = None
    iterations: int | None = None
    cancelled: Callable[[], bool] = _never

    def __post_init__(self) -> None:
        for name, limit in (("seconds", self.seconds), ("iterations", self.iterations)):
            if limit is not None and not limit > 0:
                raise InvalidArgument(name, "la limite doit être au-dessus de 0.")

    def watch(self) -> "Watch":
        """Start to count; one watch for one run of a method."""
        return Watch(self)


@dataclass(slots=True)
class Watch:
    """Counts what one run has spent."""

    stop: Stop
    iterations: int = 0
    _began: float = field(default_factory=time.monotonic)

    def spent(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began

    def left(self) -> float | None:
        """Seconds that remain, 0 at least; None without a limit."""
        return None if self.stop.seconds is None else max(0.0, self.stop.seconds - self.spent())

    def check(self) -> None:
        """Raise ``Cancelled`` when somebody asked to stop."""
        if self.stop.cancelled():
            raise Cancelled

    def over(self, *, iterations: int = 0) -> bool:
        """Count ``iterations`` more and say whether a limit is reached; raise ``Cancelled`` when asked to."""
        self.check()
        self.iterations += iterations
        if self.stop.iterations is not None and self.iterations >= self.stop.iterations:
            return True
        return self.left() == 0.0


NO_LIMIT = Stop()
