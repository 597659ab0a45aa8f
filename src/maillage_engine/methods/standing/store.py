"""The rows of a standing index, in arrays that grow: a row keeps its place until it goes, then another takes it."""

from collections.abc import Iterable

import numpy as np

from maillage_engine.arrays import AnyArray
from maillage_engine.methods.scan.rows import ROW, Laid, records_of
from maillage_engine.methods.standing.ids import IdOrder
from maillage_engine.methods.standing.stems import StemPool
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side

LEAST_ROWS = 64
MANY = 64
"""From so many new ids at once on, they are sorted together rather than put in one by one."""


class Store:
    """Places 0 to ``used``, some of them empty. ``place_of`` gives the place of each id that is there."""

    def __init__(self, width: int) -> None:
        self.place_of: dict[str, int] = {}
        self.used = 0
        self.stems = StemPool()
        self._records: AnyArray = np.zeros(LEAST_ROWS, dtype=ROW)
        self._arrays = {
            name: _room(array, LEAST_ROWS) for name, array in Side.empty(vector_width=width).arrays().items()
        }
        self._ids = [""] * LEAST_ROWS
        self._texts = [""] * LEAST_ROWS
        self._empty: list[int] = []
        self._order = IdOrder()

    def laid(self) -> Laid:
        """The rows as the loops read them."""
        return Laid(self._records[: self.used], self._arrays["vectors"][: self.used], self.stems.pool)

    def id_at(self, place: int) -> str:
        """The id of the row at a place."""
        return self._ids[place]

    def put(self, side: Side, frame: Problem) -> None:
        """Add the rows of a side; a row whose id is there takes its place."""
        records = records_of(frame, side)
        places = self._places(side.ids)
        self.stems.forget(int(self._records["stem_count"][places].sum()))
        self.stems.place(records, side.texts)
        records["row"] = places
        records["id_rank"] = self._records["id_rank"][places]
        self._records[places] = records
        for name, array in side.arrays().items():
            self._arrays[name][places] = array
        for place, one, text in zip(places, side.ids, side.texts, strict=True):
            self._ids[place], self._texts[place] = one, text
        self.stems.tidy(self._records[: self.used])

    def remove(self, ids: Iterable[str]) -> None:
        """Take rows out. Raises ``KeyError`` on an id that is not there, before anything is changed."""
        gone = list(dict.fromkeys(ids))
        places = [self.place_of[one] for one in gone]
        for one, place in zip(gone, places, strict=True):
            del self.place_of[one]
            self._order.remove(one)
            self.stems.forget(int(self._records[place]["stem_count"]))
            self._records[place] = np.zeros(1, dtype=ROW)[0]
            self._texts[place] = ""
            self._empty.append(place)
        self.stems.tidy(self._records[: self.used])

    def side(self, ids: Iterable[str] | None = None) -> Side:
        """Return rows that are there as a side, in the order of ``ids`` (None: all, sorted by id)."""
        chosen = sorted(self.place_of) if ids is None else list(ids)
        places = np.array([self.place_of[one] for one in chosen], dtype=np.int64)
        return Side(
            ids=tuple(chosen),
            texts=tuple(self._texts[place] for place in places),
            **{name: array[places] for name, array in self._arrays.items()},
        )

    def renew(self, frame: Problem) -> None:
        """Read again what depends on the day."""
        ids = list(self.place_of)
        places = np.array([self.place_of[one] for one in ids], dtype=np.int64)
        self._records["fresh"][places] = records_of(frame, self.side(ids))["fresh"]

    def _places(self, ids: Iterable[str]) -> AnyArray:
        """Return the place of each id, giving one to those that have none."""
        ids = list(ids)
        new = [one for one in ids if one not in self.place_of]
        self._grow_to(self.used + max(len(new) - len(self._empty), 0))
        for one in new:
            if not self._empty:
                self._empty.append(self.used)
                self.used += 1
            self.place_of[one] = self._empty.pop()
        self._rank(new)
        return np.array([self.place_of[one] for one in ids], dtype=np.int64)

    def _rank(self, new: list[str]) -> None:
        if len(new) >= MANY:
            self._order.add_all(new)
            self._rank_all()
            return
        for one in new:
            number = self._order.add(one)
            if number is None:
                self._rank_all()
            else:
                self._records["id_rank"][self.place_of[one]] = number

    def _rank_all(self) -> None:
        for one, number in self._order.items():
            place = self.place_of.get(one)
            if place is not None:
                self._records["id_rank"][place] = number

    def _grow_to(self, rows: int) -> None:
        have = len(self._records)
        if rows <= have:
            return
        more = max(rows + rows // 4, 2 * have)
        grown = np.zeros(more, dtype=ROW)
        grown[:have] = self._records
        self._records = grown
        self._arrays = {name: _room(array, more) for name, array in self._arrays.items()}
        self._ids += [""] * (more - have)
        self._texts += [""] * (more - have)


def _room(array: AnyArray, rows: int) -> AnyArray:
    grown = np.zeros((rows, *array.shape[1:]), dtype=array.dtype)
    grown[: len(array)] = array
    return grown
