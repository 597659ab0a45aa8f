"""Agreements: who promised what to whom, under which terms."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.places.fields import Fold

ALL_SAID_YES = """
    IF (SELECT count(*) < 2 OR count(*) > count(consented_on) FROM ledger_agreementparty
            WHERE agreement_id = NEW.id) THEN
        RAISE EXCEPTION 'an agreement runs when every party, two at least, said yes' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""
KEEPS_ITS_YES = """
    IF NEW.consented_on IS NULL AND EXISTS (
            SELECT 1 FROM ledger_agreement WHERE id = NEW.agreement_id AND state = 'active') THEN
        RAISE EXCEPTION 'every party of a running agreement said yes' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Agreement(models.Model):
    """A set of commitments between named parties."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="agreements", verbose_name="pôle")
    title = models.CharField("titre", max_length=200)
    state = models.CharField(
        "état", max_length=9, choices=AgreementState.choices, default=AgreementState.DRAFT
    )
    starts_on = models.DateField("à partir du", null=True, blank=True)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)
    conditions = models.TextField("conditions", blank=True)
    need = models.ForeignKey(
        Intent,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreements_as_need",
        verbose_name="besoin",
    )
    offer = models.ForeignKey(
        Intent,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreements_as_offer",
        verbose_name="offre",
    )

    class Meta:
        verbose_name = "accord"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="agreement_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="agreement_state_known", condition=Q(state__in=AgreementState.values)
            ),
            models.CheckConstraint(
                name="agreement_in_order",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="agreement_active_is_dated", condition=~Q(state="active") | Q(starts_on__isnull=False)
            ),
        ]
        indexes = [GinIndex(OpClass(Fold(F("title")), "gin_trgm_ops"), name="agreement_title_trgm")]
        triggers = [
            pgtrigger.Trigger(
                name="all_said_yes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="active"),
                func=ALL_SAID_YES,
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """One party of an agreement, and when it consented."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties", verbose_name="accord")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreement_parties", verbose_name="structure"
    )
    consented_on = models.DateField("a dit oui le", null=True, blank=True)

    class Meta:
        verbose_name = "partie"
        ordering = ["agreement_id", "pk"]
        constraints = [models.UniqueConstraint(name="party_once", fields=["agreement", "organisation"])]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_its_yes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=KEEPS_ITS_YES,
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
