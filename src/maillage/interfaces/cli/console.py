"""One terminal for every command: progress and notes on the error stream, results on the output."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from maillage.core.french import NBSP, number, typography

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


def say(lines: Iterable[str]) -> None:
    """Print sentences of the answer, with French spaces."""
    for line in lines:
        out.print(typography(line), markup=False, soft_wrap=True)


def remark(lines: Iterable[str], *, style: str | None = None) -> None:
    """Print what is to be known beside the answer, on the error stream."""
    for line in lines:
        notes.print(typography(line), markup=False, soft_wrap=True, style=style)


def say_written(*paths: Path | None) -> None:
    """Name each file that was written, as its owner named it."""
    for path in paths:
        if path is not None:
            out.print(f"Écrit : {path}", markup=False, soft_wrap=True)
