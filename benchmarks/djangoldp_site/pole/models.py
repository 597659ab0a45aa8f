"""Structures, needs and offers, agreements and facts: the fields that our lists show, read by anybody.

Where our lists name the structures, the links are unfolded by one step (``depth``), so that names are there too.
"""

from django.db import models
from djangoldp.models import Model
from djangoldp.permissions import ReadOnly


class Organisation(Model):
    """A structure."""

    name = models.CharField(max_length=200)
    family = models.CharField(max_length=10)
    legal_form = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    website = models.URLField(blank=True)

    class Meta(Model.Meta):
        container_path = "organisations/"
        rdf_type = "vf:Agent"
        permission_classes = [ReadOnly]
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="organisation_named")]
        serializer_fields = ["@id", "name", "family", "legal_form", "town", "description", "website"]


class Intent(Model):
    """A need or an offer."""

    kind = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    author = models.ForeignKey(Organisation, models.PROTECT, related_name="intents")
    resource_type = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=120, blank=True)
    quantity = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    period = models.CharField(max_length=7)
    state = models.CharField(max_length=9)
    confirmed_on = models.DateField()

    class Meta(Model.Meta):
        container_path = "intents/"
        rdf_type = "vf:Intent"
        depth = 1
        permission_classes = [ReadOnly]
        ordering = ["-confirmed_on", "-pk"]
        indexes = [models.Index(fields=["-confirmed_on", "-id"], name="intent_freshest")]
        serializer_fields = [
            *("@id", "kind", "title", "words", "author", "resource_type", "town", "quantity", "unit"),
            *("period", "state", "confirmed_on"),
        ]


class Agreement(Model):
    """An agreement and its parties."""

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=9)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    conditions = models.TextField(blank=True)
    parties = models.ManyToManyField(Organisation, related_name="agreements")

    class Meta(Model.Meta):
        container_path = "agreements/"
        rdf_type = "vf:Agreement"
        depth = 1
        permission_classes = [ReadOnly]
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["-starts_on", "-id"], name="agreement_latest")]
        serializer_fields = ["@id", "title", "state", "starts_on", "ends_on", "conditions", "parties"]


class EconomicEvent(Model):
    """A fact."""

    action = models.CharField(max_length=30)
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="given")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="received")
    resource_type = models.CharField(max_length=200)
    quantity = models.DecimalField(max_digits=16, decimal_places=4)
    unit = models.CharField(max_length=12)
    happened_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta(Model.Meta):
        container_path = "events/"
        rdf_type = "vf:EconomicEvent"
        depth = 1
        permission_classes = [ReadOnly]
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["-happened_on", "-id"], name="event_recent")]
        serializer_fields = [
            *("@id", "action", "provider", "receiver", "resource_type", "quantity", "unit"),
            *("happened_on", "note"),
        ]
