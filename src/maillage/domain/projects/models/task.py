"""Tasks: who does what, by when."""

import pghistory
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Person
from maillage.domain.projects.enums import TaskState
from maillage.domain.projects.models.meeting import Meeting
from maillage.domain.projects.models.project import Project


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ProjectTask(models.Model):
    """Something somebody does by a day; it belongs to a project, was decided in a meeting, or both."""

    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name="projet"
    )
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name="décidée à"
    )
    title = models.CharField("quoi", max_length=200)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="project_tasks", verbose_name="qui"
    )
    due_on = models.DateField("pour le", null=True, blank=True)
    state = models.CharField("état", max_length=7, choices=TaskState.choices, default=TaskState.TODO)
    reason = models.CharField("raison", max_length=300, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    rank = models.PositiveIntegerField("ordre", default=0)
    created_at = models.DateTimeField("notée le")
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="notée par"
    )

    class Meta:
        verbose_name = "tâche"
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(name="task_titled", condition=~Q(title="")),
            models.CheckConstraint(name="task_state_known", condition=Q(state__in=TaskState.values)),
            models.CheckConstraint(
                name="task_belongs", condition=Q(project__isnull=False) | Q(meeting__isnull=False)
            ),
            models.CheckConstraint(
                name="task_dropped_says_why", condition=~Q(state="dropped") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="task_closed_is_dated",
                condition=Q(state="todo", closed_at__isnull=True)
                | (~Q(state="todo") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["owner", "state", "due_on"], name="task_of_owner")]

    def __str__(self) -> str:
        return self.title
