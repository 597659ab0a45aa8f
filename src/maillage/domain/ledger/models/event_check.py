"""Somebody of the team looked at a fact that came without an account, and found it right."""

from django.db import models

from maillage.domain.actors.models import Account
from maillage.domain.ledger.models.event import EconomicEvent


class EventCheck(models.Model):
    """Who checked a fact, and when."""

    event = models.OneToOneField(EconomicEvent, models.PROTECT, related_name="checking", verbose_name="fait")
    checked_at = models.DateTimeField("vérifié le")
    checked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, verbose_name="vérifié par"
    )

    class Meta:
        verbose_name = "vérification"
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.event)
