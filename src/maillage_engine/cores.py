"""How many processors a method may use."""

import os


def usable_cores() -> int:
    """The processors that this process may use, 1 at least."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
