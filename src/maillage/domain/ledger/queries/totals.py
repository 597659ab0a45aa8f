"""Totals by type, each with the lines that prove it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from maillage.core.quantities import Dimension, Quantity, Unit, unit_named
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.policies import user_can_see_totals
from maillage.domain.ledger.queries.events import EventLine, between, event_lines, seen_events

_Key = tuple[str, str, Dimension]


@dataclass(frozen=True, slots=True)
class Total:
    """What was done of one type by one action, in its usual unit; ``events`` counts its lines."""

    type_code: str
    type_label: str
    action: str
    action_label: str
    quantity: Quantity
    events: int


def totals_by_type(
    *,
    viewer: Viewer,
    pole: Pole,
    since: date | None = None,
    until: date | None = None,
    action: str = "",
) -> tuple[Total, ...]:
    """Return the totals of a pole, in one query; they name nobody, and are for the pole and its network."""
    if not user_can_see_totals(viewer, pole.pk):
        return ()
    rows = (
        live_events()
        .filter(_asked(pole, since, until, action))
        .order_by("resource_type__path", "action")
        .values_list(
            "resource_type",
            "resource_type__label",
            "resource_type__unit",
            "action",
            "action__label",
            "unit",
        )
        .annotate(summed=Sum("quantity"), lines=Count("pk"))
    )
    sums: dict[_Key, list[tuple[Quantity, int]]] = defaultdict(list)
    names: dict[_Key, tuple[str, str, str]] = {}
    for code, label, usual, verb, verb_label, unit, summed, lines in rows:
        measured = unit_named(unit)
        key = (code, verb, measured.dimension)
        sums[key].append((Quantity(summed, measured), lines))
        names[key] = (label, verb_label, usual)
    return tuple(_total(key, names[key], parts) for key, parts in sums.items())


def _total(key: _Key, names: tuple[str, str, str], parts: list[tuple[Quantity, int]]) -> Total:
    label, verb_label, usual = names
    unit: Unit = unit_named(usual)
    if unit.dimension is not key[2]:
        unit = parts[0][0].unit
    value = sum((quantity.to(unit).value for quantity, _ in parts), Decimal(0))
    return Total(key[0], label, key[1], verb_label, Quantity(value, unit), sum(lines for _, lines in parts))


def total_lines(
    *,
    viewer: Viewer,
    pole: Pole,
    type_code: str,
    action: str,
    since: date | None = None,
    until: date | None = None,
) -> tuple[EventLine, ...]:
    """Return the lines that prove a total: all of them for the team, its own for a structure."""
    asked = _asked(pole, since, until, action) & Q(resource_type=type_code)
    return event_lines(live_events().filter(asked, seen_events(viewer, pole.pk)))


def _asked(pole: Pole, since: date | None, until: date | None, action: str) -> Q:
    asked = Q(pole=pole) & between(since, until)
    return asked & Q(action=action) if action else asked
