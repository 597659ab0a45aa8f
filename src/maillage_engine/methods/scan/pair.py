"""One pair of a need and an offer, judged in compiled code by the rules and the criteria of the registries.

``RULE_ORDER`` and ``CRITERION_ORDER`` name what is counted where; a test holds them equal to the registries, and
others hold each number equal to the slow twin's. Whole numbers throughout; the two floating formulas (arc,
quantity) have the operations of ``problem.geography`` and ``scoring.quantity`` in the same order, and no compiler
option that would let them be reordered. ``need`` and ``offer`` are records of ``rows.ROW``.
"""

import numpy as np

from maillage_engine.arrays import Int16s, Int32s
from maillage_engine.compiled import compiled
from maillage_engine.methods.scan.rows import Record
from maillage_engine.problem.geography import EARTH_RADIUS_M

RULE_ORDER = (
    "type",
    "distance",
    "same_party",
    "excluded",
    "unit",
    "minimum",
    "dates",
    "week",
    "months",
    "authorisation",
    "meaning",
)
CRITERION_ORDER = ("meaning", "type", "distance", "calendar", "quantity", "freshness")
TYPE, DISTANCE, SAME_PARTY, EXCLUDED, UNIT, MINIMUM, DATES, WEEK, MONTHS, AUTHORISATION, MEANING = range(11)
PASSES = -1
NOWHERE, TOO_FAR = -1, -2
FLOOR, BONUS = 300, 100
SQUARE_OF_RADIUS = float(EARTH_RADIUS_M * EARTH_RADIUS_M)
FULL_YEAR = 1200
ONES, TWOS, FOURS = (
    np.uint64(0x5555555555555555),
    np.uint64(0x3333333333333333),
    np.uint64(0x0F0F0F0F0F0F0F0F),
)
BYTES, ONE, TWO, FOUR, TOP = (np.uint64(value) for value in (0x0101010101010101, 1, 2, 4, 56))


@compiled
def arc(square: int) -> int:
    """Whole metres along the ground of a squared straight line."""
    far = float(square)
    u2 = far / SQUARE_OF_RADIUS
    series = 1.0 + u2 * (1 / 24 + u2 * (3 / 640 + u2 * (5 / 7168 + u2 * (35 / 294912))))
    return int(np.floor(np.sqrt(far) * series + 0.5))


@compiled
def bits(word: np.uint64) -> int:
    """How many bits of a word are set."""
    word = word - ((word >> ONE) & ONES)
    word = (word & TWOS) + ((word >> TWO) & TWOS)
    word = (word + (word >> FOUR)) & FOURS
    return int((word * BYTES) >> TOP)


@compiled
def distance(one: Record, other: Record) -> int:
    """Whole metres; ``NOWHERE`` when a place is unknown, ``TOO_FAR`` when it is more than both accept."""
    if not (one.located and other.located):
        return NOWHERE
    x = one.metres[0] - other.metres[0]
    y = one.metres[1] - other.metres[1]
    z = one.metres[2] - other.metres[2]
    square = x * x + y * y + z * z
    limit = min(one.limit_m, other.limit_m)
    if square > (limit + 2) * (limit + 2):
        return TOO_FAR
    metres = arc(square)
    return metres if metres <= limit else TOO_FAR


@compiled
def shared_hours(one: Record, other: Record) -> int:
    """Hours of the week that both have."""
    total = 0
    for part in range(3):
        total += bits(one.week[part] & other.week[part])
    return total


@compiled
def shared_months(one: Record, other: Record) -> int:
    """Sum of the smaller of the two weights of each month."""
    if one.month_sum == FULL_YEAR:
        return int(other.month_sum)
    if other.month_sum == FULL_YEAR:
        return int(one.month_sum)
    total = 0
    for month in range(12):
        total += min(one.months[month], other.months[month])
    return total


