"""Annexes: files joined to an agreement; the text names each with the digest of the file."""

import pghistory
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account
from maillage.domain.ledger.models import Agreement, StoredFile


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Annex(models.Model):
    """A file joined to a draft: an inventory, a plan, an insurance certificate."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="annexes", verbose_name="accord")
    title = models.CharField("titre", max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="annexes", verbose_name="fichier")
    added_at = models.DateTimeField("joint le")
    added_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="joint par"
    )

    class Meta:
        verbose_name = "annexe"
        ordering = ["agreement_id", "pk"]
        constraints = [models.CheckConstraint(name="annex_titled", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title
