"""Letters on their way, what each address wants to receive, and the notifications of the site."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from maillage.domain.actors.models import Account, Person, Pole
from maillage.domain.mail.enums import MessageKind, MessageState, Rhythm


class Message(models.Model):
    """One letter to one address; its key is written once, whatever is done twice."""

    key = models.CharField("clé", max_length=200, unique=True)
    kind = models.CharField("objet", max_length=12, choices=MessageKind.choices)
    pole = models.ForeignKey(
        Pole, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name="pôle"
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="personne"
    )
    to = models.EmailField("à")
    subject = models.CharField("sujet", max_length=200)
    letter = models.JSONField("lettre")
    state = models.CharField("état", max_length=8, choices=MessageState.choices, default=MessageState.QUEUED)
    queued_at = models.DateTimeField("écrit le")
    next_at = models.DateTimeField("prochain essai", null=True, blank=True)
    handed_at = models.DateTimeField("remis le", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    fault = models.CharField("erreur", max_length=300, blank=True)
    digest = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="gathered", verbose_name="résumé"
    )

    class Meta:
        verbose_name = "lettre"
        ordering = ["-queued_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="message_state_known", condition=Q(state__in=MessageState.values)),
            models.CheckConstraint(
                name="message_subject_one_line", condition=~Q(subject="") & ~Q(subject__regex=r"[\r\n]")
            ),
            models.CheckConstraint(
                name="message_sent_is_dated", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="message_queued_has_its_time", condition=~Q(state="queued") | Q(next_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="message_waiting", condition=Q(state="queued")),
            models.Index(fields=["to", "pole"], name="message_held", condition=Q(state="held")),
        ]

    def __str__(self) -> str:
        return self.subject


class MailPreference(models.Model):
    """How often one address wants to hear of one pole; without a row, at once."""

    email = models.EmailField("courriel")
    pole = models.ForeignKey(Pole, models.CASCADE, related_name="mail_preferences", verbose_name="pôle")
    rhythm = models.CharField("rythme", max_length=7, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    changed_at = models.DateTimeField("changé le")

    class Meta:
        verbose_name = "courrier souhaité"
        ordering = ["email", "pole_id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "pole", name="mail_preference_once"),
            models.CheckConstraint(name="mail_rhythm_known", condition=Q(rhythm__in=Rhythm.values)),
        ]

    def __str__(self) -> str:
        return f"{self.email} : {self.get_rhythm_display()}"


class Notification(models.Model):
    """Something an account should see in a pole; told once, read once."""

    key = models.CharField("clé", max_length=200)
    account = models.ForeignKey(Account, models.CASCADE, related_name="notifications", verbose_name="compte")
    pole = models.ForeignKey(Pole, models.CASCADE, related_name="notifications", verbose_name="pôle")
    text = models.CharField("texte", max_length=300)
    url = models.CharField("adresse", max_length=300)
    at = models.DateTimeField("le")
    read_at = models.DateTimeField("lue le", null=True, blank=True)

    class Meta:
        verbose_name = "notification"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="notification_once", fields=["account", "key"]),
            models.CheckConstraint(name="notification_stays_here", condition=Q(url__startswith="/")),
        ]
        indexes = [
            models.Index(fields=["account", "pole"], name="notification_unread", condition=Q(read_at=None))
        ]

    def __str__(self) -> str:
        return self.text
