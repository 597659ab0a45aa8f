"""The long task a person follows on the screen."""

from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Pole


class TaskState(models.TextChoices):
    """Where a task stands."""

    WAITING = "waiting", "En attente"
    RUNNING = "running", "En cours"
    DONE = "done", "Terminé"
    FAILED = "failed", "Échoué"
    CANCELLED = "cancelled", "Arrêté"


class LongTask(models.Model):
    """One long task: what it does, how far it is, where its result is."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="tasks", verbose_name="pôle")
    owner = models.ForeignKey(Account, models.CASCADE, null=True, related_name="tasks", verbose_name="pour")
    title = models.CharField("titre", max_length=200)
    state = models.CharField("état", max_length=9, choices=TaskState.choices, default=TaskState.WAITING)
    done = models.PositiveIntegerField("fait", default=0)
    total = models.PositiveIntegerField("en tout", default=0)
    step = models.CharField("étape", max_length=200, blank=True)
    message = models.TextField("message", blank=True)
    result_url = models.CharField("résultat", max_length=300, blank=True)
    stop_asked = models.BooleanField("arrêt demandé", default=False)
    asked_at = models.DateTimeField("demandé le")
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)

    class Meta:
        verbose_name = "travail"
        verbose_name_plural = "travaux"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="task_done_within_total", condition=Q(total=0) | Q(done__lte=F("total"))
            )
        ]

    def __str__(self) -> str:
        return self.title
