"""An intent that exists, back into the fields of its form."""

from typing import Any

from maillage.core.french import number
from maillage.core.quantities import units
from maillage.domain.exchanges.enums import EvidenceChannel, PeriodChoice, PriceKind, Visibility
from maillage.domain.exchanges.models import Intent
from maillage.interfaces.web.exchanges.forms import HALF_DAYS
from maillage.interfaces.web.exchanges.understanding import hours_text

_HALVES = {(start, end): code for code, _, start, end in HALF_DAYS}


def first_values(*, is_team: bool) -> dict[str, str]:
    """Return what an empty form starts with."""
    return {
        "visibility": Visibility.MEMBERS.value,
        "period": PeriodChoice.ONCE.value,
        "price_kind": PriceKind.UNSAID.value,
        "channel": (EvidenceChannel.OTHER if is_team else EvidenceChannel.FORM).value,
    }


def initial_of(intent: Intent) -> dict[str, Any]:
    """Return the values of the fields; the evidence starts empty, since what is added is one more."""
    slots = [slot for slot in intent.weekly if (slot["from_hour"], slot["to_hour"]) in _HALVES]
    others = [slot for slot in intent.weekly if slot not in slots]
    unit = units().get(intent.unit)
    return {
        "words": intent.words or intent.title,
        "title": intent.title if intent.words else "",
        "author": intent.author_id,
        "author_text": intent.author.name,
        "municipality": intent.municipality_id or "",
        "municipality_text": intent.municipality.label if intent.municipality else "",
        "resource_type": intent.resource_type_id or "",
        "quantity": "" if intent.quantity is None else number(intent.quantity, digits=4),
        "unit": (unit.symbol or unit.plural) if unit else "",
        "period": intent.period,
        "minimum": "" if intent.minimum is None else number(intent.minimum, digits=4),
        "available_from": intent.available_from.isoformat() if intent.available_from else "",
        "available_until": intent.available_until.isoformat() if intent.available_until else "",
        "slots": [f"{slot['day']}-{_HALVES[slot['from_hour'], slot['to_hour']]}" for slot in slots],
        "hours": hours_text(others),
        "months": [str(at) for at, weight in enumerate(intent.seasonality) if weight],
        "reach_km": "" if intent.reach_km is None else str(intent.reach_km),
        "price_kind": intent.price_kind,
        "price": "" if intent.price is None else number(intent.price),
        "conditions": intent.conditions,
        "qualities": ", ".join(intent.qualities),
        "holds": [one.code for one in intent.holds.all()],
        "requires": [one.code for one in intent.requires.all()],
        "visibility": intent.visibility,
        "channel": EvidenceChannel.OTHER.value,
    }
