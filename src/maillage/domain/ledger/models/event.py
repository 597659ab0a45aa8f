"""Economic events: it happened, here is the proof. A row is never changed; an error is corrected by a new one."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.enums import SOLO_ACTIONS, EventSource, EvidenceKind
from maillage.domain.ledger.models.commitment import Commitment
from maillage.domain.ledger.models.label import RecordingLabel
from maillage.domain.ledger.models.resource import Action, Process, Resource

# PostgreSQL sorts "NaN" above every number: this bound keeps it out.
TOO_MUCH = 10**12

# A correction gives back what the corrected event took (or the reverse) and takes what is right in one step, so that
# the stock is judged on the result only.
MOVE_STOCK = """
    SELECT CASE effect WHEN 'increment' THEN 1 WHEN 'decrement' THEN -1 ELSE 0 END * NEW.quantity
        INTO moved FROM ledger_action WHERE code = NEW.action_id;
    IF NEW.corrects_id IS NOT NULL THEN
        SELECT * INTO previous FROM ledger_economicevent WHERE id = NEW.corrects_id;
        IF previous.pole_id <> NEW.pole_id THEN
            RAISE EXCEPTION 'a correction stays in the pole of the event it corrects' USING ERRCODE = '23514';
        END IF;
        SELECT CASE effect WHEN 'increment' THEN 1 WHEN 'decrement' THEN -1 ELSE 0 END * previous.quantity
            INTO given_back FROM ledger_action WHERE code = previous.action_id;
        IF previous.resource_id IS NOT DISTINCT FROM NEW.resource_id THEN
            moved_back := given_back;
        ELSIF previous.resource_id IS NOT NULL THEN
            UPDATE ledger_resource SET quantity = quantity - given_back WHERE id = previous.resource_id;
        END IF;
    END IF;
    IF NEW.resource_id IS NOT NULL THEN
        UPDATE ledger_resource SET quantity = quantity + moved - moved_back
            WHERE id = NEW.resource_id AND (moved = 0 OR unit = NEW.unit);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'an event counts in the unit of its resource' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NULL;
"""


class EconomicEvent(models.Model):
    """Something that happened, with its quantity in the unit it was measured in.

    A correction names the event it cancels (``corrects``) and repeats what is right: sums skip the corrected one.
    """

    pole = models.ForeignKey(Pole, models.PROTECT, related_name="events", verbose_name="pôle")
    action = models.ForeignKey(Action, models.PROTECT, verbose_name="action")
    provider = models.ForeignKey(
        Organisation, models.PROTECT, related_name="events_given", verbose_name="qui donne"
    )
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="events_received", verbose_name="qui reçoit"
    )
    resource_type = models.ForeignKey(ResourceType, models.PROTECT, verbose_name="type")
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="ressource"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="engagement"
    )
    process = models.ForeignKey(
        Process, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="projet"
    )
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4)
    unit = models.CharField("unité", max_length=12)
    happened_on = models.DateField("le")
    recorded_at = models.DateTimeField("noté le")
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, verbose_name="noté par")
    evidence_kind = models.CharField(
        "preuve", max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.STATEMENT
    )
    evidence = models.CharField("référence de la preuve", max_length=300, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name="corrige"
    )

    source = models.CharField(
        "venu par", max_length=10, choices=EventSource.choices, default=EventSource.SITE
    )
    label = models.ForeignKey(
        RecordingLabel, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="étiquette"
    )
    told_by = models.CharField("dit par", max_length=100, blank=True)
    key = models.CharField(  # noqa: DJ001 - facts without a key stand aside from the uniqueness
        "clé d’envoi",
        max_length=150,
        null=True,
        blank=True,
        help_text="Le même envoi deux fois donne un seul fait.",
    )

    class Meta:
        verbose_name = "fait"
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(name="event_recent", fields=["pole", "-happened_on", "-id"])]
        constraints = [
            models.UniqueConstraint(name="event_key_once", fields=["pole", "key"]),
            models.CheckConstraint(
                name="event_source_known", condition=Q(source__in=EventSource.values) & ~Q(key="")
            ),
            models.CheckConstraint(
                name="event_label_says_who",
                condition=(Q(source="label") & Q(label__isnull=False) & ~Q(told_by=""))
                | (~Q(source="label") & Q(label__isnull=True)),
            ),
            models.CheckConstraint(name="event_quantity_not_negative", condition=Q(quantity__gte=0)),
            models.CheckConstraint(
                name="event_zero_only_corrects", condition=Q(quantity__gt=0) | Q(corrects__isnull=False)
            ),
            models.CheckConstraint(name="event_has_unit", condition=~Q(unit="")),
            models.CheckConstraint(name="event_quantity_counts", condition=Q(quantity__lt=TOO_MUCH)),
            models.CheckConstraint(
                name="event_two_parties",
                condition=~Q(provider=F("receiver")) | Q(action__in=SOLO_ACTIONS),
            ),
            models.CheckConstraint(name="event_not_its_own_correction", condition=~Q(corrects=F("id"))),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="moves_stock",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[
                    ("moved", "numeric"),
                    ("given_back", "numeric"),
                    ("moved_back", "numeric := 0"),
                    ("previous", "ledger_economicevent%ROWTYPE"),
                ],
                func=MOVE_STOCK,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} : {self.provider} → {self.receiver}"
