"""What somebody promises or did, before it is kept: plain values, checked and written by ``operations``."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.enums import EventSource, EvidenceKind
from maillage.domain.ledger.models import Agreement, Commitment, Process, RecordingLabel, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentDraft:
    """A promise: how much, or from when to when, or both. With a resource, the type is the resource's."""

    pole: Pole
    action: str
    provider: Organisation
    receiver: Organisation
    agreement: Agreement | None = None
    process: Process | None = None
    resource: Resource | None = None
    resource_type: ResourceType | None = None
    quantity: Decimal | None = None
    unit: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTerms:
    """What an amendment may change of a promise: how much, when, on what condition."""

    quantity: Decimal | None
    unit: str
    starts_at: datetime | None
    ends_at: datetime | None
    due_on: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """Something that happened; ``of`` takes from a commitment everything it says."""

    pole: Pole
    action: str
    provider: Organisation
    receiver: Organisation
    quantity: Decimal
    unit: str
    happened_on: date
    resource: Resource | None = None
    resource_type: ResourceType | None = None
    commitment: Commitment | None = None
    process: Process | None = None
    evidence_kind: str = EvidenceKind.STATEMENT
    evidence: str = ""
    note: str = ""

    @classmethod
    def of(
        cls,
        commitment: Commitment,
        *,
        quantity: Decimal,
        unit: str,
        happened_on: date,
        evidence_kind: str = EvidenceKind.STATEMENT,
        evidence: str = "",
        note: str = "",
    ) -> "EventDraft":
        """Draft an event that keeps a promise, wholly or in part."""
        return cls(
            pole=commitment.pole,
            action=commitment.action_id,
            provider=commitment.provider,
            receiver=commitment.receiver,
            resource=commitment.resource,
            resource_type=commitment.resource_type,
            commitment=commitment,
            process=commitment.process,
            quantity=quantity,
            unit=unit,
            happened_on=happened_on,
            evidence_kind=evidence_kind,
            evidence=evidence,
            note=note,
        )

    @classmethod
    def by_label(
        cls, label: RecordingLabel, *, quantity: Decimal, unit: str, happened_on: date, note: str = ""
    ) -> "EventDraft":
        """Draft what a scan of a label records."""
        return cls(
            pole=label.pole,
            action=label.action_id,
            provider=label.provider,
            receiver=label.receiver,
            resource=label.resource,
            resource_type=label.resource_type,
            commitment=label.commitment,
            process=label.commitment.process if label.commitment else None,
            quantity=quantity,
            unit=unit,
            happened_on=happened_on,
            note=note,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOrigin:
    """By which door a fact came, who told it without an account, and the key that makes it unique."""

    source: str = EventSource.SITE
    told_by: str = ""
    label: RecordingLabel | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A photo or a document joined to a fact."""

    name: str
    content: BinaryIO
