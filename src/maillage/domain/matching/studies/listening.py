"""How a long computation hears that somebody asked it to stop, without asking the database at each step."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from maillage.domain.matching.studies.outcome import Progress

EVERY_SECONDS = 0.7


@dataclass(slots=True)
class Listener:
    """Keeps the progress of a study; its ``cancelled`` goes to the engine's ``Stop``.

    ``cancelled`` never says yes: it lets the progress raise ``Stopped``, at most once every ``EVERY_SECONDS``.
    """

    progress: Progress
    total: int
    done: int = 0
    clock: Callable[[], float] = time.monotonic
    _heard: float = field(default=float("-inf"))

    def step(self, done: int, words: str) -> None:
        """Say that ``done`` of ``total`` steps are behind, and what comes now."""
        self.done = done
        self.progress(done, self.total, words)

    def cancelled(self) -> bool:
        """Ask whether to go on; raise ``Stopped`` when somebody asked to stop."""
        now = self.clock()
        if now - self._heard >= EVERY_SECONDS:
            self._heard = now
            self.progress(self.done, self.total, "")
        return False
