"""A territory cut into tiles with halos: rows of one side shared out by place, each with all that may answer them.

Every row asked for is in one tile. A tile's halo holds every row of the other side that types and accepted distances
allow for somebody of the tile, so that nothing is lost at a border: what is outside the halo is refused by ``type``
or by ``distance``, and counted as such. The straight line through the Earth is never longer than the way along the
ground, hence the halo is never too small.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from maillage_engine.arrays import Bools, Int64s
from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.search import Direction
from maillage_engine.problem.geography import NO_LIMIT
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side

DEGREE_KM = 111.195
"""One degree of a great circle of the mean Earth, 2π × 6371.009 / 360 (IUGG)."""

MARGIN_M = 2
DEFAULT_TILE_KM = 60.0
LARGEST_TILE_ROWS = 4_000


@dataclass(frozen=True, eq=False)
class Tile:
    """``asked`` (a,): rows of the side asked for; ``others`` (o,): its halo, rows of the other side; both sorted."""

    asked: Int64s
    others: Int64s


def tiles_of(problem: Problem, direction: Direction, *, tile_km: float = DEFAULT_TILE_KM) -> Iterator[Tile]:
    """Yield the tiles of a problem asked from its needs or its offers, in a fixed order.

    ``tile_km`` is the side of a square cell; rows without a place or without a limit of distance are in tiles of
    their own. A tile has at most ``LARGEST_TILE_ROWS`` rows. Raises ``InvalidArgument`` when ``tile_km`` is not
    above 0.
    """
    if not tile_km > 0:
        raise InvalidArgument("tile_km", "la taille d’une tuile doit être au-dessus de 0.")
    asked, others = _sides(problem, direction)
    answers = problem.types.closeness > 0
    answers = answers.T if direction == "needs" else answers
    of_type = np.where(others.types < 0, len(problem.types), others.types)
    cells = _cells(asked, tile_km)
    order = np.argsort(cells, kind="stable")
    starts = np.flatnonzero(cells[order][1:] != cells[order][:-1]) + 1
    for rows in np.split(order, starts):
        for start in range(0, len(rows), LARGEST_TILE_ROWS):
            part = rows[start : start + LARGEST_TILE_ROWS]
            wanted: Bools = np.asarray(answers[np.unique(asked.types[part])].any(axis=0))
            halo = np.flatnonzero(wanted[of_type] & _near(asked, part, others))
            yield Tile(part, halo)


def type_refusals(problem: Problem, direction: Direction) -> int:
    """Return how many pairs of the whole problem have types that cannot meet."""
    count = len(problem.types) + 1
    needs = np.bincount(np.where(problem.needs.types < 0, count - 1, problem.needs.types), minlength=count)
    offers = np.bincount(np.where(problem.offers.types < 0, count - 1, problem.offers.types), minlength=count)
    apart = (problem.types.closeness == 0).astype(np.int64)
    return int(offers @ apart @ needs)


def part_of(problem: Problem, *, needs: Int64s, offers: Int64s) -> Problem:
    """Return the problem of some needs and some offers (sorted rows); types, day and scale stay the same."""
    return replace(
        problem,
        needs=_rows(problem.needs, needs),
        offers=_rows(problem.offers, offers),
        excluded_pairs=_excluded(problem.excluded_pairs, needs, offers),
    )


def _sides(problem: Problem, direction: Direction) -> tuple[Side, Side]:
    return (problem.needs, problem.offers) if direction == "needs" else (problem.offers, problem.needs)


def _cells(side: Side, tile_km: float) -> Int64s:
    """(n,) the cell of each row; unlimited rows and rows without a place are apart from the others."""
    step = tile_km / DEGREE_KM
    latitude = np.nan_to_num(side.latitude)
    band = np.floor(latitude / step)
    wide = np.maximum(np.cos(np.radians((band + 0.5) * step)), 0.01)
    column = np.floor(np.nan_to_num(side.longitude) * wide / step)
    cell = (band.astype(np.int64) * 100_003 + column.astype(np.int64)) * 2 + (side.limit_m == NO_LIMIT)
    return np.where(side.located, cell, np.iinfo(np.int64).max)


def _near(asked: Side, rows: Int64s, others: Side) -> Bools:
    """(m,) which of ``others`` may be within what somebody of ``rows`` and they themselves accept."""
    if not asked.located[rows].all():
        return np.ones(len(others), dtype=np.bool_)
    places = asked.metres[rows]
    corner, opposite = places.min(axis=0), places.max(axis=0)
    outside = np.maximum(np.maximum(corner - others.metres, others.metres - opposite), 0)
    accepted = np.minimum(asked.limit_m[rows].max(), others.limit_m).astype(np.int64)
    near: Bools = (outside * outside).sum(axis=1) <= (accepted + MARGIN_M) ** 2
    return near | ~others.located


def _rows(side: Side, rows: Int64s) -> Side:
    taken: dict[str, Any] = {name: array[rows] for name, array in side.arrays().items()}
    ids, texts = (tuple(words[row] for row in rows.tolist()) for words in (side.ids, side.texts))
    return Side(ids=ids, texts=texts, **taken)


def _excluded(pairs: Int64s, needs: Int64s, offers: Int64s) -> Int64s:
    if not len(pairs) or not len(needs) or not len(offers):
        return np.zeros((0, 2), dtype=np.int64)
    at = np.stack([np.searchsorted(needs, pairs[:, 0]), np.searchsorted(offers, pairs[:, 1])], axis=1)
    at = np.minimum(at, np.array([len(needs) - 1, len(offers) - 1]))
    here = (needs[at[:, 0]] == pairs[:, 0]) & (offers[at[:, 1]] == pairs[:, 1])
    kept: Int64s = at[here]
    return kept
