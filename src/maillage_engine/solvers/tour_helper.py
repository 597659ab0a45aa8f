"""A process of its own for one search of rounds: a task on its entrance, what it found on its way out."""

import pickle
import sys

from maillage_engine.solvers.pyvrp_door import search


def main() -> None:
    """Read, search, write; a second process, so that every core works."""
    task, watch = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own process
    found = search(
        task.problem,
        watch,
        seed=task.seed,
        rank=task.rank,
        give_up=task.give_up,
        start=task.start,
        keep=task.keep,
    )
    sys.stdout.buffer.write(pickle.dumps(found))


if __name__ == "__main__":
    main()
