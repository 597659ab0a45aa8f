"""Files of a project or of a meeting; the bytes are kept by the ledger."""

import pghistory
from django.db import models

from maillage.domain.ledger.models import StoredFile
from maillage.domain.projects.models.meeting import Meeting
from maillage.domain.projects.models.project import Project


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class ProjectFile(models.Model):
    """A file that a project keeps, from a meeting or not."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="files", verbose_name="projet")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="files", verbose_name="réunion"
    )
    stored = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="project_file", verbose_name="fichier gardé"
    )
    words = models.CharField("ce que c’est", max_length=200, blank=True)

    class Meta:
        verbose_name = "fichier de projet"
        verbose_name_plural = "fichiers de projet"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.stored)
