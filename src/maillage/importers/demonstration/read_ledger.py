"""From lines to what was promised and what was done."""

from decimal import Decimal

from maillage.importers.demonstration.entry import Entry
from maillage.importers.demonstration.schema import (
    AgreementRow,
    CommitmentRow,
    DuringRow,
    EventRow,
    LedgerRows,
    ProcessRow,
    ResourceRow,
)
from maillage.importers.demonstration.shorthand import DAY_OF, quantity_of


def ledger_rows(content: Entry) -> LedgerRows:
    """Read the whole ledger."""
    rows = LedgerRows(
        resources=tuple(_resource(one) for one in content.entries("resources")),
        processes=tuple(_process(one) for one in content.entries("processes")),
        agreements=tuple(_agreement(one) for one in content.entries("agreements")),
        events=tuple(_event(one) for one in content.entries("events")),
    )
    content.done()
    return rows


def _resource(entry: Entry) -> ResourceRow:
    row = ResourceRow(
        key=entry.text("key"),
        name=entry.text("name"),
        type_code=entry.text("type"),
        owner=entry.text("owner"),
        unit=entry.text("unit"),
    )
    entry.done()
    return row


def _process(entry: Entry) -> ProcessRow:
    row = ProcessRow(
        key=entry.text("key"),
        name=entry.text("name"),
        stage=entry.text("stage"),
        lead=entry.text("lead"),
        since_days=entry.number("since_days"),
        needs=entry.texts("needs"),
    )
    entry.done()
    return row


def _agreement(entry: Entry) -> AgreementRow:
    parties: dict[str, int] = {}
    for party in entry.entries("parties"):
        parties[party.text("by")] = party.number("said_yes_days")
        party.done()
    row = AgreementRow(
        key=entry.text("key"),
        title=entry.text("title"),
        state=entry.text("state"),
        need=entry.text("need", ""),
        since_days=entry.number("since_days"),
        until_days=entry.number("until_days"),
        conditions=entry.text("conditions"),
        parties=parties,
        commitments=tuple(_commitment(one) for one in entry.entries("commitments")),
    )
    entry.done()
    return row


def _commitment(entry: Entry) -> CommitmentRow:
    quantity, unit = _measured(entry)
    row = CommitmentRow(
        key=entry.text("key"),
        action=entry.text("action"),
        provider=entry.text("from"),
        receiver=entry.text("to"),
        type_code=entry.text("type"),
        quantity=quantity,
        unit=unit,
        resource=entry.text("resource", ""),
        process=entry.text("process", ""),
        during=_during(entry.entry("during")) if entry.has("during") else None,
        due_days=entry.maybe_number("due_days"),
        note=entry.text("note", ""),
    )
    entry.done()
    return row


def _during(entry: Entry) -> DuringRow:
    weekday = entry.text("weekday", "")
    if weekday and weekday not in DAY_OF:
        entry.fault(f"« {weekday} » n’est pas un jour : écrivez par exemple mar.")
    row = DuringRow(
        days=entry.number("days"),
        weekday=DAY_OF.get(weekday),
        from_hour=entry.number("from_hour"),
        to_hour=entry.number("to_hour"),
    )
    entry.done()
    return row


def _event(entry: Entry) -> EventRow:
    quantity, unit = _measured(entry)
    of = entry.text("of", "")
    alone = None if not of else ""
    row = EventRow(
        key=entry.text("key"),
        of=of,
        action=entry.text("action", alone),
        provider=entry.text("from", alone),
        receiver=entry.text("to", alone),
        type_code=entry.text("type", alone),
        quantity=quantity,
        unit=unit,
        days=entry.maybe_number("days"),
        proof=entry.text("proof"),
        reference=entry.text("ref"),
        note=entry.text("note", ""),
        corrects=entry.text("corrects", ""),
    )
    entry.done()
    return row


def _measured(entry: Entry) -> tuple[Decimal, str]:
    nothing = (Decimal(1), "u", "once")
    quantity, unit, _ = entry.parsed("quantity", entry.text("quantity"), quantity_of, nothing)
    return quantity, unit
