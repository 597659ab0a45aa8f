"""Trials: a question, what is measured before and after, a decision that says why."""

import pghistory
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account
from maillage.domain.projects.enums import MeasureMoment, TrialState, Wished
from maillage.domain.projects.models.project import Project


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Trial(models.Model):
    """An experiment of a project: does it work, and is it worth going on?"""

    project = models.ForeignKey(Project, models.CASCADE, related_name="trials", verbose_name="projet")
    question = models.CharField("question", max_length=300)
    method = models.TextField("comment", blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)
    state = models.CharField("état", max_length=7, choices=TrialState.choices, default=TrialState.RUNNING)
    decided_on = models.DateField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="décision notée par"
    )
    deciders = models.CharField("qui a décidé", max_length=200, blank=True)
    reason = models.CharField("pourquoi", max_length=300, blank=True)

    class Meta:
        verbose_name = "expérimentation"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="trial_asks", condition=~Q(question="")),
            models.CheckConstraint(name="trial_state_known", condition=Q(state__in=TrialState.values)),
            models.CheckConstraint(
                name="trial_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="trial_decision_whole",
                condition=Q(state="running", decided_on__isnull=True)
                | (~Q(state="running") & Q(decided_on__isnull=False) & ~Q(reason="") & ~Q(deciders="")),
            ),
        ]

    def __str__(self) -> str:
        return self.question


class TrialIndicator(models.Model):
    """What a trial measures, in one unit."""

    trial = models.ForeignKey(
        Trial, models.CASCADE, related_name="indicators", verbose_name="expérimentation"
    )
    label = models.CharField("ce qu’on mesure", max_length=120)
    unit = models.CharField("unité", max_length=12)
    wished = models.CharField("ce qu’on espère", max_length=7, choices=Wished.choices, default=Wished.MORE)

    class Meta:
        verbose_name = "chose mesurée"
        verbose_name_plural = "choses mesurées"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="trial_indicator_once", fields=["trial", "label"]),
            models.CheckConstraint(name="trial_indicator_whole", condition=~Q(label="") & ~Q(unit="")),
            models.CheckConstraint(
                name="trial_indicator_wished_known", condition=Q(wished__in=Wished.values)
            ),
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class TrialMeasure(models.Model):
    """A number measured on a day, before or after, and where it comes from."""

    indicator = models.ForeignKey(
        TrialIndicator, models.CASCADE, related_name="measures", verbose_name="chose mesurée"
    )
    moment = models.CharField("quand", max_length=6, choices=MeasureMoment.choices)
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4)
    measured_on = models.DateField("mesuré le")
    source = models.CharField("d’où vient ce chiffre", max_length=200)
    noted_at = models.DateTimeField("noté le")
    noted_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="noté par"
    )

    class Meta:
        verbose_name = "mesure"
        ordering = ["measured_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="trial_measure_moment_known", condition=Q(moment__in=MeasureMoment.values)
            ),
            models.CheckConstraint(
                name="trial_measure_counts", condition=Q(quantity__gte=0, quantity__lt=10**12)
            ),
            models.CheckConstraint(name="trial_measure_has_source", condition=~Q(source="")),
            models.UniqueConstraint(
                name="trial_measure_once_a_day", fields=["indicator", "moment", "measured_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} : {self.quantity}"
