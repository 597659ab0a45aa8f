"""Run one long task from beginning to end: progress, result, failure, stop."""

import logging
from collections.abc import Callable

from django.db import DatabaseError

from maillage.core.errors import MaillageError, Stopped
from maillage.interfaces.jobs.models import LongTask, TaskState
from maillage.interfaces.jobs.progress import Progress, begin, finish, own_connection

logger = logging.getLogger(__name__)

ONE_AT_A_TIME = "long"
"""The lock of the long tasks: one at a time, while letters go on leaving."""

Work = Callable[[Progress], tuple[str, str]]
"""Does the work with a progress to call; returns the message to show and the address of the result."""


def carry_out(*, task_id: int, work: Work) -> None:
    """Run ``work`` for a task, unless it was stopped before it began.

    A mistake of the user's ends the task with its sentence; any other error ends it with a plain sentence and is
    raised again, so that the worker's log keeps it.
    """
    task = LongTask.objects.get(pk=task_id)
    if not begin(task=task):
        return
    with own_connection() as connection:
        progress = Progress(task_id=task_id, connection=connection)
        try:
            message, result_url = work(progress)
        except Stopped as stopped:
            finish(task_id=task_id, state=TaskState.CANCELLED, message=stopped.message)
        except MaillageError as mistake:
            finish(task_id=task_id, state=TaskState.FAILED, message=mistake.message)
        except (DatabaseError, OSError, ValueError, ArithmeticError, LookupError, TypeError, RuntimeError):
            logger.exception("task %s failed", task_id)
            finish(
                task_id=task_id,
                state=TaskState.FAILED,
                message="Ce travail s’est arrêté sur une erreur de notre côté. Rien n’a été enregistré. "
                "Relancez-le ; si cela recommence, écrivez-nous.",
            )
            raise
        else:
            finish(task_id=task_id, state=TaskState.DONE, message=message, result_url=result_url)
