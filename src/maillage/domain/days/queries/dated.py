"""What has a date: promises due, agreements that end, next steps, meetings, tasks; for a screen and a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.days.enums import Subject
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import AgreementState, CommitmentState
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.queries.promises import seen_promises
from maillage.domain.projects.enums import MeetingState
from maillage.domain.projects.models import Meeting
from maillage.domain.projects.queries import my_tasks
from maillage.domain.projects.queries.meetings import seen_meetings
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.states import OPEN

MOST = 500


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing and its day; a meeting has its hour and its length too."""

    subject: Subject
    pk: int
    on: date
    text: str
    at: datetime | None = None
    minutes: int = 0


def dated_things(*, viewer: Viewer, pole: Pole, since: date, until: date, most: int = MOST) -> list[Dated]:
    """Return the first ``most`` that fall between two days, both included: for the team all, for others their own."""
    if not viewer.belongs(pole.pk):
        return []
    mine = None if viewer.runs(pole.pk) else spoken_for(viewer, pole.pk)
    found = [
        *_promises(viewer, pole, since, until, most),
        *_agreements(pole, mine, since, until, most),
        *(_steps(pole, since, until, most) if mine is None else ()),
        *_meetings(viewer, pole, since, until, most),
        *_tasks(viewer, pole, since, until),
    ]
    return sorted(found, key=lambda one: (one.on, one.subject, one.pk))[:most]


def _promises(viewer: Viewer, pole: Pole, since: date, until: date, most: int) -> Iterable[Dated]:
    """Say what is promised and seen: a draft promises nothing, and may hide who writes it."""
    rows = Commitment.objects.filter(
        seen_promises(viewer, pole.pk), state=CommitmentState.PROMISED, due_on__range=(since, until)
    ).order_by("due_on", "pk")
    read = rows.values_list("pk", "due_on", "resource_type__label", "provider__name", "receiver__name")
    for pk, on, label, provider, receiver in read[:most]:
        if on is not None:
            yield Dated(Subject.COMMITMENT, pk, on, f"{label} : {provider} pour {receiver}")


def _agreements(
    pole: Pole, mine: frozenset[int] | None, since: date, until: date, most: int
) -> Iterable[Dated]:
    rows = Agreement.objects.filter(pole=pole, state=AgreementState.ACTIVE, ends_on__range=(since, until))
    if mine is not None:
        rows = rows.filter(parties__organisation_id__in=mine).distinct()
    for row in rows.order_by("ends_on", "pk")[:most]:
        if row.ends_on is not None:
            yield Dated(Subject.AGREEMENT, row.pk, row.ends_on, f"Fin de l’accord « {row.title} »")


def _steps(pole: Pole, since: date, until: date, most: int) -> Iterable[Dated]:
    rows = Synergy.objects.filter(pole=pole, state__in=OPEN, due_on__range=(since, until))
    for row in rows.order_by("due_on", "pk")[:most]:
        if row.due_on is not None:
            yield Dated(
                Subject.SYNERGY, row.pk, row.due_on, f"{row.title} : {row.next_step or 'étape prévue'}"
            )


def _meetings(viewer: Viewer, pole: Pole, since: date, until: date, most: int) -> Iterable[Dated]:
    rows = Meeting.objects.filter(
        seen_meetings(viewer, pole), state=MeetingState.PLANNED, starts_at__date__range=(since, until)
    )
    for row in rows.order_by("starts_at", "pk")[:most]:
        if row.starts_at is not None:
            here = timezone.localtime(row.starts_at)
            text = f"{here:%H:%M}, {row.title}"
            yield Dated(Subject.MEETING, row.pk, here.date(), text, row.starts_at, row.minutes_long)


def _tasks(viewer: Viewer, pole: Pole, since: date, until: date) -> Iterable[Dated]:
    for row in my_tasks(viewer=viewer, pole=pole):
        if row.due_on is not None and since <= row.due_on <= until:
            yield Dated(Subject.TASK, row.pk, row.due_on, row.title)
