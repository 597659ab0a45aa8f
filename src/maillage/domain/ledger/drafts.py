"""What somebody promises or did, before it is kept: plain values, checked and written by ``operations``."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.enums import EvidenceKind
from maillage.domain.ledger.models import Agreement, Commitment, Process, Resource


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
