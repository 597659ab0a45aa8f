"""``search`` on tiles, by any runner: the same result as on the whole, byte for byte."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from maillage_engine.arrays import frozen
from maillage_engine.methods.search import NOBODY, Direction, SearchResult, search
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.scale.runners import Runner, Serial
from maillage_engine.scale.tiles import DEFAULT_TILE_KM, Tile, part_of, tiles_of, type_refusals
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights
from maillage_engine.stop import NO_LIMIT, Stop
from maillage_engine.version import ENGINE_VERSION

SERIAL = Serial()


@dataclass(frozen=True, eq=False)
class Common:
    """What every tile shares: the problem without its rows, and what is asked."""

    frame: Problem
    k: int
    direction: Direction
    weights: Weights


@dataclass(frozen=True, eq=False)
class TilePiece:
    """The two sides of one tile and the pairs set aside in it."""

    needs: Side
    offers: Side
    excluded_pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]]


def search_tiled(
    problem: Problem,
    *,
    k: int = 10,
    direction: Direction = "needs",
    weights: Weights = DEFAULT_WEIGHTS,
    seed: int = 0,
    tile_km: float = DEFAULT_TILE_KM,
    runner: Runner = SERIAL,
    stop: Stop = NO_LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> SearchResult:
    """Return what ``search`` returns, computed tile by tile by ``runner``.

    Neither the runner nor ``tile_km`` changes a byte of the result. Raises ``InvalidArgument`` as ``search`` does,
    and ``Cancelled`` when ``stop`` says so: nothing is then returned.
    """
    tiles = list(tiles_of(problem, direction, tile_km=tile_km))
    empty = np.zeros(0, dtype=np.int64)
    frame = part_of(problem, needs=empty, offers=empty)
    common = Common(frame, k, direction, weights)
    answers = runner.map(search_tile, common, Pieces(problem, direction, tiles), stop=stop)
    return _merged(problem, common, tiles, answers, seed, progress)


def search_tile(common: Common, piece: TilePiece) -> SearchResult:
    """Return the result of one tile, rows counted inside it: what a worker does."""
    problem = replace(
        common.frame, needs=piece.needs, offers=piece.offers, excluded_pairs=piece.excluded_pairs
    )
    return search(problem, k=common.k, direction=common.direction, weights=common.weights)


class Pieces(Sequence[TilePiece]):
    """The pieces of the tiles, made when they are asked for: the whole is never copied at once."""

    def __init__(self, problem: Problem, direction: Direction, tiles: Sequence[Tile]) -> None:
        self._problem, self._direction, self._tiles = problem, direction, tiles

    def __len__(self) -> int:
        return len(self._tiles)

    def __getitem__(self, at: int) -> TilePiece:  # type: ignore[override]  # no slice is ever asked for
        tile = self._tiles[at]
        needs, offers = (tile.asked, tile.others) if self._direction == "needs" else (tile.others, tile.asked)
        part = part_of(self._problem, needs=needs, offers=offers)
        return TilePiece(part.needs, part.offers, part.excluded_pairs)


def _merged(
    problem: Problem,
    common: Common,
    tiles: Sequence[Tile],
    answers: Iterator[SearchResult],
    seed: int,
    progress: Callable[[int, int], None] | None,
) -> SearchResult:
    rows = len(problem.needs) if common.direction == "needs" else len(problem.offers)
    indices = np.full((rows, common.k), NOBODY, dtype=np.int32)
    totals = np.zeros((rows, common.k), dtype=np.int32)
    criteria = np.zeros((rows, common.k, len(CRITERIA)), dtype=np.int16)
    distance_m = np.full((rows, common.k), NOBODY, dtype=np.int32)
    found = np.zeros(rows, dtype=np.int32)
    refused: dict[str, int] = {}
    met = 0
    for done, (tile, answer) in enumerate(zip(tiles, answers, strict=True), start=1):
        here = answer.indices
        indices[tile.asked] = np.where(
            here == NOBODY, NOBODY, tile.others[here] if len(tile.others) else NOBODY
        )
        totals[tile.asked], criteria[tile.asked] = answer.totals, answer.criteria
        distance_m[tile.asked], found[tile.asked] = answer.distance_m, answer.found
        for code, count in answer.refused.items():
            refused[code] = refused.get(code, 0) + count
        met += answer.pairs - answer.refused["type"]
        if progress is not None:
            progress(done, len(tiles))
    pairs = len(problem.needs) * len(problem.offers)
    refused = _counted(problem, common, refused, pairs, met)
    return SearchResult(
        status="complete",
        direction=common.direction,
        k=common.k,
        seed=seed,
        weights=common.weights,
        indices=frozen(indices),
        totals=frozen(totals),
        criteria=frozen(criteria),
        distance_m=frozen(distance_m),
        found=frozen(found),
        pairs=pairs,
        feasible=pairs - sum(refused.values()),
        refused=refused,
        digest=problem.digest(),
        engine_version=ENGINE_VERSION,
    )


def _counted(
    problem: Problem, common: Common, refused: dict[str, int], pairs: int, met: int
) -> dict[str, int]:
    """Count the pairs that are in no tile: those whose types cannot meet, the others being too far."""
    whole = search_tile(
        common, TilePiece(common.frame.needs, common.frame.offers, common.frame.excluded_pairs)
    )
    counts = {code: refused.get(code, 0) for code in whole.refused}
    counts["type"] = type_refusals(problem, common.direction)
    counts["distance"] += pairs - counts["type"] - met
    return counts
