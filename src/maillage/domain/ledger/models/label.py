"""A label with a QR code, stuck on a bin or in a van: whoever scans it records one kind of fact, and no other."""

import pghistory
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.enums import SOLO_ACTIONS
from maillage.domain.ledger.models.commitment import Commitment
from maillage.domain.ledger.models.resource import Action, Resource


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RecordingLabel(models.Model):
    """What a scan records: the gesture, between whom, of what; everything but how much and when."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="recording_labels", verbose_name="pôle")
    name = models.CharField("nom", max_length=100)
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recording_labels",
        verbose_name="engagement",
    )
    action = models.ForeignKey(Action, models.PROTECT, verbose_name="action")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="qui donne")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="qui reçoit")
    resource_type = models.ForeignKey(ResourceType, models.PROTECT, verbose_name="type")
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ressource"
    )
    unit = models.CharField("unité", max_length=12)
    usual_quantity = models.DecimalField(
        "quantité habituelle", max_digits=16, decimal_places=4, null=True, blank=True
    )
    made_at = models.DateTimeField("faite le")
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, verbose_name="faite par")
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "étiquette"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="label_named", condition=~Q(name="") & ~Q(unit="")),
            models.CheckConstraint(
                name="label_two_parties",
                condition=~Q(provider=F("receiver")) | Q(action__in=SOLO_ACTIONS),
            ),
            models.CheckConstraint(
                name="label_usual_counts",
                condition=Q(usual_quantity__isnull=True) | Q(usual_quantity__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name
