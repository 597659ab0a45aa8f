"""The verdict on one pair in plain Python: every rule, every criterion, the total."""

import math
from dataclasses import dataclass

from maillage_engine.problem.problem import Problem
from maillage_engine.reference.closeness import closeness
from maillage_engine.reference.row import Row, row_of
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS, Weights

EARTH_RADIUS_M = 6_371_009


@dataclass(frozen=True, slots=True)
class Judgement:
    """``refusals``: codes in the order of the rules. ``criteria``: meaning, type, distance, calendar, quantity,
    freshness. ``distance_m`` is None when a place is unknown."""

    refusals: tuple[str, ...]
    criteria: tuple[int, ...]
    total: int
    distance_m: int | None


def judge(problem: Problem, need_at: int, offer_at: int, weights: Weights = DEFAULT_WEIGHTS) -> Judgement:
    """Return the judgement on the pair of two rows."""
    need, offer = row_of(problem.needs, need_at), row_of(problem.offers, offer_at)
    excluded = [need_at, offer_at] in problem.excluded_pairs.tolist()
    return judge_rows(problem, need, offer, excluded=excluded, weights=weights)


def judge_rows(
    problem: Problem, need: Row, offer: Row, *, excluded: bool, weights: Weights = DEFAULT_WEIGHTS
) -> Judgement:
    """Return the judgement on a pair already read."""
    metres = distance_m(need, offer)
    near = closeness(problem.types, offer.type, need.type)
    meaning = meaning_of(problem, need, offer)
    hours = len(need.hours & offer.hours)
    months = sum(min(one, other) for one, other in zip(need.months, offer.months, strict=True))
    verdicts = {
        "type": near == 0,
        "distance": metres is not None
        and any(side.limit_m is not None and metres > side.limit_m for side in (need, offer)),
        "same_party": need.party is not None and need.party == offer.party,
        "excluded": excluded,
        "unit": is_other_unit(need, offer),
        "minimum": is_too_little(need, offer),
        "dates": min(need.until_day, offer.until_day) < max(need.from_day, offer.from_day, problem.today),
        "week": hours == 0,
        "months": months == 0,
        "authorisation": is_not_authorised(problem, need, offer),
        "meaning": -1 in (need.type, offer.type) and meaning < 300,
    }
    criteria = (
        meaning,
        near,
        500 if metres is None else 1000 * 50_000 // (50_000 + metres),
        calendar_of(need, hours, months),
        quantity_of(need, offer),
        min(freshness_of(need, problem.today), freshness_of(offer, problem.today)),
    )
    return Judgement(
        refusals=tuple(code for code, refused in verdicts.items() if refused),
        criteria=criteria,
        total=sum(weight * value for weight, value in zip(weights.in_order(), criteria, strict=True)),
        distance_m=metres,
    )


def distance_m(need: Row, offer: Row) -> int | None:
    """Whole metres along the ground, None when a place is unknown."""
    if need.metres is None or offer.metres is None:
        return None
    square = float(sum((one - other) ** 2 for one, other in zip(need.metres, offer.metres, strict=True)))
    u2 = square / float(EARTH_RADIUS_M * EARTH_RADIUS_M)
    series = 1.0 + u2 * (1 / 24 + u2 * (3 / 640 + u2 * (5 / 7168 + u2 * (35 / 294912))))
    return math.floor(math.sqrt(square) * series + 0.5)


def meaning_of(problem: Problem, need: Row, offer: Row) -> int:
    """0 to 1000: the cosine on the encoder's scale plus the bonus of shared stems."""
    scale = problem.meaning_scale
    dot = sum(one * other for one, other in zip(need.vector, offer.vector, strict=True))
    span = (scale.high - scale.low) * 1600
    cosine = max(0, min(1000, (dot - scale.low * 1600) * 1000 // span))
    shorter = max(min(len(need.stems), len(offer.stems)), 3)
    return min(1000, cosine + 100 * len(need.stems & offer.stems) // shorter)


def is_other_unit(need: Row, offer: Row) -> bool:
    """Whether both have a quantity, both dimensions are known, and they differ."""
    if need.quantity is None or offer.quantity is None:
        return False
    return need.dimension is not None and offer.dimension is not None and need.dimension != offer.dimension


def is_too_little(need: Row, offer: Row) -> bool:
    """Whether a side's minimum is above what the other has, in one dimension."""
    if need.dimension is None or need.dimension != offer.dimension:
        return False
    if offer.quantity is not None and need.minimum > offer.quantity:
        return True
    return need.quantity is not None and offer.minimum > need.quantity


def is_not_authorised(problem: Problem, need: Row, offer: Row) -> bool:
    """Whether an authorisation that somebody demands is not held by the one who must."""
    table, codes = problem.types, problem.authorisations
    types = [table.types[index] for index in (need.type, offer.type) if index != -1]
    wanted = {code for one in types for code in one.requires}
    wanted |= {code for bit, code in enumerate(codes) if (need.requires | offer.requires) >> bit & 1}
    offer_holds = {code for bit, code in enumerate(codes) if offer.holds >> bit & 1}
    need_holds = {code for bit, code in enumerate(codes) if need.holds >> bit & 1}
    if any(one.hazardous for one in types):
        offers_material = offer.type != -1 and table.types[offer.type].kind == "material"
        if not (offers_material and "dechets-dangereux" in need_holds):
            wanted.add("dechets-dangereux")
    return not wanted <= offer_holds


def calendar_of(need: Row, hours: int, months: int) -> int:
    """Share of the need's hours × months that the offer is there."""
    wanted = len(need.hours) * sum(need.months)
    return 1000 * hours * months // wanted if wanted else 0


def quantity_of(need: Row, offer: Row) -> int:
    """Share of the need's quantity that the offer covers; 500 unknown."""
    if need.quantity is None or offer.quantity is None:
        return 500
    if need.dimension is None or need.dimension != offer.dimension:
        return 500
    return math.floor(min(offer.quantity, need.quantity) / need.quantity * 1000.0)


def freshness_of(row: Row, today: int) -> int:
    """1000 up to 90 days, 0 from 730 days; 300 unknown."""
    if row.confirmed_day is None:
        return 300
    return max(0, min(1000, 1000 * (730 - (today - row.confirmed_day)) // 640))
