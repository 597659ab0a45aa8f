"""Open, follow and stop long tasks."""

from datetime import datetime

from maillage.domain.actors.models import Account, Pole
from maillage.interfaces.jobs.models import LongTask, TaskState

OPEN_STATES = (TaskState.WAITING, TaskState.RUNNING)


def open_task(*, pole: Pole, owner: Account | None, title: str, at: datetime) -> LongTask:
    """Create a task that waits for a worker."""
    return LongTask.objects.create(pole=pole, owner=owner, title=title, asked_at=at)


def ask_stop(*, task: LongTask) -> None:
    """Ask the worker to stop at its next step; a task that has not begun stops at once."""
    LongTask.objects.filter(pk=task.pk, state__in=OPEN_STATES).update(stop_asked=True)
    LongTask.objects.filter(pk=task.pk, state=TaskState.WAITING).update(state=TaskState.CANCELLED)


def task_of(*, pole: Pole, pk: int) -> LongTask | None:
    """Return one task of a pole."""
    return LongTask.objects.filter(pole=pole, pk=pk).first()


def open_tasks(*, pole: Pole, owner: Account) -> list[LongTask]:
    """The tasks somebody still waits for, newest first."""
    return list(LongTask.objects.filter(pole=pole, owner=owner, state__in=OPEN_STATES))


def open_task_titled(*, pole: Pole, title: str) -> LongTask | None:
    """The newest task of that title that waits or works, whoever asked for it: it is found again through this."""
    return LongTask.objects.filter(pole=pole, title=title, state__in=OPEN_STATES).first()
