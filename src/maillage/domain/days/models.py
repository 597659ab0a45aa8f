"""Asking whether sheets still hold, and the private calendar of an account."""

from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Organisation, Pole


class ConfirmationRequest(models.Model):
    """« Toujours d’actualité ? », asked of a structure; its link serves until it expires."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="confirmation_requests", verbose_name="pôle")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="confirmation_requests", verbose_name="structure"
    )
    asked_on = models.DateField("demandé le")
    expires_on = models.DateField("valable jusqu’au")
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="demandé par"
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de confirmation"
        verbose_name_plural = "demandes de confirmation"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="confirmation_once_a_day", fields=["pole", "organisation", "asked_on"]
            ),
            models.CheckConstraint(
                name="confirmation_expires_after", condition=Q(expires_on__gt=F("asked_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.asked_on:%d/%m/%Y}"


class CalendarFeed(models.Model):
    """The private address of an account's dates in a pole; deleting the row closes the address."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="calendar_feeds", verbose_name="compte")
    pole = models.ForeignKey(Pole, models.CASCADE, related_name="calendar_feeds", verbose_name="pôle")
    opened_at = models.DateTimeField("ouvert le")

    class Meta:
        verbose_name = "agenda privé"
        verbose_name_plural = "agendas privés"
        ordering = ["account_id", "pole_id"]
        constraints = [models.UniqueConstraint(name="calendar_feed_once", fields=["account", "pole"])]

    def __str__(self) -> str:
        return f"{self.account}, {self.pole}"
