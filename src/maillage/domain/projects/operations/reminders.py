"""Each morning, one letter a person for what is due today, tomorrow or is late; and a word on the site."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from maillage.domain.actors.models import Account, Person, Pole
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.operations import notify, queue_letter
from maillage.domain.projects.enums import TaskState
from maillage.domain.projects.letters import task_letter
from maillage.domain.projects.models import ProjectTask
from maillage.domain.projects.seats import address_of

AHEAD = timedelta(days=1)
LATE_EVERY = 7  # days: a late task is told again each week, not each morning


def remind_owners(*, on: date, at: datetime, site: str, page: Callable[[Pole], str]) -> int:
    """Tell each owner of what is due: the day before, the day itself, then each week it stays late.

    ``page`` is where one reads one's tasks, on the ``site``. The key names the person, the pole and the
    day: running twice tells once.
    """
    owed: dict[tuple[int, int], list[ProjectTask]] = defaultdict(list)
    people: dict[int, Person] = {}
    poles: dict[int, Pole] = {}
    for task in _due(on):
        pole = task.project.process.pole if task.project else task.meeting.pole if task.meeting else None
        if pole is None or task.owner is None:
            continue
        owed[task.owner.pk, pole.pk].append(task)
        people[task.owner.pk], poles[pole.pk] = task.owner, pole
    for (person_id, pole_id), tasks in sorted(owed.items()):
        _tell(people[person_id], poles[pole_id], tasks, on=on, at=at, site=site, page=page(poles[pole_id]))
    return len(owed)


def _due(on: date) -> list[ProjectTask]:
    stopped = Q(project__process__stage=ProcessStage.STOPPED)
    rows = ProjectTask.objects.filter(
        state=TaskState.TODO, owner__isnull=False, due_on__isnull=False, due_on__lte=on + AHEAD
    ).exclude(stopped)
    joined = rows.select_related("owner__account", "project__process__pole", "meeting__pole")
    return [
        task
        for task in joined.order_by("due_on", "pk")
        if task.due_on is not None and (task.due_on >= on or (on - task.due_on).days % LATE_EVERY == 1)
    ]


def _tell(
    person: Person, pole: Pole, tasks: list[ProjectTask], *, on: date, at: datetime, site: str, page: str
) -> None:
    email = address_of(person)
    with transaction.atomic():
        if email:
            queue_letter(
                key=f"tasks:{pole.pk}:{person.pk}:{on.isoformat()}",
                kind=MessageKind.TASK,
                to=email,
                letter=task_letter(tasks, person.given_name, site + page, on),
                at=at,
                pole=pole,
                person=person,
            )
        account: Account | None = getattr(person, "account", None)
        if account is not None:
            for task in tasks:
                late = task.due_on is not None and task.due_on < on
                notify(
                    key=f"task:{task.pk}:{on.isoformat()}",
                    account=account,
                    pole=pole,
                    text=f"{'En retard' if late else 'À faire'} : {task.title}",
                    url=page,
                    at=at,
                )
