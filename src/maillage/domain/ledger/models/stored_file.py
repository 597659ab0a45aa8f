"""Files that were received, checked and kept out of reach of the web; and what they prove."""

import pgtrigger
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Pole
from maillage.domain.ledger.models.event import EconomicEvent


class StoredFile(models.Model):
    """A file as it is kept: its name, what it is, its fingerprint; its place on the disk says nothing of it."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="stored_files", verbose_name="pôle")
    purpose = models.SlugField("pour quoi", max_length=30)
    name = models.CharField("nom", max_length=200)
    media_type = models.CharField("nature", max_length=100)
    size = models.PositiveBigIntegerField("taille (octets)")
    sha256 = models.CharField("empreinte", max_length=64)
    path = models.CharField("emplacement", max_length=100, unique=True)
    kept_at = models.DateTimeField("reçu le")
    kept_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="stored_files", verbose_name="reçu de"
    )

    class Meta:
        verbose_name = "fichier gardé"
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="stored_file_named", condition=~Q(name="") & ~Q(purpose="")),
            models.CheckConstraint(name="stored_file_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="stored_file_fingerprint", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="stored_file_random_path", condition=Q(path__regex=r"^kept/[0-9a-f]{2}/[0-9a-f]{32}$")
            ),
        ]
        triggers = [
            # What was received is never rewritten; only the account may be forgotten.
            pgtrigger.Protect(
                name="kept_as_received",
                operation=pgtrigger.UpdateOf("path", "sha256", "size", "media_type", "kept_at"),  # type: ignore[no-untyped-call]  # pgtrigger has no types
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EventFile(models.Model):
    """A photo or a document that proves a fact."""

    event = models.ForeignKey(EconomicEvent, models.PROTECT, related_name="files", verbose_name="fait")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="proof_of", verbose_name="fichier")

    class Meta:
        verbose_name = "preuve jointe"
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(name="proof_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.file)
