"""What came by e-mail to the pole's address."""

from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Pole


class ReceivedMail(models.Model):
    """One e-mail, once: its number is unique in a pole."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="received_mails", verbose_name="pôle")
    message_id = models.CharField("numéro du message", max_length=255)
    sender_name = models.CharField("expéditeur", max_length=200, blank=True)
    sender_email = models.EmailField("courriel", max_length=254)
    subject = models.CharField("objet", max_length=300, blank=True)
    text = models.TextField("texte", blank=True)
    attachments = models.JSONField("pièces jointes laissées", default=list, blank=True)
    is_cut = models.BooleanField("texte coupé", default=False)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    received_at = models.DateTimeField("reçu le")

    class Meta:
        verbose_name = "courriel reçu"
        verbose_name_plural = "courriels reçus"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="received_mail_once", fields=["pole", "message_id"]),
            models.CheckConstraint(name="received_mail_numbered", condition=~Q(message_id="")),
        ]

    def __str__(self) -> str:
        return self.subject or "Sans objet"
