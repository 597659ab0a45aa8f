"""Poles, who carries them, who belongs to them."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.enums import PartnerKind, PoleStatusKind
from maillage.domain.actors.models.organisation import Organisation
from maillage.domain.actors.models.person import DateSpan
from maillage.domain.places.models import Territory

_IN_ORDER = Q(until__isnull=True) | Q(until__gt=F("since"))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Pole(models.Model):
    """A pôle territorial de coopération économique: a project on a territory, not a legal form."""

    name = models.CharField("nom", max_length=200, unique=True)
    slug = models.SlugField("adresse", max_length=60, unique=True)
    tagline = models.CharField("accroche", max_length=200, blank=True)
    description = models.TextField("présentation", blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="poles", verbose_name="territoire")
    contact_email = models.EmailField("courriel", blank=True)
    contact_phone = models.CharField("téléphone", max_length=30, blank=True)
    is_demonstration = models.BooleanField("démonstration", default=False)

    class Meta:
        verbose_name = "pôle"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PoleSponsor(models.Model):
    """The organisation that carries the pole (structure porteuse), over time; never two at once."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="sponsors", verbose_name="pôle")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="sponsored", verbose_name="structure porteuse"
    )
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "structure porteuse"
        ordering = ["pole_id", "since"]
        constraints = [
            models.CheckConstraint(name="sponsor_in_order", condition=_IN_ORDER),
            ExclusionConstraint(
                name="sponsor_one_at_a_time",
                expressions=[
                    (F("pole"), RangeOperators.EQUAL),
                    (DateSpan(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} porte {self.pole}"


class PoleStatus(models.Model):
    """What the pole was, from a date on, with the source that says so."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="statuses", verbose_name="pôle")
    status = models.CharField("statut", max_length=16, choices=PoleStatusKind.choices)
    since = models.DateField("depuis le")
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "statut du pôle"
        ordering = ["pole_id", "-since"]
        constraints = [models.UniqueConstraint(name="status_one_a_day", fields=["pole", "since"])]

    def __str__(self) -> str:
        return self.get_status_display()


class College(models.Model):
    """A college of voters; weights stay empty until the statutes give them."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="colleges", verbose_name="pôle")
    name = models.CharField("nom", max_length=100)
    weight = models.DecimalField("poids (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "collège"
        ordering = ["pole_id", "rank", "name"]
        constraints = [
            models.UniqueConstraint(name="college_once", fields=["pole", "name"]),
            models.CheckConstraint(
                name="college_weight_range", condition=Q(weight__isnull=True) | Q(weight__range=(0, 100))
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Membership(models.Model):
    """An organisation belongs to a pole, in a college, from a date to another."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="memberships", verbose_name="pôle")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name="structure"
    )
    college = models.ForeignKey(
        College, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="collège"
    )
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "adhésion"
        ordering = ["pole_id", "since", "pk"]
        constraints = [
            models.CheckConstraint(name="membership_in_order", condition=_IN_ORDER),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    (F("pole"), RangeOperators.EQUAL),
                    (F("organisation"), RangeOperators.EQUAL),
                    (DateSpan(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} dans {self.pole}"


class Partner(models.Model):
    """An organisation that works with the pole without being a member."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="partners", verbose_name="pôle")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="partnerships", verbose_name="structure"
    )
    kind = models.CharField("nature", max_length=10, choices=PartnerKind.choices, default=PartnerKind.OTHER)
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)

    class Meta:
        verbose_name = "partenaire"
        ordering = ["pole_id", "since", "pk"]
        constraints = [
            models.CheckConstraint(name="partner_in_order", condition=_IN_ORDER),
            ExclusionConstraint(
                name="partner_no_overlap",
                expressions=[
                    (F("pole"), RangeOperators.EQUAL),
                    (F("organisation"), RangeOperators.EQUAL),
                    (DateSpan(F("since"), F("until")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, partenaire de {self.pole}"
