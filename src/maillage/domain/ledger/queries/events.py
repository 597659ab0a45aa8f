"""Facts as lines of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import EvidenceKind
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.models import EconomicEvent


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something that happened, who gave, who received, how much, and what proves it."""

    pk: int
    happened_on: date
    action: str
    provider_id: int
    provider: str
    receiver_id: int
    receiver: str
    type_code: str
    type_label: str
    quantity: Quantity
    resource: str
    commitment_id: int | None
    evidence_kind: str
    evidence: str
    note: str
    recorded_at: datetime
    corrects_id: int | None


def seen_events(viewer: Viewer, pole_id: int) -> Q:
    """Return the condition of the facts of a pole that the viewer may read: the team all, a structure its own."""
    seen = Q(pole_id=pole_id)
    if viewer.runs(pole_id):
        return seen
    mine = spoken_for(viewer, pole_id)
    return seen & (Q(provider_id__in=mine) | Q(receiver_id__in=mine))


def event_lines(rows: QuerySet[EconomicEvent]) -> tuple[EventLine, ...]:
    """Return the lines of facts, in one query."""
    return tuple(_lines(rows))


_COLUMNS = (
    *("pk", "happened_on", "action__label", "provider_id", "provider__name", "receiver_id", "receiver__name"),
    *("resource_type_id", "resource_type__label", "quantity", "unit", "resource__name", "commitment_id"),
    *("evidence_kind", "evidence", "note", "recorded_at", "corrects_id"),
)


def _lines(rows: QuerySet[EconomicEvent]) -> Iterable[EventLine]:
    """Read only what a line shows: a sheet has hundreds of them."""
    kinds = {value: str(label) for value, label in EvidenceKind.choices}
    for row in rows.values_list(*_COLUMNS, named=True):
        yield EventLine(
            pk=row.pk,
            happened_on=row.happened_on,
            action=row.action__label,
            provider_id=row.provider_id,
            provider=row.provider__name,
            receiver_id=row.receiver_id,
            receiver=row.receiver__name,
            type_code=row.resource_type_id,
            type_label=row.resource_type__label,
            quantity=Quantity(row.quantity, unit_named(row.unit)),
            resource=row.resource__name or "",
            commitment_id=row.commitment_id,
            evidence_kind=kinds[row.evidence_kind],
            evidence=row.evidence,
            note=row.note,
            recorded_at=row.recorded_at,
            corrects_id=row.corrects_id,
        )


def events_of_organisation(
    *,
    viewer: Viewer,
    pole: Pole,
    organisation: Organisation,
    since: date | None = None,
    until: date | None = None,
) -> tuple[EventLine, ...]:
    """Return what a structure gave and received in a pole, its absorbed sheets included; days are both included."""
    sheets = Organisation.objects.filter(Q(pk=organisation.pk) | Q(merged_into=organisation)).order_by()
    given, received = (
        EconomicEvent.objects.filter(**{f"{side}__in": sheets.values("pk")}).order_by().values("pk")
        for side in ("provider", "receiver")
    )
    own = Q(pk__in=given.union(received))  # each side by its index: asked together, every fact would be read
    return event_lines(live_events().filter(seen_events(viewer, pole.pk), own, between(since, until)))


def between(since: date | None, until: date | None) -> Q:
    """Return the condition of the days, both included."""
    asked = Q()
    if since is not None:
        asked &= Q(happened_on__gte=since)
    if until is not None:
        asked &= Q(happened_on__lte=until)
    return asked
