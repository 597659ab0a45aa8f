"""What surrounds a process: its kind, its words, who may read it, its parties, the history of its stage."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.models.person import DateSpan
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.ledger.models import Process
from maillage.domain.projects.enums import PartyRole, ProjectKind, ProjectVisibility


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Project(models.Model):
    """A project or a working group: the process of the ledger, and what people say of it."""

    process = models.OneToOneField(
        Process, models.CASCADE, primary_key=True, related_name="project", verbose_name="processus"
    )
    kind = models.CharField("nature", max_length=7, choices=ProjectKind.choices, default=ProjectKind.PROJECT)
    summary = models.CharField("en une phrase", max_length=300, blank=True)
    description = models.TextField("description", blank=True)
    visibility = models.CharField(
        "visible par", max_length=7, choices=ProjectVisibility.choices, default=ProjectVisibility.MEMBERS
    )
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ouvert par"
    )

    class Meta:
        verbose_name = "fiche de projet"
        verbose_name_plural = "fiches de projet"
        ordering = ["-process_id"]
        constraints = [
            models.CheckConstraint(name="project_kind_known", condition=Q(kind__in=ProjectKind.values)),
            models.CheckConstraint(
                name="project_visibility_known", condition=Q(visibility__in=ProjectVisibility.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.process)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ProjectParty(models.Model):
    """A structure takes part in a project, as what, from when to when; ``until`` is the first day without it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="parties", verbose_name="projet")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="project_parties", verbose_name="structure"
    )
    role = models.CharField("rôle", max_length=11, choices=PartyRole.choices, default=PartyRole.PARTNER)
    words = models.CharField("précision", max_length=200, blank=True)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "structure d’un projet"
        verbose_name_plural = "structures des projets"
        ordering = ["project_id", "since", "pk"]
        constraints = [
            models.CheckConstraint(name="project_party_role_known", condition=Q(role__in=PartyRole.values)),
            models.CheckConstraint(
                name="project_party_in_order", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            ExclusionConstraint(
                name="project_party_no_overlap",
                expressions=[
                    (F("project"), RangeOperators.EQUAL),
                    (F("organisation"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (DateSpan(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} dans {self.project}"


class StageChange(models.Model):
    """A line of the history of a project's stage: from where, to where, when, who, why."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stage_changes", verbose_name="projet")
    starts = models.CharField("de", max_length=11, choices=ProcessStage.choices, blank=True)
    ends = models.CharField("à", max_length=11, choices=ProcessStage.choices)
    on = models.DateField("le")
    at = models.DateTimeField("noté le")
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    reason = models.CharField("raison", max_length=300, blank=True)

    class Meta:
        verbose_name = "changement de stade"
        verbose_name_plural = "changements de stade"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="stage_change_moves", condition=~Q(starts=F("ends"))),
            models.CheckConstraint(name="stage_stop_says_why", condition=~Q(ends="stopped") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.starts or '·'} → {self.ends}"
