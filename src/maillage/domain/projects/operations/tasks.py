"""Tasks: noted, changed, done, dropped with a reason, taken up again, put in order."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.timezone import localdate

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Mandate, Person
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects.drafts import TaskDraft
from maillage.domain.projects.enums import TaskState
from maillage.domain.projects.models import Meeting, Project, ProjectTask
from maillage.domain.projects.running import runs_on
from maillage.domain.projects.states import TASK_TRANSITIONS
from maillage.domain.projects.words import short, title_of


def add_task(
    *,
    data: TaskDraft,
    at: datetime,
    by: Account | None,
    project: Project | None = None,
    meeting: Meeting | None = None,
) -> ProjectTask:
    """Note a task of a project; an action decided in a meeting names who and by when."""
    project = project or (meeting.project if meeting is not None else None)
    pole_id = project.process.pole_id if project is not None else meeting.pole_id if meeting else None
    if pole_id is None:
        raise ValueError("a task belongs to a project or to a meeting")
    if project is not None and project.process.stage == ProcessStage.STOPPED:
        raise UserMistake("Ce projet est arrêté. Reprenez-le d’abord.")
    if meeting is not None and data.owner is None:
        raise UserMistake("Dites qui s’en charge.", field="owner")
    if meeting is not None and data.due_on is None:
        raise UserMistake("Dites pour quand.", field="due_on")
    _check_owner(data.owner, pole_id, localdate(at))
    same = ProjectTask.objects.filter(project=project, meeting=meeting if project is None else None)
    last = (same if project is None else ProjectTask.objects.filter(project=project)).aggregate(
        last=Max("rank")
    )
    return ProjectTask.objects.create(
        project=project,
        meeting=meeting,
        title=title_of(data.title, ask="Dites ce qu’il y a à faire."),
        owner=data.owner,
        due_on=data.due_on,
        rank=(last["last"] or 0) + 1,
        created_at=at,
        created_by=by,
    )


def _check_owner(owner: Person | None, pole_id: int, on: date) -> None:
    if owner is None:
        return
    if not Mandate.objects.filter(runs_on(on), person=owner, pole_id=pole_id).exists():
        raise UserMistake(f"{owner} n’a pas de rôle dans ce pôle. Choisissez dans la liste.", field="owner")


def update_task(*, task: ProjectTask, data: TaskDraft, on: date) -> ProjectTask:
    """Change what a task says, whose it is and when it is due."""
    pole_id = task.project.process.pole_id if task.project else task.meeting.pole_id if task.meeting else 0
    with transaction.atomic():
        kept = ProjectTask.objects.select_for_update().get(pk=task.pk)
        if data.owner is not None and data.owner.pk != kept.owner_id:
            _check_owner(data.owner, pole_id, on)
        kept.title = title_of(data.title, ask="Dites ce qu’il y a à faire.")
        kept.owner, kept.due_on = data.owner, data.due_on
        kept.save(update_fields=["title", "owner", "due_on"])
    return kept


def move_task(*, task: ProjectTask, verb: str, at: datetime, reason: str = "") -> ProjectTask:
    """Finish, drop or take up again; dropping asks why."""
    move = TASK_TRANSITIONS.get(verb)
    if move is None:
        raise UserMistake("Ce geste n’existe pas.")
    said = short(reason, field="reason")
    if move.ends == TaskState.DROPPED and not said:
        raise UserMistake("Dites pourquoi elle est abandonnée.", field="reason")
    with transaction.atomic():
        kept = ProjectTask.objects.select_for_update().get(pk=task.pk)
        if kept.state not in move.starts:
            raise UserMistake(f"Cette tâche est déjà « {TaskState(kept.state).label.lower()} ».")
        kept.state = move.ends
        kept.reason = said if move.ends == TaskState.DROPPED else ""
        kept.closed_at = None if move.ends == TaskState.TODO else at
        kept.save(update_fields=["state", "reason", "closed_at"])
    return kept


def shift_task(*, task: ProjectTask, earlier: bool) -> None:
    """Put a task before its neighbour, or after."""
    with transaction.atomic():
        rows = ProjectTask.objects.select_for_update().filter(
            Q(project=task.project_id) if task.project_id else Q(meeting=task.meeting_id, project=None),
            state=TaskState.TODO,
        )
        ordered = list(rows.order_by("rank", "pk"))
        place = next((at for at, row in enumerate(ordered) if row.pk == task.pk), None)
        if place is None:
            raise UserMistake("Cette tâche n’est plus à faire.")
        other = place - 1 if earlier else place + 1
        if not 0 <= other < len(ordered):
            return
        ordered[place], ordered[other] = ordered[other], ordered[place]
        for rank, row in enumerate(ordered, start=1):
            row.rank = rank
        ProjectTask.objects.bulk_update(ordered, ["rank"])


SOONEST = (F("due_on").asc(nulls_last=True), F("rank").asc(), F("pk").asc())
