"""A process of its own for searches of rounds: a task on its entrance, what it found on its way out."""

import pickle
import sys

from maillage_engine.solvers.tour_team import carry_out


def main() -> None:
    """Read, search, write; a second process, so that every core works."""
    task, watch = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own process
    sys.stdout.buffer.write(pickle.dumps(carry_out(task, watch)))


if __name__ == "__main__":
    main()
