"""People and the mandates they hold in a pole."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from maillage.domain.actors.enums import MandateRole
from maillage.domain.places.fields import folded


class DateSpan(Func):
    """``daterange(start, end)``: end excluded, open when null."""

    function = "DATERANGE"
    output_field = DateRangeField()


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["folded"]
)
class Person(models.Model):
    """Somebody met by the pole; only what is needed to reach them at work."""

    given_name = models.CharField("prénom", max_length=100)
    family_name = models.CharField("nom", max_length=100, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    folded = folded("family_name")

    class Meta:
        verbose_name = "personne"
        ordering = ["folded", "given_name", "pk"]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mandate(models.Model):
    """Who represents which organisation in which pole, as what, from when to when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates", verbose_name="personne")
    pole = models.ForeignKey("actors.Pole", models.CASCADE, related_name="mandates", verbose_name="pôle")
    organisation = models.ForeignKey(
        "actors.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name="structure",
    )
    role = models.CharField("rôle", max_length=16, choices=MandateRole.choices)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "mandat"
        ordering = ["pole_id", "role", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mandate_in_order", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="mandate_names_its_organisation",
                condition=Q(organisation__isnull=False)
                | ~Q(
                    role__in=[
                        MandateRole.REPRESENTATIVE,
                        MandateRole.SUBSTITUTE,
                        MandateRole.AUTHORITY_AGENT,
                    ]
                ),
            ),
            ExclusionConstraint(
                name="mandate_no_overlap",
                expressions=[
                    (F("person"), RangeOperators.EQUAL),
                    (F("pole"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (Coalesce(F("organisation"), Value(0)), RangeOperators.EQUAL),
                    (DateSpan(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
