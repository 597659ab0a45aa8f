"""The events that count: those that no other corrects, and that are not a cancellation."""

from collections.abc import Iterable

from django.db.models import QuerySet

from maillage.core.quantities import Quantity, unit_named
from maillage.domain.ledger.models import Commitment, EconomicEvent


def live_events() -> QuerySet[EconomicEvent]:
    """Return the events that count."""
    return EconomicEvent.objects.filter(corrected_by__isnull=True, quantity__gt=0)


def done_of(commitment: Commitment, quantities: Iterable[Quantity]) -> Quantity | None:
    """Return what was done of a promise, in its unit (or in that of the first fact); None when nothing was."""
    total: Quantity | None = None
    for quantity in quantities:
        if total is None:
            total = quantity.to(unit_named(commitment.unit)) if commitment.unit else quantity
        else:
            total = Quantity(total.value + quantity.to(total.unit).value, total.unit)
    return total
