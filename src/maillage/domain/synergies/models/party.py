"""The parties of a synergy: each answers for itself."""

import pghistory
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Organisation, Person
from maillage.domain.synergies.enums import Answer, AnswerChannel, ClosingReason, PartySide
from maillage.domain.synergies.models.synergy import Synergy


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SynergyParty(models.Model):
    """A structure of a synergy, what it does there, and what it answered."""

    synergy = models.ForeignKey(Synergy, models.CASCADE, related_name="parties", verbose_name="synergie")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="synergy_parties", verbose_name="structure"
    )
    side = models.CharField("rôle", max_length=5, choices=PartySide.choices, default=PartySide.OTHER)
    is_needed = models.BooleanField("nécessaire", default=True)
    answer = models.CharField("réponse", max_length=7, choices=Answer.choices, default=Answer.WAITING)
    reason = models.CharField("raison", max_length=8, choices=ClosingReason.choices, blank=True)
    words = models.CharField("précision", max_length=500, blank=True)
    channel = models.CharField("comment", max_length=4, choices=AnswerChannel.choices, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="répondu par"
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="personne"
    )

    class Meta:
        verbose_name = "partie de synergie"
        verbose_name_plural = "parties de synergie"
        ordering = ["synergy_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="synergy_party_once", fields=["synergy", "organisation"]),
            models.CheckConstraint(name="synergy_party_side_known", condition=Q(side__in=PartySide.values)),
            models.CheckConstraint(
                name="synergy_party_answer_whole",
                condition=Q(answer="waiting", answered_at__isnull=True, reason="", words="", channel="")
                | Q(answer="yes", answered_at__isnull=False, reason="", channel__in=AnswerChannel.values)
                | Q(
                    answer="no",
                    answered_at__isnull=False,
                    reason__in=ClosingReason.values,
                    channel__in=AnswerChannel.values,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
