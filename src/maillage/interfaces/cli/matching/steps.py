"""The bars of ``maillage match`` on the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from maillage.interfaces.cli.console import notes


class Steps:
    """The bars of the terminal, one a step; nothing but the last state when nobody looks."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("  {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=notes,
        )

    @contextmanager
    def shown(self) -> Iterator["Steps"]:
        """Show the bars for the time of the block."""
        with self._bars:
            yield self

    def of(self, label: str) -> Callable[[int, int], None]:
        """Return what moves a new bar: done, total."""
        task = self._bars.add_task(label, total=None)

        def move(done: int, total: int) -> None:
            self._bars.update(task, completed=done, total=total)

        return move

    @contextmanager
    def whole(self, label: str) -> Iterator[None]:
        """A step that has no count."""
        move = self.of(label)
        yield
        move(1, 1)
