from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from maillage_engine.certify.retrieve import Ranking, certify_ranking
from maillage_engine.methods.retrieve import hybrid_scores

NEEDS = ("réparer un vélo", "louer une salle de réunion", "épluchures de la cantine")
OFFERS = (
    "atelier de vélos",
    "salle communale",
    "compost de quartier",
    "vélo à prêter",
    "réunion publique",
    "",
)


def ranked(*, types: bool = True, depth: int = 3) -> Ranking:
    random = np.random.default_rng(4)
    mine, theirs = (random.normal(size=(rows, 6)).astype(np.float32) for rows in (3, 6))
    close = random.random((3, 6)).astype(np.float32) if types else None
    scores = hybrid_scores(NEEDS, OFFERS, cosines=mine @ theirs.T, types=close)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :depth]
    return Ranking(NEEDS, OFFERS, mine, theirs, close, scores, best)


@pytest.mark.parametrize("types", [False, True])
def test_t18__ranking_is_that_of_the_slow_twin(types: bool) -> None:
    proof = certify_ranking(ranked(types=types))
    assert proof.valid
    assert proof.objective < 1e-5


def swapped(ranking: Ranking) -> Ranking:
    return replace(ranking, best=ranking.best[:, ::-1])


def last_instead_of_first(ranking: Ranking) -> Ranking:
    worst = np.argsort(ranking.scores, axis=1)[:, :1]
    return replace(ranking, best=np.concatenate([ranking.best[:, 1:], worst], axis=1))


def favoured(ranking: Ranking) -> Ranking:
    scores = ranking.scores.copy()
    scores[:, 5] += 5
    return replace(ranking, scores=scores, best=np.argsort(-scores, axis=1, kind="stable")[:, :3])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (swapped, "order"),
        (last_instead_of_first, "top"),
        (favoured, "brute_force"),
        (lambda one: replace(one, scores=one.scores * np.nan), "finite"),
        (lambda one: replace(one, best=one.best * 0), "kept"),
    ],
)
def test_t18__certificate_finds_the_fault(change: Callable[[Ranking], Ranking], fault: str) -> None:
    assert fault in {one.name for one in certify_ranking(change(ranked())).faults}
