"""The interview: notes of somebody who was listened to, kept with or without their name, as they consent."""

import pghistory
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.gathering.enums import Consent


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["person_name", "person_contact", "notes"]
)
class Interview(models.Model):
    """Notes; the name is out of the history, so that taking consent back really erases it."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="interviews", verbose_name="pôle")
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="interviews",
        verbose_name="structure",
    )
    subject = models.CharField("avec", max_length=200)
    person_name = models.CharField("nom", max_length=200, blank=True)
    person_contact = models.CharField("joindre", max_length=200, blank=True)
    held_on = models.DateField("le")
    place = models.CharField("où", max_length=200, blank=True)
    notes = models.TextField("notes", blank=True)
    consent = models.CharField("accord", max_length=9, choices=Consent.choices, default=Consent.UNSAID)
    consented_on = models.DateField("accord du", null=True, blank=True)
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="noté par"
    )

    class Meta:
        verbose_name = "entretien"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="interview_with_whom", condition=~Q(subject="")),
            models.CheckConstraint(name="interview_consent_known", condition=Q(consent__in=Consent.values)),
            models.CheckConstraint(
                name="interview_named_by_consent",
                condition=Q(consent="named", consented_on__isnull=False)
                | (~Q(consent="named") & Q(person_name="", person_contact="")),
            ),
        ]

    def __str__(self) -> str:
        return self.subject
