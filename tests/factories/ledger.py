"""Agreements, promises, facts and resources for the tests; the actions are those of the real file."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.drafts import CommitmentDraft, EventDraft
from maillage.domain.ledger.models import Action, Agreement, Commitment, EconomicEvent, Resource
from maillage.domain.ledger.operations import (
    activate_agreement,
    commit,
    create_agreement,
    create_resource,
    load_actions,
    record_consent,
    record_event,
)
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole
from tests.factories.catalogue import make_resource_type


def make_actions() -> None:
    if not Action.objects.exists():
        load_actions()


def make_agreement(
    *parties: Organisation,
    pole: Pole | None = None,
    title: str = "Composter ensemble",
    is_active: bool = True,
    **fields: Any,
) -> Agreement:
    """Make an agreement between parties (two new ones when none are given), active unless said otherwise."""
    parties = parties or (make_organisation(), make_organisation())
    agreement = create_agreement(pole=pole or make_pole(), title=title, parties=parties, **fields)
    return start(agreement) if is_active else agreement


def start(agreement: Agreement) -> Agreement:
    """Say yes for every party of a draft: its promises are noted before."""
    for party in agreement.parties.all():
        record_consent(agreement=agreement, organisation=party.organisation, on=TODAY)
    activate_agreement(agreement=agreement, on=TODAY)
    agreement.refresh_from_db()
    return agreement


def make_resource(
    name: str = "Tas de compost",
    *,
    owner: Organisation | None = None,
    resource_type: ResourceType | None = None,
    unit: str = "",
    bookable: bool = False,
) -> Resource:
    kind = resource_type or make_resource_type()
    return create_resource(
        name=name,
        owner=owner or make_organisation(),
        resource_type=kind,
        unit=unit or kind.unit,
        bookable=bookable,
    )


def make_room(name: str = "Salle du Berry", **fields: Any) -> Resource:
    kind = make_resource_type(kind="premises", dimension="use_time", unit="j_usage")
    return make_resource(name, resource_type=kind, bookable=True, **fields)


def draft_commitment(**fields: Any) -> CommitmentDraft:
    """Draft a promise that holds: 12 t to transfer."""
    make_actions()
    given: dict[str, Any] = {"action": "transfer", "quantity": Decimal(12), "unit": "t"} | fields
    for name, make in (("pole", make_pole), ("provider", make_organisation), ("receiver", make_organisation)):
        given.setdefault(name, None)
        given[name] = given[name] or make()
    if not given.get("resource"):
        given["resource_type"] = given.get("resource_type") or make_resource_type()
    return CommitmentDraft(**given)


def make_commitment(**fields: Any) -> Commitment:
    return commit(data=draft_commitment(**fields))


def draft_booking(room: Resource, start: datetime, end: datetime, **fields: Any) -> CommitmentDraft:
    return draft_commitment(
        action="use",
        resource=room,
        provider=room.owner,
        quantity=None,
        unit="",
        starts_at=start,
        ends_at=end,
        **fields,
    )


def make_booking(room: Resource, start: datetime, end: datetime, **fields: Any) -> Commitment:
    return commit(data=draft_booking(room, start, end, **fields))


def draft_event(**fields: Any) -> EventDraft:
    """Draft a fact that holds: 3 t transferred today."""
    make_actions()
    given: dict[str, Any] = {
        "action": "transfer",
        "quantity": Decimal(3),
        "unit": "t",
        "happened_on": TODAY,
    } | fields
    for name, make in (("pole", make_pole), ("provider", make_organisation), ("receiver", make_organisation)):
        given.setdefault(name, None)
        given[name] = given[name] or make()
    if not given.get("resource"):
        given["resource_type"] = given.get("resource_type") or make_resource_type()
    return EventDraft(**given)


def make_event(**fields: Any) -> EconomicEvent:
    return record_event(data=draft_event(**fields), by=None, on=TODAY, at=NOW)


def make_event_of(
    commitment: Commitment, quantity: Decimal | int = 3, unit: str = "t", on: date = TODAY
) -> EconomicEvent:
    data = EventDraft.of(commitment, quantity=Decimal(quantity), unit=unit, happened_on=on)
    return record_event(data=data, by=None, on=TODAY, at=NOW)


def fill(resource: Resource, quantity: Decimal | int, *, pole: Pole | None = None) -> EconomicEvent:
    """Put something into a resource: its owner produces it."""
    event = make_event(
        pole=pole,
        action="produce",
        provider=resource.owner,
        receiver=resource.owner,
        resource=resource,
        quantity=Decimal(quantity),
        unit=resource.unit,
    )
    resource.refresh_from_db()
    return event
