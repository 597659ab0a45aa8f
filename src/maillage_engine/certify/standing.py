"""The certificate of a standing index's answer: judged again by the slow rules."""

import numpy as np

from maillage_engine.certify.search import Certificate, certify
from maillage_engine.methods.search import NOBODY, SearchResult
from maillage_engine.methods.standing.index import SetAside, StandingIndex
from maillage_engine.methods.standing.result import StandingResult
from maillage_engine.problem.side import Side


def certify_standing(
    index: StandingIndex,
    rows: Side,
    result: StandingResult,
    *,
    set_aside: SetAside = (),
    whole: bool = False,
) -> Certificate:
    """Return the certificate of ``result``, the answer of ``index`` (as it still is) to ``rows``.

    Each proposed pair is judged again: feasible, same numbers, in order. With ``whole``, every standing row is
    judged, so that the list is proved to be the best one: slow, about a second for ten thousand rows.
    """
    kept = None if whole else sorted({one for answer in result.ids for one in answer})
    problem = index.problem(rows, ids=kept, set_aside=set_aside)
    others = problem.offers if result.direction == "needs" else problem.needs
    place = {one: at for at, one in enumerate(others.ids)}
    indices = np.full(result.totals.shape, NOBODY, dtype=np.int32)
    for row, answer in enumerate(result.ids):
        indices[row, : len(answer)] = [place[one] for one in answer]
    pairs = len(rows) * len(others)
    refused = dict(result.refused) if whole else {}
    claimed = SearchResult(
        status=result.status,
        direction=result.direction,
        k=result.k,
        seed=0,
        weights=result.weights,
        indices=indices,
        totals=result.totals,
        criteria=result.criteria,
        distance_m=result.distance_m,
        found=result.found,
        pairs=pairs,
        feasible=result.feasible if whole else pairs,
        refused=refused,
        digest=problem.digest(),
        engine_version=result.engine_version,
    )
    return certify(problem, claimed, sample=None if whole else 0)
