"""Amendments (avenants): numbered, dated, what changed before and after; the earlier text stays."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account
from maillage.domain.agreements.enums import OPEN_AMENDMENT, AmendmentState
from maillage.domain.ledger.models import Agreement

ALL_SAID_YES = """
    SELECT id INTO latest FROM agreements_agreementtext WHERE amendment_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF latest IS NULL OR EXISTS (SELECT 1 FROM ledger_agreementparty AS party
            WHERE party.agreement_id = NEW.agreement_id AND NOT EXISTS (SELECT 1 FROM agreements_consent AS consent
                WHERE consent.text_id = latest AND consent.organisation_id = party.organisation_id)) THEN
        RAISE EXCEPTION 'an amendment holds when every party said yes' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


STAYS_IN_FORCE = """
    RAISE EXCEPTION 'an amendment that is in force stays so' USING ERRCODE = '23514';
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Amendment(models.Model):
    """A change to a running agreement, with its own text and its own yes of every party."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="amendments", verbose_name="accord")
    number = models.PositiveSmallIntegerField("numéro")
    reason = models.TextField("pourquoi", blank=True)
    # {field: {"label", "before", "after"}}, as words; ``dates`` and ``values`` are what will be written.
    changes = models.JSONField("ce qui change", default=dict)
    state = models.CharField(
        "état", max_length=9, choices=AmendmentState.choices, default=AmendmentState.DRAFT
    )
    starts_on = models.DateField("s’applique à partir du")
    opened_at = models.DateTimeField("ouvert le")
    opened_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ouvert par"
    )

    class Meta:
        verbose_name = "avenant"
        ordering = ["agreement_id", "number"]
        constraints = [
            models.UniqueConstraint(name="amendment_numbered_once", fields=["agreement", "number"]),
            models.UniqueConstraint(
                name="amendment_one_open", fields=["agreement"], condition=Q(state__in=OPEN_AMENDMENT)
            ),
            models.CheckConstraint(
                name="amendment_state_known", condition=Q(state__in=AmendmentState.values)
            ),
            models.CheckConstraint(name="amendment_counted", condition=Q(number__gt=0)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="all_said_yes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="in_force"),
                declare=[("latest", "bigint")],
                func=ALL_SAID_YES,
            ),
            pgtrigger.Trigger(
                name="stays_in_force",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="in_force") & ~pgtrigger.Q(new__state="in_force"),
                func=STAYS_IN_FORCE,
            ),
        ]

    def __str__(self) -> str:
        return f"Avenant n° {self.number}"

    @property
    def paper(self) -> str:
        """How the address of its document names it."""
        return f"avenant-{self.number}"
