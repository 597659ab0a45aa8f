"""Meetings: the lists, the sheet, the dates that suit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.projects.enums import Attendance, Coming, MeetingKind, MeetingState, PollChoice
from maillage.domain.projects.models import (
    AgendaItem,
    Invitee,
    Meeting,
    PollAnswer,
    PollDate,
    Project,
    ProjectTask,
)
from maillage.domain.projects.policies import user_can_prepare_meeting, user_can_read_minutes
from maillage.domain.projects.queries.lists import read_projects
from maillage.domain.projects.queries.tasks import TaskRow, task_rows
from maillage.domain.projects.queries.trials import name_of


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A line of a list of meetings."""

    pk: int
    title: str
    kind_label: str
    state: str
    state_label: str
    starts_at: datetime | None
    place: str
    project_id: int | None
    project: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class InviteeLine:
    """Somebody who is asked."""

    pk: int
    name: str
    organisation: str
    email: str
    coming: str
    coming_label: str
    attendance: str
    attendance_label: str
    invited_at: datetime | None
    answered: int


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that may suit: who can, who cannot; ``is_best`` suits most."""

    pk: int
    starts_at: datetime
    yes: tuple[str, ...]
    maybe: tuple[str, ...]
    no: tuple[str, ...]
    is_best: bool


@dataclass(frozen=True, slots=True)
class AddendumLine:
    """What was added to the minutes."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """A meeting, ready for a page; the draft of the minutes is "" for who does not write it."""

    pk: int
    title: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    starts_at: datetime | None
    ends_at: datetime | None
    minutes_long: int
    place: str
    visio_url: str
    words: str
    project_id: int | None
    project: str
    agenda: tuple[AgendaItem, ...]
    invitees: tuple[InviteeLine, ...]
    dates: tuple[DateLine, ...]
    silent: int
    minutes: str
    minutes_version: int
    published_at: datetime | None
    published_by: str
    addenda: tuple[AddendumLine, ...]
    actions: tuple[TaskRow, ...]
    present: tuple[str, ...]
    excused: tuple[str, ...]
    absent: tuple[str, ...]


def seen_meetings(viewer: Viewer, pole: Pole) -> Q:
    """Return the condition of the meetings of a pole that the viewer may read."""
    read = Project.objects.filter(read_projects(viewer, pole)).order_by().values("pk")
    seen = Q(project__in=read)
    if viewer.belongs(pole.pk):
        seen |= Q(project=None)
    return Q(pole=pole) & seen


def meeting_in(*, viewer: Viewer, pole: Pole, pk: int) -> Meeting | None:
    """Return a meeting that the viewer may read."""
    rows = Meeting.objects.filter(seen_meetings(viewer, pole), pk=pk)
    return rows.select_related("pole", "project__process__lead", "published_by__person").first()


def meeting_rows(rows: QuerySet[Meeting]) -> list[MeetingRow]:
    """Return lines of meetings."""
    return [
        MeetingRow(
            pk=one.pk,
            title=one.title,
            kind_label=str(MeetingKind(one.kind).label),
            state=one.state,
            state_label=str(MeetingState(one.state).label),
            starts_at=one.starts_at,
            place=one.place,
            project_id=one.project_id,
            project=one.project.process.name if one.project else "",
            is_published=one.published_at is not None,
        )
        for one in rows.select_related("project__process").defer("minutes", "words")
    ]


def coming_meetings(*, viewer: Viewer, pole: Pole, at: datetime, limit: int = 50) -> list[MeetingRow]:
    """Return the meetings to come and those that look for a date, the soonest first."""
    rows = Meeting.objects.filter(seen_meetings(viewer, pole), _ahead(at))
    return meeting_rows(rows.order_by("starts_at", "pk")[:limit])


def past_meetings(*, viewer: Viewer, pole: Pole, at: datetime, limit: int = 50) -> list[MeetingRow]:
    """Return the meetings that are over, the last first."""
    rows = Meeting.objects.filter(seen_meetings(viewer, pole)).exclude(_ahead(at))
    return meeting_rows(rows.order_by("-starts_at", "-pk")[:limit])


def _ahead(at: datetime) -> Q:
    lately = at - timedelta(hours=6)
    return Q(state=MeetingState.POLLING) | Q(state=MeetingState.PLANNED, starts_at__gte=lately)


def meetings_of(project: Project) -> list[MeetingRow]:
    """Return the meetings of a project, those without a date first, then the last first."""
    rows = Meeting.objects.filter(project=project)
    return meeting_rows(rows.order_by("-starts_at", "-pk"))


def meeting_sheet(*, viewer: Viewer, meeting: Meeting) -> MeetingSheet:
    """Return the sheet; who writes the minutes sees their draft and the addresses, who reads does not."""
    writes = user_can_prepare_meeting(viewer, meeting)
    reads = user_can_read_minutes(viewer, meeting)
    invitees = _invitees(meeting, with_addresses=writes)
    ends_at = (
        None if meeting.starts_at is None else meeting.starts_at + timedelta(minutes=meeting.minutes_long)
    )
    return MeetingSheet(
        pk=meeting.pk,
        title=meeting.title,
        kind=meeting.kind,
        kind_label=str(MeetingKind(meeting.kind).label),
        state=meeting.state,
        state_label=str(MeetingState(meeting.state).label),
        starts_at=meeting.starts_at,
        ends_at=ends_at,
        minutes_long=meeting.minutes_long,
        place=meeting.place,
        visio_url=meeting.visio_url,
        words=meeting.words,
        project_id=meeting.project_id,
        project=meeting.project.process.name if meeting.project else "",
        agenda=agenda_of(meeting),
        invitees=invitees,
        dates=dates_of(meeting) if meeting.state == MeetingState.POLLING else (),
        silent=sum(1 for one in invitees if not one.answered),
        minutes=meeting.minutes if reads else "",
        minutes_version=meeting.minutes_version,
        published_at=meeting.published_at,
        published_by=name_of(meeting.published_by),
        addenda=_addenda(meeting) if reads else (),
        actions=tuple(
            task_rows(
                ProjectTask.objects.filter(meeting=meeting).order_by("rank", "pk"),
                viewer=viewer,
                may_change=writes,
            )
        ),
        present=_named(invitees, Attendance.PRESENT),
        excused=_named(invitees, Attendance.EXCUSED),
        absent=_named(invitees, Attendance.ABSENT),
    )


def _named(invitees: tuple[InviteeLine, ...], mark: str) -> tuple[str, ...]:
    return tuple(
        f"{one.name} ({one.organisation})" if one.organisation else one.name
        for one in invitees
        if one.attendance == mark
    )


def _addenda(meeting: Meeting) -> tuple[AddendumLine, ...]:
    rows = meeting.addenda.select_related("by__person").order_by("at", "pk")
    return tuple(AddendumLine(row.text, row.at, name_of(row.by)) for row in rows)


def _invitees(meeting: Meeting, *, with_addresses: bool) -> tuple[InviteeLine, ...]:
    rows = meeting.invitees.select_related("organisation").prefetch_related("poll_answers")
    return tuple(
        InviteeLine(
            pk=one.pk,
            name=one.name,
            organisation=one.organisation.name if one.organisation else "",
            email=one.email if with_addresses else "",
            coming=one.coming,
            coming_label=str(Coming(one.coming).label),
            attendance=one.attendance,
            attendance_label=str(Attendance(one.attendance).label),
            invited_at=one.invited_at,
            answered=len(one.poll_answers.all()),
        )
        for one in rows.order_by("name", "pk")
    )


def dates_of(meeting: Meeting) -> tuple[DateLine, ...]:
    """Return the dates proposed, each with who can and who cannot; the best has most « oui », then fewest « non »."""
    answers: dict[int, dict[str, list[str]]] = {}
    rows = PollAnswer.objects.filter(date__meeting=meeting).select_related("invitee")
    for one in rows.order_by("invitee__name", "invitee_id"):
        answers.setdefault(one.date_id, {}).setdefault(one.choice, []).append(one.invitee.name)
    dates = list(PollDate.objects.filter(meeting=meeting).order_by("starts_at", "pk"))
    ranks = {one.pk: _suits(answers.get(one.pk, {})) for one in dates}
    best = max(ranks.values(), default=None)
    return tuple(
        DateLine(
            pk=one.pk,
            starts_at=one.starts_at,
            yes=tuple(answers.get(one.pk, {}).get(PollChoice.YES, ())),
            maybe=tuple(answers.get(one.pk, {}).get(PollChoice.MAYBE, ())),
            no=tuple(answers.get(one.pk, {}).get(PollChoice.NO, ())),
            is_best=best is not None and best[0] > 0 and ranks[one.pk] == best,
        )
        for one in dates
    )


def _suits(said: dict[str, list[str]]) -> tuple[int, int]:
    yes, maybe = len(said.get(PollChoice.YES, ())), len(said.get(PollChoice.MAYBE, ()))
    return 2 * yes + maybe, -len(said.get(PollChoice.NO, ()))


def date_of(*, meeting: Meeting, pk: int) -> PollDate | None:
    """Return a date proposed for a meeting."""
    return PollDate.objects.filter(meeting=meeting, pk=pk).select_related("meeting").first()


def agenda_of(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return the agenda, in order."""
    return tuple(meeting.agenda.order_by("rank", "pk"))


def agenda_item_of(*, meeting: Meeting, pk: int) -> AgendaItem | None:
    """Return a line of the agenda of a meeting."""
    return AgendaItem.objects.filter(meeting=meeting, pk=pk).first()


def invitee_of(*, meeting: Meeting, pk: int) -> Invitee | None:
    """Return somebody who is asked to a meeting."""
    return Invitee.objects.filter(meeting=meeting, pk=pk).select_related("meeting").first()


def invitee_by_link(*, pole: Pole, pk: int) -> Invitee | None:
    """Return the person that a signed link names, with their meeting."""
    rows = Invitee.objects.filter(pk=pk, meeting__pole=pole)
    return rows.select_related("meeting__project__process", "meeting__pole", "organisation").first()


def was_sent(meeting: Meeting) -> bool:
    """Say whether somebody was written to already."""
    return meeting.invitees.exclude(invited_at=None).exists()


def choices_of(invitee: Invitee) -> dict[int, str]:
    """Return what somebody said of each date."""
    return dict(invitee.poll_answers.order_by("pk").values_list("date_id", "choice"))
