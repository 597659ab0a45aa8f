"""What several offers together must cover for one need: amounts by slot of the calendar, and hours of presence.

A slot is a set of months (or of hours) that no offer tells apart. ``rhythm`` says how amounts meet the calendar:

- ``months``: the year's quantity is spread over the months by their weights, on both sides;
- ``year``: the need is spread, but an offer gives what it wants in each month where it is there (a stock);
- ``hours``: the need wants its whole quantity at each of its hours (places, surfaces).

Whatever the rhythm, somebody is there at each wanted hour of each wanted month.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.arrays import AnyArray, Bools, Floats, Int32s, Int64s, frozen
from maillage_engine.errors import InvalidArgument
from maillage_engine.pairs import Pairs
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.side import Side
from maillage_engine.rules.registry import RULES

Rhythm = Literal["months", "year", "hours"]
RHYTHMS: tuple[Rhythm, ...] = ("months", "year", "hours")
UNKNOWN_QUANTITY = "quantity"
_NO_MONTH: dict[str, AnyArray] = {"month_slot": np.full(12, -1, dtype=np.int64), "month_share": np.zeros(12)}


@dataclass(frozen=True, eq=False)
class Cover:
    """The m offers that may be members, and what they must cover together.

    ``offers`` (m,) rows; ``distance_m`` (m,) -1 unknown; ``demand`` (s,) amount wanted in each slot, and ``share``
    (s,) what one of it counts in the year's amount; ``most`` (m, s) and ``least`` (m, s) amounts of a member in a
    slot, ``total`` (m,) and ``lot`` (m,) most and least over the slots; ``there`` (m, p) whether it is there at
    each of p kinds of wanted hours. ``month_slot`` (12,) the slot of each month, -1 none, and ``month_share`` (12,)
    its part of the slot's demand. ``left_out`` counts the other offers under the first rule that refuses them.
    """

    need: int
    rhythm: Rhythm
    offers: Int64s
    distance_m: Int32s
    demand: Floats
    share: Floats
    most: Floats
    least: Floats
    total: Floats
    lot: Floats
    there: Bools
    month_slot: Int64s
    month_share: Floats
    left_out: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.offers)


def cover_of(problem: Problem, need: int, rhythm: Rhythm = "months", *, same_type: bool = False) -> Cover:
    """Return what must be covered for row ``need``; raise ``InvalidArgument`` on a row or a rhythm unknown.

    ``same_type``: only offers of the need's type or of a more specific one, no link of the catalogue.
    """
    if not 0 <= need < len(problem.needs):
        raise InvalidArgument("need", f"il n’y a pas de besoin de ligne {need}.")
    if rhythm not in RHYTHMS:
        raise InvalidArgument("rhythm", f"c’est l’un de {', '.join(RHYTHMS)}.")
    pairs, left_out = _feasible(problem, need)
    if same_type:
        kinds = problem.offers.types[pairs.offers]
        alike = np.array(
            [_is_a(problem, int(kind), int(problem.needs.types[need])) for kind in kinds], dtype=np.bool_
        )
        left_out["type"] += int(np.count_nonzero(~alike))
        pairs = pairs.keep(alike)
    asks = not np.isnan(problem.needs.quantity[need]) and problem.needs.dimension[need] >= 0
    if asks:
        amounts = problem.offers.quantity[pairs.offers]
        same = problem.offers.dimension[pairs.offers] == problem.needs.dimension[need]
        counted = same & ~np.isnan(amounts)
        left_out[UNKNOWN_QUANTITY] = int(np.count_nonzero(~counted))
        pairs = pairs.keep(counted)
    offers = np.asarray(pairs.offers, dtype=np.int64)
    presence = _presence(problem.needs, need, problem.offers, offers)
    there = np.unique(presence, axis=1) if presence.shape[1] else presence
    slots = _slots(problem, need, offers, presence, rhythm) if asks else _no_slot(len(offers))
    return Cover(
        need=need,
        rhythm=rhythm,
        offers=frozen(offers),
        distance_m=frozen(np.asarray(pairs.distance_m)),
        there=frozen(there),
        left_out=left_out,
        **{name: frozen(values) for name, values in slots.items()},
    )


def _feasible(problem: Problem, need: int) -> tuple[Pairs, dict[str, int]]:
    """Return the offers that every rule lets pass for the need, and how many each rule refuses first."""
    every = np.arange(len(problem.offers), dtype=np.int64)
    pairs = Pairs.grid(problem, np.array([need]), every)
    left_out: dict[str, int] = {}
    pairs = pairs.keep(np.ones(pairs.shape, dtype=np.bool_))
    for rule in RULES:
        refused = rule.refuses(pairs)
        left_out[rule.code] = int(np.count_nonzero(refused))
        pairs = pairs.keep(~refused)
    return pairs, left_out


def _is_a(problem: Problem, offered: int, wanted: int) -> bool:
    """Whether a type is another or more specific."""
    while offered not in {wanted, -1}:
        offered = problem.types.parents[offered]
    return offered == wanted and wanted != -1


def _presence(needs: Side, need: int, side: Side, offers: Int64s) -> Bools:
    """(m, wanted hours × wanted months): whether each offer is there."""
    hours = np.flatnonzero(needs.week_hours[need])
    months = np.flatnonzero(needs.months[need])
    in_week = side.week_hours[offers][:, hours]
    in_year = side.months[offers][:, months] > 0
    both: Bools = (in_week[:, :, None] & in_year[:, None, :]).reshape(len(offers), len(hours) * len(months))
    return both


def _slots(
    problem: Problem, need: int, offers: Int64s, presence: Bools, rhythm: Rhythm
) -> dict[str, AnyArray]:
    quantity = problem.offers.quantity[offers]
    lot = np.maximum(problem.offers.minimum[offers], problem.needs.minimum[need])
    wanted = float(problem.needs.quantity[need])
    if rhythm == "hours":
        return _hour_slots(presence, quantity, lot, wanted)
    weight = problem.needs.months[need].astype(np.float64)
    kept = np.flatnonzero(weight)
    demand = wanted * weight[kept] / max(weight.sum(), 1.0)
    months = problem.offers.months[offers][:, kept].astype(np.float64)
    if rhythm == "year":
        columns, group = _groups((months > 0).astype(np.float64))
        most = columns * quantity[:, None]
    else:
        yearly = problem.offers.months[offers].sum(axis=1, dtype=np.float64)
        by_month = quantity[:, None] * months / yearly[:, None]
        columns, group = _groups(by_month / demand)
        most = columns * np.bincount(group, weights=demand)
    month_slot, month_share = np.full(12, -1, dtype=np.int64), np.zeros(12)
    total = np.bincount(group, weights=demand, minlength=columns.shape[1])
    month_slot[kept], month_share[kept] = group, demand / total[group]
    return {
        "demand": total,
        "share": np.ones(columns.shape[1]),
        "most": most,
        "least": np.zeros_like(most),
        "total": quantity,
        "lot": lot,
        "month_slot": month_slot,
        "month_share": month_share,
    }


def _hour_slots(presence: Bools, quantity: Floats, lot: Floats, wanted: float) -> dict[str, AnyArray]:
    columns, group = _groups(presence.astype(np.float64))
    share = np.bincount(group, minlength=columns.shape[1]) / max(len(group), 1)
    return {
        "demand": np.full(columns.shape[1], wanted),
        "share": share,
        "most": columns * quantity[:, None],
        "least": columns * lot[:, None],
        "total": np.full(len(quantity), np.inf),
        "lot": np.zeros(len(quantity)),
        **_NO_MONTH,
    }


def _groups(columns: Floats) -> tuple[Floats, Int64s]:
    """Return the columns that differ, and which of them each column is."""
    if not columns.size:
        count = columns.shape[1]
        return columns[:, : min(count, 1)], np.zeros(count, dtype=np.int64)
    unique, group = np.unique(columns, axis=1, return_inverse=True)
    return unique, group.reshape(-1)


def _no_slot(count: int) -> dict[str, AnyArray]:
    return {
        "demand": np.zeros(0),
        "share": np.zeros(0),
        "most": np.zeros((count, 0)),
        "least": np.zeros((count, 0)),
        "total": np.full(count, np.inf),
        "lot": np.zeros(count),
        **_NO_MONTH,
    }
