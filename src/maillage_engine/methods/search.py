"""The best offers of each need, or the best needs of each offer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.arrays import Int16s, Int32s, frozen
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.candidates import Block, Candidates
from maillage_engine.methods.ranking import Ranking, best
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.rules.registry import RULES
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights
from maillage_engine.version import ENGINE_VERSION

Direction = Literal["needs", "offers"]
Progress = Callable[[int, int], None]

DEFAULT_BLOCK_PAIRS = 1_000_000
NOBODY = -1


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The k best of each row of the side that was asked for (``direction``), n rows.

    ``indices`` int32 (n, k): rows of the other side, best first, -1 where there are fewer; ``totals`` int32 (n, k):
    Σ weight × criterion, 0 to 1,000,000; ``criteria`` int16 (n, k, 6) in the order of ``CRITERIA``;
    ``distance_m`` int32 (n, k), -1 unknown. ``pairs`` = needs × offers = ``feasible`` + sum of ``refused``, which
    counts each refused pair once, under the first rule that refuses it. ``status`` is ``complete``.
    """

    status: str
    direction: Direction
    k: int
    seed: int
    weights: Weights
    indices: Int32s
    totals: Int32s
    criteria: Int16s
    distance_m: Int32s
    found: Int32s
    pairs: int
    feasible: int
    refused: Mapping[str, int]
    digest: str
    engine_version: str

    @property
    def scores(self) -> Int32s:
        """int32 (n, k): the score in thousandths, rounded down; 0 where there is nobody."""
        return self.totals // 1000

    def pair(self, row: int, rank: int) -> tuple[int, int]:
        """Return (need, offer) of the ``rank``-th best of ``row``; raise ``IndexError`` when there is nobody."""
        other = int(self.indices[row, rank])
        if other == NOBODY:
            raise IndexError(f"row {row} has no answer of rank {rank}")
        return (row, other) if self.direction == "needs" else (other, row)


def search(
    problem: Problem,
    *,
    k: int = 10,
    direction: Direction = "needs",
    weights: Weights = DEFAULT_WEIGHTS,
    seed: int = 0,
    block: int = DEFAULT_BLOCK_PAIRS,
    progress: Progress | None = None,
) -> SearchResult:
    """Return the ``k`` best offers of each need, or (``direction="offers"``) the best needs of each offer.

    Exact: every feasible pair is ranked, by total, then by smaller distance (unknown last), then by id. ``block``
    bounds the pairs looked at together (memory); the result does not depend on it, nor on ``seed``, which is kept
    for the record. ``progress(done, n)`` is called after each block.
    Raises ``InvalidArgument`` when ``k`` or ``block`` is under 1 or ``direction`` is not one of the two.
    """
    _check(k, direction, block)
    asked, others = _sides(problem, direction)
    candidates = Candidates.of(problem, direction)
    ranking = Ranking.empty(rows=len(asked), k=k, criteria=len(CRITERIA))
    refused = dict.fromkeys((rule.code for rule in RULES), 0)
    done, seen = 0, 0
    for one in candidates.blocks(block):
        seen += one.size + one.left_out
        refused["distance"] += one.left_out
        pairs = _feasible(_pairs(problem, direction, one), refused)
        ranking.put(best(pairs, direction=direction, k=k, weights=weights, id_rank=others.id_rank))
        done += len(one.asked)
        if progress is not None:
            progress(done, len(asked))
    total = len(asked) * len(others)
    refused["type"] += total - seen
    return SearchResult(
        status="complete",
        direction=direction,
        k=k,
        seed=seed,
        weights=weights,
        indices=frozen(ranking.indices),
        totals=frozen(ranking.totals),
        criteria=frozen(ranking.criteria),
        distance_m=frozen(ranking.distance_m),
        found=frozen(ranking.found),
        pairs=total,
        feasible=total - sum(refused.values()),
        refused=refused,
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def _check(k: int, direction: str, block: int) -> None:
    if k < 1:
        raise InvalidArgument("k", "demandez au moins une réponse.")
    if block < 1:
        raise InvalidArgument("block", "il faut au moins une paire.")
    if direction not in {"needs", "offers"}:
        raise InvalidArgument("direction", "c’est « needs » ou « offers ».")


def _sides(problem: Problem, direction: Direction) -> tuple[Side, Side]:
    if direction == "needs":
        return problem.needs, problem.offers
    return problem.offers, problem.needs


def _pairs(problem: Problem, direction: Direction, one: Block) -> Pairs:
    if direction == "needs":
        return Pairs(problem, one.asked, one.others, one.asked_at, one.other_at)
    return Pairs(problem, one.others, one.asked, one.other_at, one.asked_at)


def _feasible(pairs: Pairs, refused: dict[str, int]) -> Pairs:
    """Drop the pairs that a rule refuses, counting them under it; the types were seen to by the candidates."""
    for rule in RULES:
        if rule.code == "meaning":
            pairs = pairs.compact()
        faulty = rule.refuses(pairs)
        refused[rule.code] += int(np.count_nonzero(faulty))
        pairs = pairs.keep(~faulty)
    return pairs
