"""Commitments: two named parties promise; two uses of one resource at one time are refused."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.models.agreement import Agreement
from maillage.domain.ledger.models.resource import Action, Process, Resource

# One signs promises with the text that lists them: they come, change and come back while it is a draft; afterwards as
# the last signed amendment says, word for word, and once; they end with the agreement or by an amendment. FOR SHARE
# waits for whoever is sending the draft to be signed. The lines of amendments are of a room above: only the database
# knows them here.
SIGNED_AS_THEY_ARE = """
    IF TG_OP = 'UPDATE' AND NOT (OLD.state = 'cancelled' AND NEW.state <> 'cancelled')
            AND (OLD.agreement_id, OLD.action_id, OLD.quantity, OLD.unit, OLD.during, OLD.due_on, OLD.note)
                IS NOT DISTINCT FROM
                (NEW.agreement_id, NEW.action_id, NEW.quantity, NEW.unit, NEW.during, NEW.due_on, NEW.note) THEN
        IF OLD.state <> 'cancelled' AND NEW.state = 'cancelled' AND EXISTS (
                SELECT 1 FROM agreements_agreementtext AS text
                JOIN ledger_agreement AS agreement ON agreement.id = text.agreement_id
                WHERE agreement.id = NEW.agreement_id AND agreement.state = 'active') AND NOT EXISTS (
                SELECT 1 FROM agreements_promisechange AS line
                JOIN agreements_amendment AS amends ON amends.id = line.amendment_id
                WHERE line.kind = 'end' AND line.commitment_id = NEW.id AND amends.state = 'in_force') THEN
            RAISE EXCEPTION 'a signed promise ends with its agreement, or by a signed amendment'
                USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    FOR stands IN SELECT state FROM ledger_agreement
            WHERE id = NEW.agreement_id OR (TG_OP = 'UPDATE' AND id = OLD.agreement_id) FOR SHARE LOOP
        CONTINUE WHEN stands = 'draft';
        IF stands = 'active' AND TG_OP = 'INSERT' THEN
            SELECT line.id INTO signed FROM agreements_promisechange AS line
                JOIN agreements_amendment AS amends ON amends.id = line.amendment_id
                WHERE line.kind = 'add' AND line.commitment_id IS NULL
                    AND amends.agreement_id = NEW.agreement_id AND amends.state = 'in_force'
                    AND amends.number = (SELECT max(number) FROM agreements_amendment
                        WHERE agreement_id = NEW.agreement_id AND state = 'in_force')
                    AND (line.action_id, line.provider_id, line.receiver_id, line.resource_type_id, line.resource_id,
                         line.quantity, line.unit, line.during, line.due_on, line.note) IS NOT DISTINCT FROM
                        (NEW.action_id, NEW.provider_id, NEW.receiver_id, NEW.resource_type_id, NEW.resource_id,
                         NEW.quantity, NEW.unit, NEW.during, NEW.due_on, NEW.note)
                ORDER BY line.id LIMIT 1;
            IF signed IS NOT NULL THEN
                UPDATE agreements_promisechange SET commitment_id = NEW.id WHERE id = signed;
                CONTINUE;
            END IF;
        ELSIF stands = 'active' AND OLD.state <> 'cancelled' AND EXISTS (
                SELECT 1 FROM agreements_promisechange AS line
                JOIN agreements_amendment AS amends ON amends.id = line.amendment_id
                WHERE line.kind = 'change' AND line.commitment_id = OLD.id AND NEW.id = OLD.id
                    AND amends.agreement_id = NEW.agreement_id AND amends.state = 'in_force'
                    AND OLD.agreement_id = NEW.agreement_id AND OLD.action_id = NEW.action_id
                    AND amends.number = (SELECT max(number) FROM agreements_amendment
                        WHERE agreement_id = NEW.agreement_id AND state = 'in_force')
                    AND (line.was_quantity, line.was_unit, line.was_during, line.was_due_on, line.was_note)
                        IS NOT DISTINCT FROM (OLD.quantity, OLD.unit, OLD.during, OLD.due_on, OLD.note)
                    AND (line.quantity, line.unit, line.during, line.due_on, line.note)
                        IS NOT DISTINCT FROM (NEW.quantity, NEW.unit, NEW.during, NEW.due_on, NEW.note)) THEN
            CONTINUE;
        END IF;
        RAISE EXCEPTION 'an agreement takes promises while it is a draft, or by a signed amendment'
            USING ERRCODE = '23514';
    END LOOP;
    RETURN NEW;
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Commitment(models.Model):
    """A promise: an action, a quantity or a time range, a provider, a receiver."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="commitments", verbose_name="pôle")
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, null=True, blank=True, related_name="commitments", verbose_name="accord"
    )
    process = models.ForeignKey(
        Process, models.SET_NULL, null=True, blank=True, related_name="commitments", verbose_name="projet"
    )
    action = models.ForeignKey(Action, models.PROTECT, verbose_name="action")
    provider = models.ForeignKey(
        Organisation, models.PROTECT, related_name="promises_given", verbose_name="qui donne"
    )
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="promises_received", verbose_name="qui reçoit"
    )
    resource_type = models.ForeignKey(ResourceType, models.PROTECT, verbose_name="type")
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="ressource"
    )
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("unité", max_length=12, blank=True)
    during = DateTimeRangeField("pendant", null=True, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    state = models.CharField(
        "état", max_length=9, choices=CommitmentState.choices, default=CommitmentState.PROMISED
    )
    note = models.CharField("note", max_length=300, blank=True)

    class Meta:
        verbose_name = "engagement"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(name="commitment_due", fields=["pole", "state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="commitment_state_known", condition=Q(state__in=CommitmentState.values)
            ),
            models.CheckConstraint(
                name="commitment_quantity_with_unit",
                condition=Q(quantity__isnull=True) | (Q(quantity__gt=0) & ~Q(unit="")),
            ),
            models.CheckConstraint(name="commitment_two_parties", condition=~Q(provider=F("receiver"))),
            models.CheckConstraint(
                name="commitment_says_how_much_or_when",
                condition=Q(quantity__isnull=False) | Q(during__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_range_bounded",
                condition=Q(during__isnull=True)
                | Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
            ExclusionConstraint(
                name="commitment_no_double_booking",
                expressions=[
                    (F("resource"), RangeOperators.EQUAL),
                    (F("during"), RangeOperators.OVERLAPS),
                ],
                condition=Q(action="use")
                & ~Q(state="cancelled")
                & Q(resource__isnull=False)
                & Q(during__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_as_they_are",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("stands", "text"), ("signed", "bigint")],
                func=SIGNED_AS_THEY_ARE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} → {self.receiver} : {self.resource_type}"
