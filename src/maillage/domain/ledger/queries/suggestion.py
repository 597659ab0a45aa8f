"""What one most likely wants to record: how much, in which unit, among which others."""

from dataclasses import dataclass
from decimal import Decimal

from maillage.core.quantities import Dimension, Quantity, Unit, unit_named, units
from maillage.domain.ledger.facts import done_of, live_events
from maillage.domain.ledger.models import Action, Commitment, RecordingLabel


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The quantity to propose, nothing when nobody can guess; the units that measure the same thing."""

    quantity: Decimal | None
    unit: Unit
    units: tuple[Unit, ...]


def suggested_for(commitment: Commitment) -> Suggestion:
    """Propose what remains of a promise; a booking without a quantity was used once."""
    if commitment.quantity is None:
        unit = _usual_unit(commitment.action, unit_named(commitment.resource_type.unit))
        return Suggestion(Decimal(1), unit, units_like(unit))
    unit = unit_named(commitment.unit)
    rows = live_events().filter(commitment=commitment).values_list("quantity", "unit")
    done = done_of(commitment, (Quantity(value, unit_named(code)) for value, code in rows))
    left = commitment.quantity - (done.value if done else Decimal(0))
    return Suggestion(left.normalize() if left > 0 else None, unit, units_like(unit))


def suggested_by(label: RecordingLabel) -> Suggestion:
    """Propose what is usual at this label."""
    unit = unit_named(label.unit)
    usual = label.usual_quantity
    return Suggestion(usual.normalize() if usual is not None else None, unit, units_like(unit))


def _usual_unit(action: Action, unit: Unit) -> Unit:
    """Return the unit of the type when the action is counted so, else the first that the action is counted in."""
    if not action.dimensions or unit.dimension in action.dimensions:
        return unit
    wanted = Dimension(action.dimensions[0])
    return next(one for one in units().values() if one.dimension is wanted)


def units_like(unit: Unit) -> tuple[Unit, ...]:
    """Return the units that measure the same thing."""
    return tuple(one for one in units().values() if one.dimension is unit.dimension)
