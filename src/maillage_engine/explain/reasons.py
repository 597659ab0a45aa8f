"""What speaks for a pair, what speaks against it, and what is still to be checked: codes and numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from maillage_engine.arrays import INT32_MAX, INT32_MIN
from maillage_engine.pairs import Pairs
from maillage_engine.problem.calendar import HOURS
from maillage_engine.problem.dimensions import DIMENSIONS
from maillage_engine.problem.geography import UNKNOWN_DISTANCE
from maillage_engine.problem.problem import Problem
from maillage_engine.problem.types_way import way_between
from maillage_engine.rules.rule import Number, Numbers

Kind = Literal["for", "check", "against"]

NEAR_M = 50_000
CLEAR_MEANING, VAGUE_MEANING = 600, 300
HALF_COVERED, COVERED = 500, 1000
OLD_DAYS = 365


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say of a pair. ``kind``: speaks ``for`` it, is to ``check`` with people, speaks ``against``."""

    code: str
    kind: Kind
    numbers: Numbers


def reasons_of(problem: Problem, pair: Pairs, criteria: Mapping[str, int]) -> tuple[Reason, ...]:
    """Return the reasons of the one pair, in the order in which people look: type, place, time, amount, trust."""
    need, offer = int(pair.needs[0]), int(pair.offers[0])
    return (
        *_type(problem, need, offer),
        *_meaning(criteria["meaning"]),
        *_distance(problem, pair, need, offer),
        *_dates(problem, need, offer),
        *_week(problem, need, offer),
        *_months(problem, need, offer),
        *_quantity(problem, need, offer, criteria["quantity"]),
        *_authorisation(problem, need, offer),
        *_freshness(problem, need, offer),
    )


def _type(problem: Problem, need: int, offer: int) -> Iterator[Reason]:
    need_type, offer_type = int(problem.needs.types[need]), int(problem.offers.types[offer])
    if need_type < 0 or offer_type < 0:
        yield Reason("type_unknown", "check", {"side": _unknown_side(need_type < 0, offer_type < 0)})
        return
    way = way_between(problem.types, offer_type=offer_type, need_type=need_type)
    if way is not None:
        yield Reason(f"type_{way.kind}", "for" if way.kind in {"same", "specific"} else "check", way.numbers)


def _meaning(meaning: int) -> Iterator[Reason]:
    if meaning >= CLEAR_MEANING:
        yield Reason("meaning", "for", {"meaning": meaning})
    elif meaning < VAGUE_MEANING:
        yield Reason("meaning", "check", {"meaning": meaning})


def _distance(problem: Problem, pair: Pairs, need: int, offer: int) -> Iterator[Reason]:
    metres = int(pair.distance_m[0])
    if metres == UNKNOWN_DISTANCE:
        sides = _unknown_side(not problem.needs.located[need], not problem.offers.located[offer])
        yield Reason("place_unknown", "check", {"side": sides})
        return
    approximate = bool(problem.needs.approximate[need] or problem.offers.approximate[offer])
    numbers = {"distance_m": metres, "approximate": int(approximate)}
    yield Reason("distance", "for" if metres <= NEAR_M else "against", numbers)


def _dates(problem: Problem, need: int, offer: int) -> Iterator[Reason]:
    needs, offers = problem.needs, problem.offers
    first = max(int(needs.from_day[need]), int(offers.from_day[offer]))
    last = min(int(needs.until_day[need]), int(offers.until_day[offer]))
    numbers: dict[str, int] = {}
    if first != INT32_MIN and first > problem.today:
        numbers["first_day"] = first
    if last != INT32_MAX:
        numbers["last_day"] = last
    if numbers and max(first, problem.today) <= last:
        yield Reason("dates", "for", numbers)


def _week(problem: Problem, need: int, offer: int) -> Iterator[Reason]:
    mine, theirs = problem.needs.week_hours[need], problem.offers.week_hours[offer]
    both = mine & theirs
    shared, wanted = int(both.sum()), int(mine.sum())
    if shared == HOURS or shared == 0:
        return
    days = [str(day) for day, hours in enumerate(both.reshape(7, 24)) if hours.any()]
    kind: Kind = "for" if 2 * shared >= wanted else "check"
    yield Reason("week", kind, {"days": " ".join(days), "shared_hours": shared, "need_hours": wanted})


def _months(problem: Problem, need: int, offer: int) -> Iterator[Reason]:
    both = np.minimum(problem.needs.months[need], problem.offers.months[offer]) > 0
    if both.all() or not both.any():
        return
    months = " ".join(str(month) for month in np.flatnonzero(both))
    wanted = int((problem.needs.months[need] > 0).sum())
    kind: Kind = "for" if int(both.sum()) == wanted else "check"
    yield Reason("months", kind, {"months": months, "need_months": wanted})


def _quantity(problem: Problem, need: int, offer: int, covered: int) -> Iterator[Reason]:
    needs, offers = problem.needs, problem.offers
    wanted, offered = float(needs.quantity[need]), float(offers.quantity[offer])
    dimension = int(needs.dimension[need])
    if dimension < 0 or int(offers.dimension[offer]) != dimension or np.isnan(wanted) or np.isnan(offered):
        sides = _unknown_side(bool(np.isnan(wanted)), bool(np.isnan(offered)))
        yield Reason("quantity_unknown", "check", {"side": sides})
        return
    kind: Kind = "for" if covered >= HALF_COVERED else "check"
    numbers: dict[str, Number] = {
        "covered_per_mille": covered,
        "wanted": wanted,
        "offered": offered,
        "dimension": DIMENSIONS[dimension],
    }
    yield Reason("quantity", kind, numbers)


def _authorisation(problem: Problem, need: int, offer: int) -> Iterator[Reason]:
    demanded = int(problem.needs.requires[need]) | int(problem.offers.requires[offer])
    for row in (int(problem.needs.types[need]), int(problem.offers.types[offer])):
        demanded |= int(problem.type_requires[row]) | int(problem.type_hazard[row])
    held = demanded & int(problem.offers.holds[offer])
    if held:
        codes = [code for bit, code in enumerate(problem.authorisations) if held >> bit & 1]
        yield Reason("authorisation", "for", {"held": "|".join(codes)})


def _freshness(problem: Problem, need: int, offer: int) -> Iterator[Reason]:
    confirmed = int(problem.needs.confirmed_day[need]), int(problem.offers.confirmed_day[offer])
    unknown = [day == INT32_MIN for day in confirmed]
    if any(unknown):
        yield Reason("never_confirmed", "check", {"side": _unknown_side(*unknown)})
        return
    age = max(problem.today - min(confirmed), 0)
    side = "need" if confirmed[0] <= confirmed[1] else "offer"
    yield Reason("confirmed", "for" if age <= OLD_DAYS else "check", {"age_days": age, "side": side})


def _unknown_side(need: bool, offer: bool) -> str:
    """Which side lacks something: ``need``, ``offer``, ``both`` or ``neither``."""
    if need and offer:
        return "both"
    if need or offer:
        return "need" if need else "offer"
    return "neither"
