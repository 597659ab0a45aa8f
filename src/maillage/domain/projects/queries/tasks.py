"""Tasks as lines: late first, each with its reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.projects.enums import TaskState
from maillage.domain.projects.models import Project, ProjectTask
from maillage.domain.projects.policies import owns_task, user_can_change_task
from maillage.domain.projects.queries.lists import read_projects

CLOSED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What somebody does, by when; ``is_late`` when its day is past."""

    pk: int
    title: str
    owner: str
    owner_id: int | None
    due_on: date | None
    is_late: bool
    state: str
    state_label: str
    reason: str
    closed_at: datetime | None
    project_id: int | None
    project: str
    meeting_id: int | None
    meeting: str
    may_move: bool
    may_change: bool


def _joined(rows: QuerySet[ProjectTask]) -> QuerySet[ProjectTask]:
    return rows.select_related("owner", "project__process", "meeting")


def _row(task: ProjectTask, *, on: date, may_move: bool, may_change: bool) -> TaskRow:
    return TaskRow(
        pk=task.pk,
        title=task.title,
        owner=str(task.owner) if task.owner else "",
        owner_id=task.owner_id,
        due_on=task.due_on,
        is_late=task.state == TaskState.TODO and task.due_on is not None and task.due_on < on,
        state=task.state,
        state_label=str(TaskState(task.state).label),
        reason=task.reason,
        closed_at=task.closed_at,
        project_id=task.project_id,
        project=task.project.process.name if task.project else "",
        meeting_id=task.meeting_id,
        meeting=task.meeting.title if task.meeting else "",
        may_move=may_move,
        may_change=may_change,
    )


def task_rows(rows: QuerySet[ProjectTask], *, viewer: Viewer, may_change: bool) -> list[TaskRow]:
    """Return the lines of tasks that one may all change, or none; an owner moves their own."""
    return [
        _row(one, on=viewer.on, may_move=may_change or owns_task(viewer, one), may_change=may_change)
        for one in _joined(rows)
    ]


def open_tasks(project: Project) -> QuerySet[ProjectTask]:
    """What remains to do in a project: late first, then as people ordered it."""
    rows = ProjectTask.objects.filter(project=project, state=TaskState.TODO)
    return rows.order_by("rank", "pk")


def late_first(rows: Iterable[TaskRow]) -> list[TaskRow]:
    """Put what is late before the rest, the oldest first; the rest keeps the order people gave it."""
    return sorted(
        rows, key=lambda one: (not one.is_late, one.due_on.toordinal() if one.is_late and one.due_on else 0)
    )


def closed_tasks(project: Project) -> QuerySet[ProjectTask]:
    """What was done or dropped, the last first."""
    rows = ProjectTask.objects.filter(project=project).exclude(state=TaskState.TODO)
    return rows.order_by("-closed_at", "-pk")


def my_tasks(*, viewer: Viewer, pole: Pole) -> list[TaskRow]:
    """Return what the viewer has to do in the pole, late first, then the soonest."""
    person = viewer.account.person_id if viewer.account is not None else None
    if person is None or not viewer.belongs(pole.pk):
        return []
    rows = ProjectTask.objects.filter(_of_pole(pole), owner=person, state=TaskState.TODO)
    found = _joined(rows).order_by(F("due_on").asc(nulls_last=True), "rank", "pk")
    return [_row(one, on=viewer.on, may_move=True, may_change=False) for one in found]


def all_tasks(*, viewer: Viewer, pole: Pole, limit: int = 200) -> list[TaskRow]:
    """Return what everybody has to do in the projects that the viewer reads, late first."""
    read = Project.objects.filter(read_projects(viewer, pole)).order_by().values("pk")
    seen = Q(project__in=read)
    if viewer.belongs(pole.pk):
        seen |= Q(project=None, meeting__pole=pole)
    rows = ProjectTask.objects.filter(seen, state=TaskState.TODO)
    found = _joined(rows).order_by(F("due_on").asc(nulls_last=True), "rank", "pk")[:limit]
    runs = viewer.runs(pole.pk)
    return [
        _row(one, on=viewer.on, may_move=runs or owns_task(viewer, one), may_change=runs) for one in found
    ]


def _of_pole(pole: Pole) -> Q:
    return Q(project__process__pole=pole) | Q(project=None, meeting__pole=pole)


def task_in(*, viewer: Viewer, pole: Pole, pk: int) -> ProjectTask | None:
    """Return a task that the viewer may read, or that is theirs."""
    task = (
        ProjectTask.objects.filter(_of_pole(pole), pk=pk)
        .select_related(
            "owner",
            "project__process__pole",
            "project__process__lead",
            "meeting__project__process",
            "meeting__pole",
        )
        .first()
    )
    if task is None:
        return None
    if owns_task(viewer, task) and viewer.belongs(pole.pk):
        return task
    if task.project is not None:
        known = Project.objects.filter(read_projects(viewer, pole), pk=task.project_id).exists()
        return task if known else None
    return task if viewer.belongs(pole.pk) else None


def task_row(*, viewer: Viewer, task: ProjectTask) -> TaskRow:
    """Return one line."""
    may_change = user_can_change_task(viewer, task)
    return _row(task, on=viewer.on, may_move=may_change or owns_task(viewer, task), may_change=may_change)
