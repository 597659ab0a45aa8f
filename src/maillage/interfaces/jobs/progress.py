"""Progress that others can see while the work is still inside its transaction.

The work writes through the default connection and may roll back; progress goes through a connection of its own, in
autocommit, so that a page sees it at once and a stop asked on the page is heard.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from maillage.core.errors import Stopped
from maillage.interfaces.jobs.models import LongTask, TaskState


class Progress:
    """Says how far a task is; raises ``Stopped`` when somebody asked for it."""

    def __init__(self, *, task_id: int, connection: BaseDatabaseWrapper) -> None:
        self._task_id = task_id
        self._connection = connection

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Write ``done`` of ``total``; an empty step keeps the one shown."""
        table = LongTask._meta.db_table
        question = (
            f"UPDATE {table} SET done = %s, total = %s, step = CASE WHEN %s = '' THEN step ELSE %s END "  # noqa: S608 - our own table name
            "WHERE id = %s RETURNING stop_asked"
        )
        with self._connection.cursor() as cursor:
            cursor.execute(question, [min(done, total), total, step, step, self._task_id])
            row = cursor.fetchone()
        if row and row[0]:
            raise Stopped


@contextmanager
def own_connection() -> Iterator[BaseDatabaseWrapper]:
    """Lend a second connection to the same database, closed at the end."""
    connection = connections["default"].copy()
    try:
        yield connection
    finally:
        connection.close()


def begin(*, task: LongTask) -> bool:
    """Mark a waiting task as running; say whether it may run (it was not stopped before)."""
    return bool(
        LongTask.objects.filter(pk=task.pk, state=TaskState.WAITING, stop_asked=False).update(
            state=TaskState.RUNNING, started_at=timezone.now()
        )
    )


def finish(*, task_id: int, state: TaskState, message: str = "", result_url: str = "") -> None:
    """Close a task with its message and where its result is."""
    LongTask.objects.filter(pk=task_id).update(
        state=state, message=message, result_url=result_url, finished_at=timezone.now()
    )
