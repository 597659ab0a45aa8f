"""Actions, concrete resources and the processes they enter."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import ProcessStage, ResourceEffect

ONLY_EVENTS = """
    RAISE EXCEPTION 'only an event moves the stock of a resource' USING ERRCODE = '23514';
"""
ONE_UNIT = """
    IF EXISTS (SELECT 1 FROM ledger_economicevent WHERE resource_id = NEW.id) THEN
        RAISE EXCEPTION 'a resource that has events keeps its unit' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


class Action(models.Model):
    """A verb of the ledger (Valueflows): its row says what it does to the resource's quantity."""

    code = models.SlugField("code", max_length=30, primary_key=True)
    label = models.CharField("libellé", max_length=80)
    effect = models.CharField("effet", max_length=9, choices=ResourceEffect.choices)
    is_use = models.BooleanField("occupe la ressource", default=False)
    dimensions = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        verbose_name="grandeurs",
        help_text="Vide : la grandeur du type de ressource.",
    )

    class Meta:
        verbose_name = "action"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="action_effect_known", condition=Q(effect__in=ResourceEffect.values)),
            # Bookings are guarded by an exclusion constraint that names this code.
            models.CheckConstraint(
                name="action_only_use_occupies",
                condition=Q(code="use", is_use=True) | (~Q(code="use") & Q(is_use=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Resource(models.Model):
    """One concrete thing: this van, that room, that heap. Its stock is the sum of its events, never negative."""

    name = models.CharField("nom", max_length=200)
    resource_type = models.ForeignKey(
        ResourceType, models.PROTECT, related_name="resources", verbose_name="type"
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="resources", verbose_name="détenue par"
    )
    unit = models.CharField("unité", max_length=12)
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4, default=0)
    bookable = models.BooleanField("se réserve", default=False)

    class Meta:
        verbose_name = "ressource"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="resource_never_negative", condition=Q(quantity__gte=0)),
            models.CheckConstraint(name="resource_has_unit", condition=~Q(unit="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="born_empty",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition("NEW.quantity <> 0"),
                func=ONLY_EVENTS,
            ),
            pgtrigger.Trigger(
                name="only_events_move",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("quantity"),  # type: ignore[no-untyped-call]  # pgtrigger has no types
                condition=pgtrigger.Condition(
                    "OLD.quantity IS DISTINCT FROM NEW.quantity AND pg_trigger_depth() = 0"
                ),
                func=ONLY_EVENTS,
            ),
            pgtrigger.Trigger(
                name="one_unit",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("unit"),  # type: ignore[no-untyped-call]  # pgtrigger has no types
                condition=pgtrigger.Condition("OLD.unit IS DISTINCT FROM NEW.unit"),
                func=ONE_UNIT,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Process(models.Model):
    """A project, a working group, a trial: its inputs and outputs are commitments and events."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="processes", verbose_name="pôle")
    name = models.CharField("nom", max_length=200)
    stage = models.CharField("stade", max_length=11, choices=ProcessStage.choices, default=ProcessStage.IDEA)
    lead = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="processes",
        verbose_name="portée par",
    )
    needs = models.ManyToManyField(Intent, blank=True, related_name="processes", verbose_name="besoins")
    since = models.DateField("depuis le")
    until = models.DateField("jusqu’au", null=True, blank=True)
    stop_reason = models.CharField("raison de l’arrêt", max_length=300, blank=True)

    class Meta:
        verbose_name = "projet"
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="process_in_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="process_stop_has_reason", condition=~Q(stage="stopped") | ~Q(stop_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.name
