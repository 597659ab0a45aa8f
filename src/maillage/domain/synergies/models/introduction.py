"""The introduction: an invitation to answer, sent to one party; its link serves once."""

from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Pole
from maillage.domain.synergies.models.party import SynergyParty


class Introduction(models.Model):
    """An invitation to answer: until when its link serves, how many letters left, when somebody was woken."""

    party = models.ForeignKey(
        SynergyParty, models.CASCADE, related_name="introductions", verbose_name="partie"
    )
    sent_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("valable jusqu’au")
    letters = models.PositiveSmallIntegerField("courriels", default=1)
    last_letter_on = models.DateField("dernier courriel le")
    woken_on = models.DateField("animation prévenue le", null=True, blank=True)
    used_at = models.DateTimeField("a servi le", null=True, blank=True)
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        ordering = ["-sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="introduction_one_open",
                fields=["party"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="introduction_used_or_revoked",
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="introduction_expires_after", condition=Q(expires_at__gt=F("sent_at"))
            ),
            models.CheckConstraint(name="introduction_letters_few", condition=Q(letters__lte=3)),
        ]

    def __str__(self) -> str:
        return f"{self.party}, {self.sent_at:%d/%m/%Y}"


class AnswerRhythm(models.Model):
    """How long a pole waits for an answer, from a date on: reminders, then somebody is woken."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="answer_rhythms", verbose_name="pôle")
    since = models.DateField("depuis le")
    first_reminder_days = models.PositiveSmallIntegerField("premier rappel après (jours)", default=7)
    second_reminder_days = models.PositiveSmallIntegerField("second rappel après (jours)", default=7)
    wake_days = models.PositiveSmallIntegerField("prévenir l’animation après (jours)", default=5)
    expires_days = models.PositiveSmallIntegerField("lien valable (jours)", default=45)
    source = models.CharField("décidé où", max_length=300)

    class Meta:
        verbose_name = "délai de réponse"
        verbose_name_plural = "délais de réponse"
        ordering = ["pole_id", "-since"]
        constraints = [
            models.UniqueConstraint(name="rhythm_one_a_day", fields=["pole", "since"]),
            models.CheckConstraint(
                name="rhythm_days_positive",
                condition=Q(first_reminder_days__gte=1, second_reminder_days__gte=1, wake_days__gte=1),
            ),
            models.CheckConstraint(
                name="rhythm_link_outlives_reminders",
                condition=Q(
                    expires_days__gt=F("first_reminder_days") + F("second_reminder_days") + F("wake_days")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pole}, depuis le {self.since:%d/%m/%Y}"
