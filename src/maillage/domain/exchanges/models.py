"""The intent: somebody wants or proposes something, in their own words."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Organisation, Person, Pole, Site
from maillage.domain.catalogue.models import Authorisation, ResourceType
from maillage.domain.exchanges.enums import (
    EvidenceChannel,
    IntentKind,
    IntentState,
    PeriodChoice,
    PriceKind,
    Visibility,
)
from maillage.domain.places.fields import folded
from maillage.domain.places.models import Municipality


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["folded", "document"],
)
class Intent(models.Model):
    """A need (no provider yet) or an offer (no receiver yet)."""

    kind = models.CharField("sens", max_length=5, choices=IntentKind.choices)
    pole = models.ForeignKey(Pole, models.CASCADE, related_name="intents", verbose_name="pôle")
    author = models.ForeignKey(Organisation, models.PROTECT, related_name="intents", verbose_name="structure")
    site = models.ForeignKey(
        Site, models.SET_NULL, null=True, blank=True, related_name="intents", verbose_name="site"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="intents", verbose_name="commune"
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    resource_type = models.ForeignKey(
        ResourceType, models.PROTECT, null=True, blank=True, related_name="intents", verbose_name="type"
    )
    title = models.CharField("titre", max_length=200)
    words = models.TextField("avec les mots de la personne", blank=True)
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4, null=True, blank=True)
    minimum = models.DecimalField("minimum", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("unité", max_length=12, blank=True)
    period = models.CharField(
        "fréquence", max_length=7, choices=PeriodChoice.choices, default=PeriodChoice.ONCE
    )
    available_from = models.DateField("à partir du", null=True, blank=True)
    available_until = models.DateField("jusqu’au", null=True, blank=True)
    weekly = models.JSONField("créneaux de la semaine", default=list, blank=True)
    seasonality = ArrayField(
        models.PositiveSmallIntegerField(), size=12, default=list, blank=True, verbose_name="mois"
    )
    reach_km = models.PositiveIntegerField("distance acceptée (km)", null=True, blank=True)
    price_kind = models.CharField(
        "en échange", max_length=6, choices=PriceKind.choices, default=PriceKind.UNSAID
    )
    price = models.DecimalField("prix (€)", max_digits=12, decimal_places=2, null=True, blank=True)
    conditions = models.TextField("conditions", blank=True)
    qualities = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name="qualités")
    holds = models.ManyToManyField(
        Authorisation, blank=True, related_name="held_by", verbose_name="autorisations détenues"
    )
    requires = models.ManyToManyField(
        Authorisation, blank=True, related_name="required_by", verbose_name="autorisations exigées"
    )
    visibility = models.CharField(
        "visible par", max_length=12, choices=Visibility.choices, default=Visibility.MEMBERS
    )
    state = models.CharField("état", max_length=9, choices=IntentState.choices, default=IntentState.OPEN)
    said_on = models.DateField("dit le")
    confirmed_on = models.DateField("confirmé le")
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="noté par"
    )
    source = models.CharField("origine", max_length=60, blank=True)
    source_id = models.CharField("identifiant d’origine", max_length=100, blank=True)
    folded = folded("title")
    document = models.GeneratedField(
        expression=SearchVector("title", "words", config="french"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = "besoin ou offre"
        verbose_name_plural = "besoins et offres"
        ordering = ["-confirmed_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="intent_titled", condition=~Q(title="")),
            models.CheckConstraint(name="intent_kind_known", condition=Q(kind__in=IntentKind.values)),
            models.CheckConstraint(name="intent_state_known", condition=Q(state__in=IntentState.values)),
            models.CheckConstraint(
                name="intent_visibility_known", condition=Q(visibility__in=Visibility.values)
            ),
            models.CheckConstraint(
                name="intent_quantity_with_unit",
                condition=Q(quantity__isnull=True) | (Q(quantity__gt=0) & ~Q(unit="")),
            ),
            models.CheckConstraint(
                name="intent_minimum_below_quantity",
                condition=Q(minimum__isnull=True)
                | (Q(minimum__gt=0, quantity__isnull=False) & Q(minimum__lte=F("quantity"))),
            ),
            models.CheckConstraint(
                name="intent_dates_in_order",
                condition=Q(available_from__isnull=True)
                | Q(available_until__isnull=True)
                | Q(available_until__gte=F("available_from")),
            ),
            models.CheckConstraint(
                name="intent_price_only_when_paid",
                condition=Q(price__isnull=True) | (Q(price__gte=0) & Q(price_kind__in=["paid", "cost"])),
            ),
            models.CheckConstraint(
                name="intent_months_twelve", condition=Q(seasonality__len=0) | Q(seasonality__len=12)
            ),
            models.CheckConstraint(
                name="intent_point_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.UniqueConstraint(
                name="intent_source_once",
                fields=["pole", "kind", "source", "source_id"],
                condition=~Q(source_id=""),
            ),
        ]
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="intent_folded_trgm"),
            GinIndex(fields=["document"], name="intent_document"),
            models.Index(fields=["pole", "state", "kind"], name="intent_desk"),
            models.Index(fields=["pole", "-confirmed_on", "-id"], name="intent_freshest"),
            models.Index(fields=["pole", "-said_on", "-id"], name="intent_latest"),
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """Who said it, where, when, and how many people are concerned."""

    intent = models.ForeignKey(
        Intent, models.CASCADE, related_name="evidence", verbose_name="besoin ou offre"
    )
    said_by = models.CharField("dit par", max_length=200, blank=True)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="personne"
    )
    channel = models.CharField(
        "comment", max_length=10, choices=EvidenceChannel.choices, default=EvidenceChannel.OTHER
    )
    place = models.CharField("où", max_length=200, blank=True)
    on = models.DateField("le")
    people_concerned = models.PositiveIntegerField("personnes concernées", null=True, blank=True)
    words = models.TextField("mots", blank=True)

    class Meta:
        verbose_name = "preuve"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.said_by or 'Sans nom'}, {self.on}"


class Support(models.Model):
    """Another organisation says that it shares the need, or backs the offer."""

    intent = models.ForeignKey(
        Intent, models.CASCADE, related_name="supports", verbose_name="besoin ou offre"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="supports", verbose_name="structure"
    )
    on = models.DateField("le")
    people_concerned = models.PositiveIntegerField("personnes concernées", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)

    class Meta:
        verbose_name = "soutien"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(name="support_once", fields=["intent", "organisation"])]

    def __str__(self) -> str:
        return f"{self.organisation} soutient {self.intent}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Disclosure(models.Model):
    """Both sides said yes: what was hidden is whole for those who speak for this organisation, and them alone."""

    intent = models.ForeignKey(
        Intent, models.CASCADE, related_name="disclosures", verbose_name="besoin ou offre"
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="disclosures", verbose_name="révélé à"
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "révélation"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(name="disclosure_once", fields=["intent", "organisation"])]

    def __str__(self) -> str:
        return f"{self.intent_id} révélé à {self.organisation_id}"


class StateChange(models.Model):
    """A line of the history of an intent's state."""

    intent = models.ForeignKey(
        Intent, models.CASCADE, related_name="state_changes", verbose_name="besoin ou offre"
    )
    starts = models.CharField("de", max_length=9, choices=IntentState.choices, blank=True)
    ends = models.CharField("à", max_length=9, choices=IntentState.choices)
    at = models.DateTimeField("le")
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, verbose_name="par")
    reason = models.CharField("raison", max_length=300, blank=True)

    class Meta:
        verbose_name = "changement d’état"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.starts or '·'} → {self.ends}"


class IntentMerge(models.Model):
    """The same need said by several became one: which was kept, which was absorbed, and the lines that moved."""

    kept = models.ForeignKey(Intent, models.PROTECT, related_name="merges", verbose_name="gardé")
    absorbed = models.OneToOneField(
        Intent, models.PROTECT, related_name="absorption", verbose_name="réuni au premier"
    )
    at = models.DateTimeField("le")
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    moved = models.JSONField("lignes déplacées", default=dict)

    class Meta:
        verbose_name = "réunion de besoins"
        verbose_name_plural = "réunions de besoins"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="intent_merge_of_two", condition=~Q(kept=F("absorbed"))),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class TwinDismissal(models.Model):
    """Two needs, or two offers, that look alike and are not the same: who said it, and when."""

    first = models.ForeignKey(Intent, models.CASCADE, related_name="+", verbose_name="premier")
    second = models.ForeignKey(Intent, models.CASCADE, related_name="+", verbose_name="second")
    at = models.DateTimeField("le")
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "jumeaux écartés"
        verbose_name_plural = "jumeaux écartés"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="twins_dismissed_once", fields=["first", "second"]),
            models.CheckConstraint(name="twins_dismissed_ordered", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
