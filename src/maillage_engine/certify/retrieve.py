"""The certificate of ranked offers: the first k are those of a brute-force count, made again on the spot.

For every need, whether any offer left out scores more than one kept, and whether the order is that of the scores. For
needs drawn with a seed, each score is counted again, offer by offer, in double precision, and so are the first k.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillage_engine.arrays import Floats
from maillage_engine.certify.proof import Check, Proof
from maillage_engine.methods.retrieve.hybrid import Scores
from maillage_engine.reference.retrieve import slow_cosines, slow_scores
from maillage_engine.version import ENGINE_VERSION

SAMPLE = 20
MOST_PAIRS = 40_000
"""Pairs counted again at most; one need at least."""
DEVIATION = 2e-3
"""Largest distance between two scores that mean the same: spreads of 1, in 32-bit numbers."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """n needs, m offers, their vectors (n, d) and (m, d), the closeness of types (n, m) or None.

    ``scores`` float32 (n, m); ``best`` (n, k): the offers kept for each need, best first.
    """

    needs: Sequence[str]
    offers: Sequence[str]
    need_vectors: Scores
    offer_vectors: Scores
    types: Scores | None
    scores: Scores
    best: npt.NDArray[np.int64]

    def digest(self) -> str:
        """SHA-256 of what is asked: texts, vectors and closeness."""
        told = json.dumps([list(self.needs), list(self.offers)], ensure_ascii=False)
        made = hashlib.sha256(told.encode("utf-8", "surrogatepass"))
        for array in (self.need_vectors, self.offer_vectors, self.types):
            if array is not None:
                made.update(np.ascontiguousarray(array).tobytes())
        return made.hexdigest()


def certify_ranking(ranking: Ranking, *, sample: int = SAMPLE, seed: int = 0) -> Proof:
    """Return the certificate; ``objective``: the largest deviation of a score; ``bound``: 0."""
    count, offers = ranking.scores.shape
    kept = ranking.best
    rows = np.arange(count)[:, None]
    whole = Check("kept", _each_once(kept, offers), f"{kept.shape[1]} offres par besoin, chacune une fois")
    finite = Check("finite", bool(np.isfinite(ranking.scores).all()), "notes lues")
    if not (whole.passed and finite.passed):
        return Proof((whole, finite), float("inf"), None, None, ranking.digest(), ENGINE_VERSION)
    scores = ranking.scores[rows, kept]
    falls = np.diff(scores, axis=1)
    order = bool(((falls < 0) | ((falls == 0) & (np.diff(kept, axis=1) > 0))).all())
    ordered = Check("order", order, "notes en ordre décroissant, à note égale l’ordre du fichier")
    last = scores[:, -1:]
    above = (ranking.scores > last).sum(axis=1) <= kept.shape[1] - 1
    exact = Check("top", bool(above.all()), f"offres mieux notées recomptées pour {count} besoins")
    drawn = np.sort(
        np.random.default_rng(seed).choice(count, size=_drawn(sample, count, offers), replace=False)
    )
    worst, missed = _again(ranking, drawn.tolist())
    counted = Check(
        "scores", worst <= DEVIATION, f"notes de {len(drawn)} besoins refaites une à une, à {worst:.1e} près"
    )
    brute = Check(
        "brute_force", missed == 0, f"{missed} offre gardée à tort selon les notes refaites, à l’écart près"
    )
    checks = (whole, finite, ordered, exact, counted, brute)
    return Proof(checks, worst, 0.0, None, ranking.digest(), ENGINE_VERSION)


def _drawn(sample: int, count: int, offers: int) -> int:
    return min(sample, count, max(1, MOST_PAIRS // max(1, offers)))


def _each_once(kept: npt.NDArray[np.int64], offers: int) -> bool:
    inside = bool(((kept >= 0) & (kept < offers)).all())
    return inside and all(len(set(row)) == len(row) for row in kept.tolist())


def _again(ranking: Ranking, drawn: Sequence[int]) -> tuple[float, int]:
    """Return the largest deviation of a score, and how many kept offers the scores made again would leave out."""
    theirs: Floats = ranking.offer_vectors.astype(np.float64)
    cosines = [slow_cosines(ranking.need_vectors[row].astype(np.float64), theirs) for row in drawn]
    types = None if ranking.types is None else ranking.types[list(drawn)].astype(np.float64).tolist()
    again = np.array(slow_scores(ranking.needs, ranking.offers, drawn, cosines, types))
    worst = float(np.abs(again - ranking.scores[list(drawn)]).max(initial=0))
    least = np.sort(again, axis=1)[:, -ranking.best.shape[1]]
    kept = np.take_along_axis(again, ranking.best[list(drawn)], axis=1)
    return worst, int((kept < least[:, None] - DEVIATION).sum())