@compiled
def is_other_unit(need: Record, offer: Record) -> bool:
    """Whether both quantities are known and do not measure the same thing."""
    if need.dimension < 0 or offer.dimension < 0 or need.dimension == offer.dimension:
        return False
    return not (np.isnan(need.quantity) or np.isnan(offer.quantity))


@compiled
def is_too_little(need: Record, offer: Record) -> bool:
    """Whether a minimum is above what the other side has; nothing is above an unknown quantity."""
    if need.dimension < 0 or need.dimension != offer.dimension:
        return False
    return bool(need.minimum > offer.quantity or offer.minimum > need.quantity)


@compiled
def is_not_authorised(need: Record, offer: Record) -> bool:
    """Whether an authorisation is demanded and not held."""
    hazard = need.hazard | offer.hazard
    if offer.material:
        hazard &= ~need.holds
    return bool(((need.requires | offer.requires | hazard) & ~offer.holds) != 0)


@compiled
def refusal(need: Record, offer: Record, excluded: bool, today: int) -> int:
    """The first rule after the distance and before the meaning that refuses the pair; ``PASSES`` when none does."""
    if need.party >= 0 and need.party == offer.party:
        return SAME_PARTY
    if excluded:
        return EXCLUDED
    if is_other_unit(need, offer):
        return UNIT
    if is_too_little(need, offer):
        return MINIMUM
    if min(need.until_day, offer.until_day) < max(need.from_day, offer.from_day, today):
        return DATES
    if shared_hours(need, offer) == 0:
        return WEEK
    if shared_months(need, offer) == 0:
        return MONTHS
    return AUTHORISATION if is_not_authorised(need, offer) else PASSES


@compiled
def dot(some: Int16s, i: int, others: Int16s, j: int) -> int:
    """The exact product of two quantised vectors."""
    total = np.int32(0)
    for column in range(some.shape[1]):
        total = np.int32(total + np.int32(some[i, column]) * np.int32(others[j, column]))
    return int(total)


@compiled
def cosine(product: int, settings: Record) -> int:
    """The product on the encoder's scale, 0 to 1000."""
    over = (product - settings.low_dot) * 1000
    return int(max(0, min(1000, over // settings.span_dot)))


@compiled
def bonus(one: Record, pool: Int32s, other: Record, other_pool: Int32s) -> int:
    """0 to 100: the share of the shorter text's stems that the other has too."""
    here, there = one.stem_start, other.stem_start
    end, last = here + one.stem_count, there + other.stem_count
    shared = 0
    while here < end and there < last:
        mine, theirs = pool[here], other_pool[there]
        if mine == theirs:
            shared += 1
        if mine <= theirs:
            here += 1
        if theirs <= mine:
            there += 1
    return int(BONUS * shared // max(min(one.stem_count, other.stem_count), 3))


@compiled
def near(metres: int) -> int:
    """The criterion of distance."""
    return 500 if metres < 0 else 1000 * 50_000 // (50_000 + metres)


@compiled
def calendar(need: Record, offer: Record) -> int:
    """The criterion of time."""
    shared = shared_hours(need, offer) * shared_months(need, offer)
    return int(1000 * shared // max(need.wanted, 1))


@compiled
def quantity(need: Record, offer: Record) -> int:
    """The criterion of quantity."""
    if need.dimension < 0 or need.dimension != offer.dimension:
        return 500
    wanted, offered = need.quantity, offer.quantity
    if np.isnan(wanted) or np.isnan(offered):
        return 500
    return int(np.floor(min(offered, wanted) / wanted * 1000.0))


@compiled
def without_meaning(need: Record, offer: Record, closeness: int, metres: int, settings: Record) -> int:
    """The total of a pair but for its meaning."""
    weights = settings.weights
    total = weights[1] * closeness + weights[2] * near(metres)
    total += weights[3] * calendar(need, offer) + weights[4] * quantity(need, offer)
    return int(total + weights[5] * min(need.fresh, offer.fresh))
