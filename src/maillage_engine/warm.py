"""``python -m maillage_engine.warm``: compile every loop once, at installation, so that nobody waits at the first use.

Compiled loops are kept on disk beside their files; each new make of a file is compiled again.
"""

from dataclasses import replace
from typing import Literal

from maillage_engine.methods.allocate.warm import warm as warm_sharing
from maillage_engine.methods.facility.solve import prepare as warm_sites
from maillage_engine.methods.search import search
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side

BOTH_WAYS: tuple[Literal["needs", "offers"], ...] = ("needs", "offers")


def warm() -> None:
    """Run every compiled loop on a tiny problem."""
    side = Side.build(ids=["a", "b"], texts=["prêt de barnum", "prêt de tables"])
    problem = Problem.from_arrays(
        needs=side, offers=replace(side, ids=("c", "d")), today=0, excluded_pairs=[(0, 1)]
    )
    for direction in BOTH_WAYS:
        search(problem, k=1, direction=direction, way="scan", threads=1)
    warm_sharing()
    warm_sites()


if __name__ == "__main__":
    warm()
