"""Every fact of a promise or of a pole with its proofs, its checks and what it was before it was corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.ledger.enums import EventSource, EvidenceKind
from maillage.domain.ledger.models import Commitment, EconomicEvent, EventFile
from maillage.domain.ledger.policies import event_refusals
from maillage.domain.ledger.queries.events import seen_events
from maillage.domain.ledger.queries.progress import Progress, Sums, progress_of
from maillage.domain.ledger.queries.promises import seen_promises


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A photo or a document."""

    pk: int
    name: str
    is_picture: bool
    size: int


@dataclass(frozen=True, slots=True)
class PastVersion:
    """What a fact said before it was corrected."""

    quantity: Quantity
    happened_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as its page shows it; ``past`` is what it said before, the oldest last; ``refusals``: correct, check."""

    pk: int
    happened_on: date
    action: str
    action_label: str
    provider: str
    receiver: str
    type_label: str
    resource: str
    quantity: Quantity
    commitment_id: int | None
    evidence_kind: str
    evidence: str
    note: str
    recorded_at: datetime
    who: str
    source: str
    source_text: str
    is_cancelled: bool
    is_correction: bool
    is_to_check: bool
    proofs: tuple[ProofLine, ...]
    past: tuple[PastVersion, ...]
    refusals: dict[str, str]


def facts_asked(
    *,
    viewer: Viewer,
    pole: Pole,
    commitment: Commitment | None = None,
    to_check: bool = False,
    since: date | None = None,
) -> QuerySet[EconomicEvent]:
    """Return the last version of each fact that the viewer may read, the latest first."""
    asked = seen_events(viewer, pole.pk) & Q(corrected_by__isnull=True)
    if commitment is not None:
        asked &= Q(commitment=commitment)
    if to_check:
        asked &= Q(quantity__gt=0, source=EventSource.LABEL, checking__isnull=True)
    if since is not None:
        asked &= Q(happened_on__gte=since)
    rows = EconomicEvent.objects.filter(asked).order_by("-happened_on", "-pk")
    return rows.select_related(
        *("action", "provider", "receiver", "resource_type", "resource"),
        *("recorded_by__person", "checking"),
    )


def facts_of(rows: Iterable[EconomicEvent], *, viewer: Viewer) -> list[Fact]:
    """Return facts with their past and their proofs: one question a step of correction, one for the proofs."""
    latest = list(rows)
    before = _chains(latest)
    every = [one.pk for chain in before.values() for one in chain]
    proofs: dict[int, list[ProofLine]] = {}
    for joined in EventFile.objects.filter(event__in=every).select_related("file"):
        proofs.setdefault(joined.event_id, []).append(
            ProofLine(
                joined.file_id,
                joined.file.name,
                joined.file.media_type.startswith("image/"),
                joined.file.size,
            )
        )
    return [
        _fact(
            row, before[row.pk], [one for event in before[row.pk] for one in proofs.get(event.pk, ())], viewer
        )
        for row in latest
    ]


def progress_by_facts(commitment: Commitment, facts: Iterable[Fact], *, viewer: Viewer) -> Progress:
    """Return how far a promise is, from all its facts where one read them already."""
    counted = [one.quantity for one in facts if not one.is_cancelled]
    return progress_of(commitment, (), viewer=viewer, sums=Sums(tuple(counted), len(counted)))


def _chains(latest: list[EconomicEvent]) -> dict[int, list[EconomicEvent]]:
    """Return each fact followed by what it corrected, back to the first one."""
    chains = {row.pk: [row] for row in latest}
    while wanted := {chain[-1].corrects_id: key for key, chain in chains.items() if chain[-1].corrects_id}:
        found = EconomicEvent.objects.filter(pk__in=wanted).select_related("recorded_by__person")
        for event in found:
            chains[wanted[event.pk]].append(event)
    return chains


def _fact(row: EconomicEvent, chain: list[EconomicEvent], proofs: list[ProofLine], viewer: Viewer) -> Fact:
    return Fact(
        pk=row.pk,
        happened_on=row.happened_on,
        action=row.action_id,
        action_label=row.action.label,
        provider=row.provider.name,
        receiver=row.receiver.name,
        type_label=row.resource_type.label,
        resource=row.resource.name if row.resource else "",
        quantity=Quantity(row.quantity, unit_named(row.unit)),
        commitment_id=row.commitment_id,
        evidence_kind=str(EvidenceKind(row.evidence_kind).label),
        evidence=row.evidence,
        note=row.note,
        recorded_at=row.recorded_at,
        who=_who(row),
        source=row.source,
        source_text=str(EventSource(row.source).label),
        is_cancelled=row.quantity == 0,
        is_correction=row.corrects_id is not None,
        is_to_check=row.source == EventSource.LABEL and not hasattr(row, "checking"),
        proofs=tuple(proofs),
        past=tuple(
            PastVersion(Quantity(one.quantity, unit_named(one.unit)), one.happened_on, one.recorded_at)
            for one in chain[1:]
        ),
        refusals=event_refusals(viewer, row),
    )


def _who(row: EconomicEvent) -> str:
    """Name who recorded a fact: the person of the account, or who said so beside a label."""
    if row.told_by:
        return row.told_by
    account = row.recorded_by
    return str(account.person) if account is not None and account.person is not None else ""


def fact_in(*, viewer: Viewer, pole: Pole, pk: int) -> EconomicEvent | None:
    """Return the fact of this number when the viewer may read it, corrected or not."""
    rows = EconomicEvent.objects.filter(seen_events(viewer, pole.pk), pk=pk)
    return rows.select_related(
        "action", "provider", "receiver", "resource_type", "resource", "commitment", "pole"
    ).first()


def promise_in(*, viewer: Viewer, pole: Pole, pk: int) -> Commitment | None:
    """Return the promise of this number when the viewer is of the team or of a party."""
    rows = Commitment.objects.filter(seen_promises(viewer, pole.pk), pk=pk)
    return rows.select_related(
        *("pole", "agreement", "process", "action", "provider", "receiver", "resource_type", "resource")
    ).first()
