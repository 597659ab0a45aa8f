"""The synergies somebody sees: on the board, in the list, in the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.states import CLOSED, OPEN
from maillage.domain.synergies.view import SynergyView, brought_along, synergy_view

LATEST_CLOSED = 8
COLUMN = 100


@dataclass(frozen=True, slots=True)
class SynergyFilters:
    """What one asks of the list; ``state`` may be ``open`` or ``closed``, ``owner`` is the key of an account or 0."""

    state: str = ""
    owner: int | None = None
    is_late: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The synergies of one state."""

    state: str
    label: str
    cards: tuple[SynergyView, ...]
    total: int


def seen_synergies(*, viewer: Viewer, pole: Pole) -> QuerySet[Synergy]:
    """Return the synergies somebody sees: all for the team, those of their structures for others, once proposed."""
    rows = Synergy.objects.filter(pole=pole)
    if viewer.runs(pole.pk):
        return rows
    mine = spoken_for(viewer, pole.pk)
    if not mine:
        return rows.none()
    return rows.filter(parties__organisation_id__in=mine).exclude(state=SynergyState.DETECTED).distinct()


def filtered(*, viewer: Viewer, pole: Pole, filters: SynergyFilters) -> QuerySet[Synergy]:
    """Return the synergies that answer the filters; words are searched by the team only, titles may hide names."""
    rows = seen_synergies(viewer=viewer, pole=pole)
    if filters.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif filters.state == "closed":
        rows = rows.filter(state__in=CLOSED)
    elif filters.state:
        rows = rows.filter(state=filters.state)
    if not viewer.runs(pole.pk):
        return rows
    if filters.owner is not None:
        rows = rows.filter(owner_id=filters.owner) if filters.owner else rows.filter(owner=None)
    if filters.is_late:
        rows = rows.filter(state__in=OPEN, due_on__lt=viewer.on)
    if filters.text:
        words = Q(title__icontains=filters.text) | Q(next_step__icontains=filters.text)
        words |= Q(parties__organisation__name__icontains=filters.text)
        rows = rows.filter(words).distinct()
    return rows


def views_of(*, viewer: Viewer, rows: QuerySet[Synergy]) -> list[SynergyView]:
    """Return the views of synergies, in their order; a handful of queries whatever their number."""
    found = rows.select_related("owner__person", "agreement").prefetch_related(*brought_along())
    return [synergy_view(one, viewer) for one in found]


def board(*, viewer: Viewer, pole: Pole) -> list[Column]:
    """Return the open states as columns, then what was closed last."""
    rows = seen_synergies(viewer=viewer, pole=pole)
    shown = views_of(viewer=viewer, rows=rows.filter(state__in=OPEN))
    columns = [_column(state, [one for one in shown if one.state == state]) for state in OPEN]
    return [one for one in columns if viewer.runs(pole.pk) or one.state != SynergyState.DETECTED]


def _column(state: SynergyState, cards: list[SynergyView]) -> Column:
    return Column(state.value, str(state.label), tuple(cards[:COLUMN]), len(cards))


def latest_closed(*, viewer: Viewer, pole: Pole) -> list[SynergyView]:
    """Return what was ended, refused or abandoned last."""
    rows = seen_synergies(viewer=viewer, pole=pole).filter(state__in=CLOSED).order_by("-moved_at", "-pk")
    return views_of(viewer=viewer, rows=rows[:LATEST_CLOSED])


def visible_synergy(*, viewer: Viewer, pole: Pole, pk: int) -> Synergy | None:
    """Return the synergy itself, for a policy and an operation; None when the viewer sees nothing of it."""
    return seen_synergies(viewer=viewer, pole=pole).filter(pk=pk).first()


def synergies_for_change(*, pole: Pole, pks: Iterable[int]) -> list[Synergy]:
    """Return the synergies of a pole among ``pks``, for the bulk operations."""
    return list(Synergy.objects.filter(pole=pole, pk__in=list(pks)).order_by("pk"))
