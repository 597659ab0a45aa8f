"""One need or one offer as plain Python values."""

import math
from dataclasses import dataclass

from maillage_engine.problem.side import Side
from maillage_engine.text.analysis import stems

OPEN_START = -(2**31)


@dataclass(frozen=True, slots=True)
class Row:
    """What ``schema.csv`` says of one line; None where it is unknown or without limit."""

    id: str
    type: int
    stems: frozenset[str]
    vector: tuple[int, ...]
    quantity: float | None
    minimum: float
    dimension: int | None
    metres: tuple[int, int, int] | None
    limit_m: int | None
    from_day: int
    until_day: int
    hours: frozenset[int]
    months: tuple[int, ...]
    confirmed_day: int | None
    party: int | None
    holds: int
    requires: int


def row_of(side: Side, at: int) -> Row:
    """Return line ``at`` of a side."""
    reach = float(side.reach_km[at])
    confirmed = int(side.confirmed_day[at])
    dimension, party = int(side.dimension[at]), int(side.party[at])
    return Row(
        id=side.ids[at],
        type=int(side.types[at]),
        stems=frozenset(stems(side.texts[at])),
        vector=tuple(side.vectors[at].tolist()),
        quantity=_known(float(side.quantity[at])),
        minimum=float(side.minimum[at]),
        dimension=None if dimension == -1 else dimension,
        metres=_place(side, at),
        limit_m=None if math.isnan(reach) else math.floor(reach * 1000.0 + 0.5),
        from_day=int(side.from_day[at]),
        until_day=int(side.until_day[at]),
        hours=frozenset(hour for hour in range(168) if side.week[at, hour // 8] >> (7 - hour % 8) & 1),
        months=tuple(side.months[at].tolist()),
        confirmed_day=None if confirmed == OPEN_START else confirmed,
        party=None if party == -1 else party,
        holds=int(side.holds[at]),
        requires=int(side.requires[at]),
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _place(side: Side, at: int) -> tuple[int, int, int] | None:
    if math.isnan(side.latitude[at]) or math.isnan(side.longitude[at]):
        return None
    x, y, z = (int(value) for value in side.metres[at])
    return x, y, z
