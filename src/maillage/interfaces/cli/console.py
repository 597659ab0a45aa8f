"""One terminal for every command: progress and notes on the error stream, results on the output."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from maillage.core.french import NBSP, number

out = Console(highlight=False)
notes = Console(stderr=True, highlight=False)


def seconds(duration: float) -> str:
    """Write a duration the French way: ``0,4 s``."""
    return f"{number(duration, digits=1)}{NBSP}s"


@contextmanager
def step(label: str) -> Iterator[list[str]]:
    """Print a line with its time when the block ends; words put into the list are added to it."""
    said: list[str] = []
    begun = time.monotonic()
    with notes.status(f"{label}…"):
        yield said
    detail = f" : {', '.join(said)}" if said else ""
    notes.print(f"  [green]✓[/] {label}{detail} ({seconds(time.monotonic() - begun)})")
