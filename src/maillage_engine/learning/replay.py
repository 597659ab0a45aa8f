"""What weights would have shown on past decisions."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.learning.decisions import Decisions
from maillage_engine.scoring.weights import Weights


@dataclass(frozen=True, slots=True)
class Replay:
    """``auc``: how often an accepted pair has a larger total than a refused one, ties half; ``pairwise``: the same
    between pairs of one need; ``rank``: mean place, from 1, of the accepted among the decided pairs of their need.
    None when there is nothing to compare."""

    decisions: int
    accepted: int
    auc: float | None
    pairwise: float | None
    compared: int
    rank: float | None


def replay(decisions: Decisions, totals: Floats) -> Replay:
    """Return what ``totals`` (n,) would have shown: each the total of a decided pair."""
    yes, no = totals[decisions.accepted], totals[~decisions.accepted]
    wins, compared, ranks = 0.0, 0, []
    by_need: dict[str, list[int]] = defaultdict(list)
    for row, need in enumerate(decisions.need):
        by_need[need].append(row)
    for listed in by_need.values():
        rows = np.array(listed)
        mine, theirs = totals[rows[decisions.accepted[rows]]], totals[rows[~decisions.accepted[rows]]]
        if len(mine) == 0 or len(theirs) == 0:
            continue
        wins += _wins(mine, theirs)
        compared += len(mine) * len(theirs)
        ranks += [1.0 + float((theirs > one).sum()) + float((theirs == one).sum()) / 2 for one in mine]
    return Replay(
        decisions=len(decisions),
        accepted=len(yes),
        auc=_wins(yes, no) / (len(yes) * len(no)) if len(yes) and len(no) else None,
        pairwise=wins / compared if compared else None,
        compared=compared,
        rank=float(np.mean(ranks)) if ranks else None,
    )


def totals_of(decisions: Decisions, weights: Weights) -> Floats:
    """Return the total (n,) of each decided pair."""
    totals: Floats = (decisions.criteria.astype(np.int64) @ np.array(weights.in_order())).astype(np.float64)
    return totals


def _wins(yes: Floats, no: Floats) -> float:
    ordered = np.sort(no)
    below = np.searchsorted(ordered, yes, side="left")
    up_to = np.searchsorted(ordered, yes, side="right")
    return float((below + up_to).sum()) / 2
