"""The promises of a pole as a list: mine, late, this month; each with its progress."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from maillage.core.french import fold
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import AgreementState, CommitmentState
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.models import Commitment
from maillage.domain.ledger.queries.progress import Progress, joined_commitments, progress_of, sums_of

_BLOCK = 500
# A promise that somebody made: a draft promises nothing yet, and may hide who writes it.
STANDING = Q(agreement__isnull=True) | Q(agreement__state__in=(AgreementState.ACTIVE, AgreementState.ENDED))


class When(StrEnum):
    """Which promises one asks for."""

    OPEN = "open"
    LATE = "late"
    MONTH = "month"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFilters:
    """What one asks: only what one's own structures promised or await, when, for whom, in which words."""

    when: str = When.OPEN
    is_mine: bool = False
    organisation_id: int | None = None
    agreement_id: int | None = None
    text: str = ""


def promises_asked(*, viewer: Viewer, pole: Pole, filters: PromiseFilters) -> QuerySet[Commitment]:
    """Return the promises that stand or were kept, the nearest due first; the team's all, a structure's own."""
    asked = seen_promises(viewer, pole.pk) & _when(filters.when, viewer.on)
    if filters.is_mine:
        mine = spoken_for(viewer, pole.pk)
        asked &= Q(provider__in=mine) | Q(receiver__in=mine)
    if filters.organisation_id is not None:
        asked &= Q(provider=filters.organisation_id) | Q(receiver=filters.organisation_id)
    if filters.agreement_id is not None:
        asked &= Q(agreement=filters.agreement_id)
    for word in fold(filters.text).split()[:6]:
        asked &= (
            Q(provider__folded__contains=word)
            | Q(receiver__folded__contains=word)
            | Q(resource_type__folded__contains=word)
        )
    order = ("-due_on", "-pk") if filters.when == When.DONE else ("due_on", "pk")
    return joined_commitments().select_related("agreement").filter(asked).order_by(*order)


def seen_promises(viewer: Viewer, pole_id: int) -> Q:
    """Return the condition of the promises that the viewer may read; drafts of agreements are on their own page."""
    seen = Q(pole_id=pole_id) & STANDING
    if viewer.runs(pole_id):
        return seen
    mine = spoken_for(viewer, pole_id)
    return seen & (Q(provider_id__in=mine) | Q(receiver_id__in=mine))


def _when(asked: str, on: date) -> Q:
    is_open = Q(state=CommitmentState.PROMISED)
    if asked == When.LATE:
        return is_open & Q(due_on__lt=on)
    if asked == When.MONTH:
        first = on.replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        dated = Q(due_on__gte=first, due_on__lt=after)
        booked = Q(during__startswith__date__gte=first, during__startswith__date__lt=after)
        return ~Q(state=CommitmentState.CANCELLED) & (dated | booked)
    if asked == When.DONE:
        return Q(state=CommitmentState.FULFILLED)
    return is_open


def progress_of_all(rows: Sequence[Commitment], *, viewer: Viewer) -> list[Progress]:
    """Return the progress of each promise, in the same order, without its facts; one more question for their sums."""
    sums = sums_of(live_events().filter(commitment__in=[row.pk for row in rows]))
    return [progress_of(row, (), viewer=viewer, sums=sums[row.pk]) for row in rows]


def progress_by_blocks(rows: Iterable[Commitment], *, viewer: Viewer) -> Iterator[Progress]:
    """Yield the progress of many promises, block after block: a whole pole is exported without filling the memory."""
    block: list[Commitment] = []
    for row in rows:
        block.append(row)
        if len(block) == _BLOCK:
            yield from progress_of_all(block, viewer=viewer)
            block = []
    yield from progress_of_all(block, viewer=viewer)
