"""The best offers of each need, or the best needs of each offer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.arrays import Int16s, Int32s, frozen
from maillage_engine.cores import usable_cores
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.candidates import Block, Candidates
from maillage_engine.methods.ranking import Ranking, best
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.rules.registry import RULES
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights
from maillage_engine.stop import NO_LIMIT, Stop, Watch
from maillage_engine.version import ENGINE_VERSION

Direction = Literal["needs", "offers"]
Way = Literal["auto", "arrays", "scan"]
Progress = Callable[[int, int], None]

DEFAULT_BLOCK_PAIRS = 1_000_000
SCAN_FROM_PAIRS = 4_000_000
"""From here on loops are worth loading their compiler, which takes a second (some ten the first time of all)."""
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
    way: Way = "auto",
    threads: int | None = None,
    stop: Stop = NO_LIMIT,
    progress: Progress | None = None,
) -> SearchResult:
    """Return the ``k`` best offers of each need, or (``direction="offers"``) the best needs of each offer.

    Exact: every feasible pair is ranked, by total, then by smaller distance (unknown last), then by id. ``way``:
    ``arrays`` looks at ``block`` pairs together, ``scan`` at one pair after another in ``threads`` compiled loops
    (None: one a processor), ``auto`` chooses by size. The result depends on none of them, nor on ``seed``, which
    is kept for the record. ``progress(done, n)`` is called after each block.
    Raises ``InvalidArgument`` when ``k``, ``block`` or ``threads`` is under 1 or a word is not one of those above,
    ``Cancelled`` when ``stop`` says so: a search is whole or not at all, so the limits of ``stop`` do not shorten it.
    """
    _check(k, direction, block, way, threads)
    asked, others = _sides(problem, direction)
    ranking = Ranking.empty(rows=len(asked), k=k, criteria=len(CRITERIA))
    refused = dict.fromkeys((rule.code for rule in RULES), 0)
    total = len(asked) * len(others)
    work = _Work(problem, k, direction, weights, ranking, refused, stop.watch(), progress)
    if way == "scan" or (way == "auto" and total >= SCAN_FROM_PAIRS):
        met = _scan(work, threads or usable_cores())
    else:
        met = _by_arrays(work, block)
    refused["type"] += total - met
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


@dataclass(frozen=True, eq=False)
class _Work:
    """What both ways read, and what they fill: ``ranking`` and ``refused``."""

    problem: Problem
    k: int
    direction: Direction
    weights: Weights
    ranking: Ranking
    refused: dict[str, int]
    watch: Watch
    progress: Progress | None

    def tell(self, done: int) -> None:
        if self.progress is not None:
            self.progress(done, len(self.ranking.found))


def _by_arrays(work: _Work, block: int) -> int:
    """Fill the ranking block after block; return how many pairs their types allow."""
    done, met = 0, 0
    id_rank = _sides(work.problem, work.direction)[1].id_rank
    for one in Candidates.of(work.problem, work.direction).blocks(block):
        work.watch.check()
        met += one.size + one.left_out
        work.refused["distance"] += one.left_out
        pairs = _feasible(_pairs(work.problem, work.direction, one), work.refused)
        work.ranking.put(
            best(pairs, direction=work.direction, k=work.k, weights=work.weights, id_rank=id_rank)
        )
        done += len(one.asked)
        work.tell(done)
    return met


def _scan(work: _Work, threads: int) -> int:
    """Fill the ranking by compiled loops; return how many pairs their types allow."""
    from maillage_engine.methods.scan.spread import Scan  # noqa: PLC0415 - Numba: loaded at the first use

    scan = Scan.of(work.problem, from_needs=work.direction == "needs", weights=work.weights)
    done, met = 0, 0
    for rows, seen, counts in scan.run(work.ranking, k=work.k, threads=threads, watch=work.watch):
        done, met = done + rows, met + seen
        for rule, count in zip(RULES, counts.tolist(), strict=True):
            work.refused[rule.code] += count
        work.tell(done)
    return met


def _check(k: int, direction: str, block: int, way: str, threads: int | None) -> None:
    if k < 1:
        raise InvalidArgument("k", "demandez au moins une réponse.")
    if block < 1:
        raise InvalidArgument("block", "il faut au moins une paire.")
    if threads is not None and threads < 1:
        raise InvalidArgument("threads", "il en faut au moins un.")
    if way not in {"auto", "arrays", "scan"}:
        raise InvalidArgument("way", "c’est « auto », « arrays » ou « scan ».")
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
