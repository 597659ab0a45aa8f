"""How much of a need meets how much of an offer: each in its own unit and at its own rhythm."""

from decimal import ROUND_DOWN, Decimal

from maillage.core.periods import Period, over_twelve_months
from maillage.core.quantities import unit_named
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.drafts import LineDraft

FOUR_DIGITS = Decimal("0.0001")


def lines_of_pair(*, need: Intent, offer: Intent) -> tuple[LineDraft, LineDraft]:
    """Return both lines of a pair: what the smaller side allows, or nothing said when they do not compare.

    An offer that goes whole or not at all (its minimum is its quantity) is taken whole.
    """
    asked = _in_terms_of(need, offer, need.quantity)
    if asked is None or offer.quantity is None or need.quantity is None:
        return LineDraft(need), LineDraft(offer)
    whole = offer.minimum is not None and offer.minimum == offer.quantity
    taken = offer.quantity if whole else min(asked, offer.quantity)
    met = _in_terms_of(offer, need, taken)
    return LineDraft(need, min(need.quantity, met or need.quantity)), LineDraft(offer, taken)


def share_of_need(*, need: Intent, offer: Intent, share: Decimal) -> Decimal | None:
    """Return a share of a need in the unit of an offer, never beyond it; None when they do not compare."""
    taken = _in_terms_of(need, offer, need.quantity * share if need.quantity is not None else None)
    if taken is None or offer.quantity is None or taken <= 0:
        return None
    return min(taken, offer.quantity)


def _in_terms_of(one: Intent, other: Intent, value: Decimal | None) -> Decimal | None:
    """Write a quantity of ``one`` in the unit and the rhythm of ``other``; None when it cannot be."""
    if value is None or not one.unit or not other.unit:
        return None
    unit, wanted = unit_named(one.unit), unit_named(other.unit)
    once = {one.period, other.period} & {Period.ONCE.value}
    if unit.dimension is not wanted.dimension or (once and one.period != other.period):
        return None
    yearly = over_twelve_months(value, Period(one.period)) * unit.factor / wanted.factor
    exact = yearly / over_twelve_months(Decimal(1), Period(other.period))
    return exact.quantize(FOUR_DIGITS, rounding=ROUND_DOWN) or None
