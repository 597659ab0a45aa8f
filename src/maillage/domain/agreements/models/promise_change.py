"""What an amendment does to the promises of its agreement: one more, one that changes, one that ends."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.enums import PromiseChangeKind
from maillage.domain.agreements.models.amendment import Amendment
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.models import Action, Commitment, Resource

# Parties, types and things may move to another sheet when two are reunited; what was signed of them does not.
WRITTEN_IN_A_DRAFT = """
    SELECT * INTO amends FROM agreements_amendment
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.amendment_id ELSE NEW.amendment_id END;
    IF TG_OP = 'DELETE' THEN
        IF amends.state IN ('to_sign', 'in_force') THEN
            RAISE EXCEPTION 'an amendment keeps what was signed of its promises' USING ERRCODE = '23514';
        END IF;
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND
            (OLD.amendment_id, OLD.kind, OLD.action_id, OLD.quantity, OLD.unit, OLD.during, OLD.due_on, OLD.note,
             OLD.was_quantity, OLD.was_unit, OLD.was_during, OLD.was_due_on, OLD.was_note) IS NOT DISTINCT FROM
            (NEW.amendment_id, NEW.kind, NEW.action_id, NEW.quantity, NEW.unit, NEW.during, NEW.due_on, NEW.note,
             NEW.was_quantity, NEW.was_unit, NEW.was_during, NEW.was_due_on, NEW.was_note)
            AND (NEW.commitment_id IS NOT DISTINCT FROM OLD.commitment_id
                OR (OLD.commitment_id IS NULL AND NEW.kind = 'add' AND amends.state = 'in_force')) THEN
        RETURN NEW;
    END IF;
    IF amends.state <> 'draft' THEN
        RAISE EXCEPTION 'an amendment changes promises while it is a draft' USING ERRCODE = '23514';
    END IF;
    IF NEW.kind <> 'add' AND NOT EXISTS (SELECT 1 FROM ledger_commitment
            WHERE id = NEW.commitment_id AND agreement_id = amends.agreement_id) THEN
        RAISE EXCEPTION 'an amendment changes the promises of its agreement' USING ERRCODE = '23514';
    END IF;
    IF (SELECT count(*) FROM ledger_agreementparty WHERE agreement_id = amends.agreement_id
            AND organisation_id IN (NEW.provider_id, NEW.receiver_id)) < 2 THEN
        RAISE EXCEPTION 'the parties of an agreement promise' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PromiseChange(models.Model):
    """A promise as an amendment makes it; ``was_…`` is what was promised before, the same for one that ends."""

    amendment = models.ForeignKey(Amendment, models.CASCADE, related_name="promises", verbose_name="avenant")
    kind = models.CharField("ce que fait l’avenant", max_length=6, choices=PromiseChangeKind.choices)
    # The promise that an amendment adds is born when the amendment is in force.
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name="engagement"
    )
    action = models.ForeignKey(Action, models.PROTECT, related_name="+", verbose_name="action")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="qui donne")
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="qui reçoit")
    resource_type = models.ForeignKey(ResourceType, models.PROTECT, related_name="+", verbose_name="type")
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ressource"
    )
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("unité", max_length=12, blank=True)
    during = DateTimeRangeField("pendant", null=True, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    was_quantity = models.DecimalField(
        "quantité d’avant", max_digits=16, decimal_places=4, null=True, blank=True
    )
    was_unit = models.CharField("unité d’avant", max_length=12, blank=True)
    was_during = DateTimeRangeField("pendant, avant", null=True, blank=True)
    was_due_on = models.DateField("échéance d’avant", null=True, blank=True)
    was_note = models.CharField("note d’avant", max_length=300, blank=True)

    class Meta:
        verbose_name = "engagement d’un avenant"
        verbose_name_plural = "engagements des avenants"
        ordering = ["amendment_id", "pk"]
        constraints = [
            models.CheckConstraint(
                name="promise_change_kind_known", condition=Q(kind__in=PromiseChangeKind.values)
            ),
            models.CheckConstraint(
                name="promise_change_names_its_promise",
                condition=Q(kind=PromiseChangeKind.ADD) | Q(commitment__isnull=False),
            ),
            models.UniqueConstraint(name="promise_changed_once", fields=["amendment", "commitment"]),
            models.CheckConstraint(
                name="promise_change_quantity_with_unit",
                condition=Q(quantity__isnull=True) | (Q(quantity__gt=0) & ~Q(unit="")),
            ),
            models.CheckConstraint(name="promise_change_two_parties", condition=~Q(provider=F("receiver"))),
            models.CheckConstraint(
                name="promise_change_says_how_much_or_when",
                condition=Q(quantity__isnull=False) | Q(during__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_change_range_bounded",
                condition=Q(during__isnull=True)
                | Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="written_in_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("amends", "agreements_amendment%ROWTYPE")],
                func=WRITTEN_IN_A_DRAFT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.provider} → {self.receiver}, {self.resource_type}"
