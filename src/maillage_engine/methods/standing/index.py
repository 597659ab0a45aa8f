"""The standing index: add, replace, remove, match."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from maillage_engine.arrays import Int32s, frozen
from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.methods.ranking import Ranking
from maillage_engine.methods.scan.nearby import one_block
from maillage_engine.methods.scan.pair import RULE_ORDER
from maillage_engine.methods.scan.rows import Laid, records_of, settings_of
from maillage_engine.methods.scan.scanning import Excluded, Found, scan_rows, space_for
from maillage_engine.methods.search import Direction
from maillage_engine.methods.standing.result import StandingResult
from maillage_engine.methods.standing.store import Store
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.scoring.registry import CRITERIA
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights
from maillage_engine.version import ENGINE_VERSION

SetAside = Sequence[tuple[int, str]]


class StandingIndex:
    """The offers (``standing="offers"``), or the needs, that stand; rows of the other side are matched to them.

    ``frame`` gives the types, the authorisations, the day and the meaning's scale; its own rows are ignored.
    One writer at a time: the index has no lock of its own.
    """

    def __init__(self, frame: Problem, *, standing: Direction = "offers") -> None:
        if standing not in {"needs", "offers"}:
            raise InvalidArgument("standing", "c’est « needs » ou « offers ».")
        self._width = frame.needs.vectors.shape[1]
        empty = Side.empty(vector_width=self._width)
        pairs = np.zeros((0, 2), dtype=np.int64)
        self._frame = replace(frame, needs=empty, offers=empty, excluded_pairs=pairs)
        self._closeness: Int32s = frame.types.closeness.astype(np.int32)
        self._standing = standing
        self._store = Store(self._width)

    @classmethod
    def of(cls, problem: Problem, *, standing: Direction = "offers") -> "StandingIndex":
        """Return the index of one side of a problem."""
        index = cls(problem, standing=standing)
        index.put(problem.offers if standing == "offers" else problem.needs)
        return index

    def __len__(self) -> int:
        return len(self._store.place_of)

    def __contains__(self, one: object) -> bool:
        return one in self._store.place_of

    @property
    def direction(self) -> Direction:
        """What is asked of this index: the needs when offers stand."""
        return "needs" if self._standing == "offers" else "offers"

    @property
    def today(self) -> int:
        """The day on which dates and freshness are judged."""
        return self._frame.today

    def put(self, rows: Side) -> None:
        """Add rows; a row whose id stands replaces it. Raises ``InvalidProblem`` and changes nothing if one is bad."""
        self._check(rows)
        self._store.put(rows, self._frame)

    def remove(self, ids: Iterable[str]) -> None:
        """Take rows out. Raises ``KeyError`` on an id that does not stand, and changes nothing."""
        self._store.remove(ids)

    def on(self, today: int) -> None:
        """Judge from now on as of the day ``today``."""
        if today != self._frame.today:
            self._frame = replace(self._frame, today=today)
            self._store.renew(self._frame)

    def match(
        self,
        rows: Side,
        *,
        k: int = 10,
        weights: Weights = DEFAULT_WEIGHTS,
        set_aside: SetAside = (),
    ) -> StandingResult:
        """Return the ``k`` best standing rows of each of ``rows``; ``set_aside``: (row, id) not to be proposed.

        Raises ``InvalidArgument`` when ``k`` is under 1, ``InvalidProblem`` when the rows do not fit the frame.
        """
        if k < 1:
            raise InvalidArgument("k", "demandez au moins une réponse.")
        self._check(rows)
        ranking = Ranking.empty(rows=len(rows), k=k, criteria=len(CRITERIA))
        counts = self._scan(rows, ranking, k, weights, set_aside)
        refused = dict(zip(RULE_ORDER, counts, strict=True))
        pairs = len(rows) * len(self)
        return StandingResult(
            status="complete",
            direction=self.direction,
            k=k,
            weights=weights,
            ids=tuple(
                tuple(self._store.id_at(place) for place in ranking.indices[row, : ranking.found[row]])
                for row in range(len(rows))
            ),
            totals=frozen(ranking.totals),
            criteria=frozen(ranking.criteria),
            distance_m=frozen(ranking.distance_m),
            found=frozen(ranking.found),
            pairs=pairs,
            feasible=pairs - sum(counts),
            refused=refused,
            engine_version=ENGINE_VERSION,
        )

    def rows(self, ids: Iterable[str] | None = None) -> Side:
        """Return standing rows as a side, in the order of ``ids`` (None: all of them, sorted by id)."""
        return self._store.side(ids)

    def problem(self, rows: Side, *, ids: Iterable[str] | None = None, set_aside: SetAside = ()) -> Problem:
        """Return the problem that a fresh search would solve: ``rows`` against those that stand."""
        standing = self.rows(ids)
        place = {one: at for at, one in enumerate(standing.ids)}
        pairs = [(row, place[one]) for row, one in set_aside if one in place]
        if self._standing == "needs":
            pairs = [(there, here) for here, there in pairs]
        excluded = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        needs, offers = (rows, standing) if self._standing == "offers" else (standing, rows)
        return replace(self._frame, needs=needs, offers=offers, excluded_pairs=excluded)

    def _check(self, rows: Side) -> None:
        """Raise what a problem with these rows would raise, without making one."""
        if rows.vectors.shape[1] != self._width:
            raise InvalidProblem(
                "vector", "les lignes n’ont pas l’encodeur de l’index ; encodez-les avec lui."
            )
        faulty = np.flatnonzero(rows.types >= len(self._frame.types))
        if len(faulty):
            raise InvalidProblem("type", "ce type n’est pas dans la table des types.", row=int(faulty[0]))

    def _scan(self, rows: Side, ranking: Ranking, k: int, weights: Weights, set_aside: SetAside) -> list[int]:
        records = records_of(self._frame, rows)
        stems = self._store.stems.read(rows.texts)
        records["stem_start"], records["stem_count"] = stems.start, stems.length
        others = self._store.laid()
        counts = np.zeros(len(RULE_ORDER), dtype=np.int64)
        scan_rows(
            settings_of(self._frame, weights),
            self._closeness,
            Laid(records, np.array(rows.vectors), stems.pool),
            0,
            len(rows),
            others,
            self._standing == "offers",
            one_block(len(others.rows), len(self._frame.types)),
            self._excluded(len(rows), set_aside),
            space_for(len(others.rows), k),
            counts,
            Found(ranking.indices, ranking.totals, ranking.criteria, ranking.distance_m, ranking.found),
        )
        return [int(count) for count in counts]

    def _excluded(self, rows: int, set_aside: SetAside) -> Excluded:
        places = self._store.place_of
        pairs = sorted({(row, places[one]) for row, one in set_aside if one in places})
        starts = np.searchsorted(np.array([row for row, _ in pairs], dtype=np.int64), np.arange(rows + 1))
        return Excluded(starts.astype(np.int64), np.array([place for _, place in pairs], dtype=np.int64))
