"""A process of its own for one search of rounds: a problem on its entrance, what it found on its way out."""

import pickle
import sys

from maillage_engine.solvers.pyvrp_door import search
from maillage_engine.stop import Stop


def main() -> None:
    """Read, search, write; a second process, so that both cores work."""
    problem, seconds, seed, rank, give_up = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own process
    watch = Stop(seconds=max(seconds, 0.1)).watch()
    sys.stdout.buffer.write(pickle.dumps(search(problem, watch, seed=seed, rank=rank, give_up=give_up)))


if __name__ == "__main__":
    main()
