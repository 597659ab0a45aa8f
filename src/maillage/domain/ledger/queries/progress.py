"""How far a promise is kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.facts import done_of, live_events
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.domain.ledger.policies import commitment_refusals
from maillage.domain.ledger.queries.events import EventLine, event_lines


@dataclass(frozen=True, slots=True)
class Progress:
    """A promise, what was done of it in how many ``times``, what remains; ``lines`` are the facts, where they show."""

    pk: int
    action: str
    provider: str
    receiver: str
    type_label: str
    resource: str
    state: str
    state_text: str
    promised: Quantity | None
    done: Quantity | None
    remaining: Quantity | None
    starts_at: datetime | None
    ends_at: datetime | None
    due_on: date | None
    is_late: bool
    note: str
    lines: tuple[EventLine, ...]
    times: int
    refusals: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sums:
    """What was done of a promise, summed by the database: one quantity a unit, and how many facts."""

    quantities: tuple[Quantity, ...] = ()
    times: int = 0


def sums_of(facts: QuerySet[EconomicEvent]) -> defaultdict[int, Sums]:
    """Return the sums of each promise among these facts, by its number; one question."""
    rows = facts.order_by("commitment_id", "unit").values_list("commitment_id", "unit")
    found: defaultdict[int, Sums] = defaultdict(Sums)
    for pk, unit, total, times in rows.annotate(total=Sum("quantity"), times=Count("pk")):
        before = found[pk]
        found[pk] = Sums((*before.quantities, Quantity(total, unit_named(unit))), before.times + times)
    return found


def commitment_progress(*, viewer: Viewer, pk: int) -> Progress | None:
    """Return the progress of a promise; None for who is neither of the team nor of a party."""
    commitment = joined_commitments().filter(pk=pk).first()
    if commitment is None:
        return None
    mine = spoken_for(viewer, commitment.pole_id)
    if not viewer.runs(commitment.pole_id) and not {commitment.provider_id, commitment.receiver_id} & mine:
        return None
    lines = event_lines(live_events().filter(commitment=commitment))
    return progress_of(commitment, lines, viewer=viewer)


def progress_now(commitment: Commitment, *, viewer: Viewer) -> Progress:
    """Return the progress of a promise that the viewer was shown, without its facts; one question."""
    sums = sums_of(live_events().filter(commitment=commitment))
    return progress_of(commitment, (), viewer=viewer, sums=sums[commitment.pk])


def joined_commitments() -> QuerySet[Commitment]:
    """Return the promises with everything their progress names."""
    return Commitment.objects.select_related("action", "provider", "receiver", "resource_type", "resource")


def progress_of(
    commitment: Commitment,
    lines: tuple[EventLine, ...],
    *,
    viewer: Viewer,
    sums: Sums | None = None,
) -> Progress:
    """Return the progress of a promise from its facts, or from their sums where the facts are not shown."""
    promised = (
        Quantity(commitment.quantity, unit_named(commitment.unit))
        if commitment.quantity is not None
        else None
    )
    told: Iterable[Quantity] = (line.quantity for line in lines) if sums is None else sums.quantities
    done = done_of(commitment, told)
    remaining = None
    if promised is not None:
        left = promised.value - (done.value if done else Decimal(0))
        remaining = Quantity(max(left, Decimal(0)), promised.unit)
    is_open = commitment.state == CommitmentState.PROMISED
    return Progress(
        pk=commitment.pk,
        action=commitment.action.label,
        provider=commitment.provider.name,
        receiver=commitment.receiver.name,
        type_label=commitment.resource_type.label,
        resource=commitment.resource.name if commitment.resource else "",
        state=commitment.state,
        state_text=str(CommitmentState(commitment.state).label),
        promised=promised,
        done=done,
        remaining=remaining,
        starts_at=commitment.during.lower if commitment.during else None,
        ends_at=commitment.during.upper if commitment.during else None,
        due_on=commitment.due_on,
        is_late=is_open and commitment.due_on is not None and commitment.due_on < viewer.on,
        note=commitment.note,
        lines=lines,
        times=len(lines) if sums is None else sums.times,
        refusals=commitment_refusals(viewer, commitment),
    )
