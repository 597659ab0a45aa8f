"""What came by e-mail to the pole's address, and the files that were joined."""

from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Pole
from maillage.domain.ledger.models import StoredFile


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


class MailFile(models.Model):
    """A file joined to an e-mail: kept, or named with the reason why it is not."""

    mail = models.ForeignKey(ReceivedMail, models.CASCADE, related_name="files", verbose_name="courriel")
    rank = models.PositiveSmallIntegerField("rang")
    name = models.CharField("nom", max_length=120)
    size = models.PositiveIntegerField("taille")
    stored = models.OneToOneField(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mail_file",
        verbose_name="fichier gardé",
    )
    refusal = models.CharField("raison du refus", max_length=400, blank=True)

    class Meta:
        verbose_name = "pièce jointe reçue"
        verbose_name_plural = "pièces jointes reçues"
        ordering = ["mail_id", "rank"]
        constraints = [
            models.UniqueConstraint(name="mail_file_once", fields=["mail", "rank"]),
            models.CheckConstraint(
                name="mail_file_kept_or_refused",
                condition=Q(stored__isnull=False, refusal="") | (Q(stored__isnull=True) & ~Q(refusal="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
