"""How a measure is written: Markdown that can be pasted into the documentation, with the machine it ran on."""

import os
import platform
from collections.abc import Sequence


def title(text: str) -> None:
    """Print a heading and the machine."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"\n## {text}\n")
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores} cœurs.\n")


def table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a Markdown table."""
    print(f"| {' | '.join(heading)} |")
    print(f"|{'|'.join('---' for _ in heading)}|")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
