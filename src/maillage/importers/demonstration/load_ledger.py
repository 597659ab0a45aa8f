"""Writes what was promised and what was done, once: facts are never written twice."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from maillage.domain.ledger.drafts import CommitmentDraft, EventDraft
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement, Commitment, EconomicEvent, Process, Resource
from maillage.domain.ledger.operations import (
    activate_agreement,
    commit,
    correct_event,
    create_agreement,
    create_process,
    create_resource,
    end_agreement,
    load_actions,
    record_consent,
    record_event,
)
from maillage.importers.demonstration.loaded import Loaded
from maillage.importers.demonstration.schema import AgreementRow, CommitmentRow, DuringRow, EventRow


def load_ledger(loaded: Loaded) -> None:
    """Write the whole ledger, unless the pole has one."""
    if Agreement.objects.filter(pole=loaded.pole).exists():
        return
    load_actions()
    _Ledger(loaded).write()


class _Ledger:
    """One writing of the ledger: what was written so far, by key."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.rows = loaded.rows.ledger
        self.resources: dict[str, Resource] = {}
        self.processes: dict[str, Process] = {}
        self.commitments: dict[str, Commitment] = {}
        self.events: dict[str, EconomicEvent] = {}

    def write(self) -> None:
        """Resources and projects first, then each agreement, then the facts in their order, then the ends."""
        for resource in self.rows.resources:
            self.resources[resource.key] = create_resource(
                name=resource.name,
                owner=self.loaded.organisations[resource.owner],
                resource_type=self.loaded.types[resource.type_code],
                unit=resource.unit,
                bookable=True,
            )
        for process in self.rows.processes:
            self.processes[process.key] = create_process(
                pole=self.loaded.pole,
                name=process.name,
                since=self.loaded.day(process.since_days),
                lead=self.loaded.organisations[process.lead],
                needs=[self.loaded.intents[key] for key in process.needs],
                stage=process.stage,
            )
        agreements = [(row, self._agreement(row)) for row in self.rows.agreements]
        for event in self.rows.events:
            self.events[event.key] = self._event(event)
        for row, agreement in agreements:
            if row.state == AgreementState.ENDED:
                end_agreement(agreement=agreement, on=self.loaded.day(row.until_days))
        self._count()

    def _count(self) -> None:
        for name, written in (
            ("resources", self.resources),
            ("processes", self.processes),
            ("agreements", self.rows.agreements),
            ("commitments", self.commitments),
            ("events", self.events),
        ):
            self.loaded.created[name] += len(written)

    def _agreement(self, row: AgreementRow) -> Agreement:
        agreement = create_agreement(
            pole=self.loaded.pole,
            title=row.title,
            parties=[self.loaded.organisations[key] for key in row.parties],
            starts_on=self.loaded.day(row.since_days),
            ends_on=self.loaded.day(row.until_days),
            conditions=row.conditions,
            need=self.loaded.intents[row.need] if row.need else None,
        )
        promises = {one.key: self._commitment(one, agreement) for one in row.commitments}
        for key, days in row.parties.items():
            record_consent(
                agreement=agreement, organisation=self.loaded.organisations[key], on=self.loaded.day(days)
            )
        running = activate_agreement(agreement=agreement, on=self.loaded.day(row.since_days))
        for key, promise in promises.items():
            promise.agreement = running
            self.commitments[key] = promise
        return running

    def _commitment(self, row: CommitmentRow, agreement: Agreement) -> Commitment:
        starts_at, ends_at = self._span(row.during) if row.during else (None, None)
        return commit(
            data=CommitmentDraft(
                pole=self.loaded.pole,
                action=row.action,
                provider=self.loaded.organisations[row.provider],
                receiver=self.loaded.organisations[row.receiver],
                agreement=agreement,
                process=self.processes[row.process] if row.process else None,
                resource=self.resources[row.resource] if row.resource else None,
                resource_type=self.loaded.types[row.type_code],
                quantity=row.quantity,
                unit=row.unit,
                starts_at=starts_at,
                ends_at=ends_at,
                due_on=None if row.due_days is None else self.loaded.day(row.due_days),
                note=row.note,
            )
        )

    def _span(self, row: DuringRow) -> tuple[datetime, datetime]:
        day = self._day_of(row)
        zone = timezone.get_current_timezone()
        return (
            datetime.combine(day, time(row.from_hour), tzinfo=zone),
            datetime.combine(day, time(row.to_hour), tzinfo=zone),
        )

    def _day_of(self, row: DuringRow) -> date:
        day = self.loaded.day(row.days)
        return day if row.weekday is None else day - timedelta(days=(day.weekday() - row.weekday) % 7)

    def _happened_on(self, row: EventRow) -> date:
        if row.days is not None:
            return self.loaded.day(row.days)
        promises = {one.key: one for agreement in self.rows.agreements for one in agreement.commitments}
        during = promises[row.of].during
        if during is None:
            raise LookupError(f"{row.key} says neither its day nor a promise that has one")
        return self._day_of(during)

    def _event(self, row: EventRow) -> EconomicEvent:
        happened_on = self._happened_on(row)
        at = self.loaded.moment((self.loaded.today - happened_on).days)
        if row.corrects:
            return correct_event(
                event=self.events[row.corrects],
                quantity=row.quantity,
                unit=row.unit,
                evidence_kind=row.proof,
                evidence=row.reference,
                reason=row.note,
                by=self.loaded.facilitator,
                on=happened_on,
                at=at + timedelta(hours=1),
            )
        return record_event(
            data=self._event_draft(row, happened_on), by=self.loaded.facilitator, on=happened_on, at=at
        )

    def _event_draft(self, row: EventRow, happened_on: date) -> EventDraft:
        if row.of:
            return EventDraft.of(
                self.commitments[row.of],
                quantity=row.quantity,
                unit=row.unit,
                happened_on=happened_on,
                evidence_kind=row.proof,
                evidence=row.reference,
                note=row.note,
            )
        return EventDraft(
            pole=self.loaded.pole,
            action=row.action,
            provider=self.loaded.organisations[row.provider],
            receiver=self.loaded.organisations[row.receiver],
            resource_type=self.loaded.types[row.type_code],
            quantity=row.quantity,
            unit=row.unit,
            happened_on=happened_on,
            evidence_kind=row.proof,
            evidence=row.reference,
            note=row.note,
        )
