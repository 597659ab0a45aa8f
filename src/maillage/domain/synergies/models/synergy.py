"""The synergy: who could do what together, and how far it has come."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Pole
from maillage.domain.exchanges.enums import PeriodChoice
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.models import Agreement
from maillage.domain.matching.models import Decision, MatchingRun
from maillage.domain.synergies.enums import ClosingReason, SynergyOrigin, SynergyState
from maillage.domain.synergies.models.promises import WHEN_A_LINE_CHANGES, WHEN_HELD
from maillage.domain.synergies.states import OPEN, STOPPED, steps


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Synergy(models.Model):
    """Needs and offers that could meet, the structures concerned, and what to do next."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="synergies", verbose_name="pôle")
    title = models.CharField("titre", max_length=200)
    state = models.CharField(
        "état", max_length=10, choices=SynergyState.choices, default=SynergyState.DETECTED
    )
    origin = models.CharField(
        "origine", max_length=6, choices=SynergyOrigin.choices, default=SynergyOrigin.HAND
    )
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, blank=True, related_name="synergies", verbose_name="piste"
    )
    run = models.ForeignKey(
        MatchingRun, models.SET_NULL, null=True, blank=True, related_name="synergies", verbose_name="calcul"
    )
    run_part = models.PositiveSmallIntegerField("réponse du calcul", null=True, blank=True)
    owner = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="synergies", verbose_name="suivie par"
    )
    next_step = models.CharField("prochaine étape", max_length=300, blank=True)
    due_on = models.DateField("pour le", null=True, blank=True)
    reason = models.CharField("raison", max_length=8, choices=ClosingReason.choices, blank=True)
    words = models.CharField("précision", max_length=500, blank=True)
    agreement = models.OneToOneField(
        Agreement, models.SET_NULL, null=True, blank=True, related_name="synergy", verbose_name="accord"
    )
    created_at = models.DateTimeField("notée le")
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="notée par"
    )
    moved_at = models.DateTimeField("dans cet état depuis")

    class Meta:
        verbose_name = "synergie"
        ordering = ["due_on", "-moved_at", "pk"]
        constraints = [
            models.CheckConstraint(name="synergy_titled", condition=~Q(title="")),
            models.CheckConstraint(name="synergy_state_known", condition=Q(state__in=SynergyState.values)),
            models.CheckConstraint(name="synergy_origin_known", condition=Q(origin__in=SynergyOrigin.values)),
            models.CheckConstraint(
                name="synergy_stop_has_reason",
                condition=(Q(state__in=STOPPED) & Q(reason__in=ClosingReason.values))
                | (~Q(state__in=STOPPED) & Q(reason="", words="")),
            ),
            models.UniqueConstraint(
                name="synergy_pair_once", fields=["decision"], condition=Q(state__in=OPEN)
            ),
            models.UniqueConstraint(
                name="synergy_answer_once", fields=["run", "run_part"], condition=Q(state__in=OPEN)
            ),
        ]
        indexes = [models.Index(fields=["pole", "state"], name="synergy_board")]
        triggers = [pgtrigger.FSM(name="moves", field="state", transitions=steps()), WHEN_HELD]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class SynergyLine(models.Model):
    """One need or one offer of a synergy, and how much of it."""

    synergy = models.ForeignKey(Synergy, models.CASCADE, related_name="lines", verbose_name="synergie")
    intent = models.ForeignKey(
        Intent, models.PROTECT, related_name="synergy_lines", verbose_name="besoin ou offre"
    )
    quantity = models.DecimalField("quantité", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("unité", max_length=12, blank=True)
    period = models.CharField(
        "fréquence", max_length=7, choices=PeriodChoice.choices, default=PeriodChoice.ONCE
    )

    class Meta:
        verbose_name = "ligne de synergie"
        verbose_name_plural = "lignes de synergie"
        ordering = ["synergy_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="synergy_line_once", fields=["synergy", "intent"]),
            models.CheckConstraint(
                name="synergy_line_quantity_with_unit",
                condition=Q(quantity__isnull=True) | (Q(quantity__gt=0) & ~Q(unit="")),
            ),
        ]
        triggers = [WHEN_A_LINE_CHANGES]

    def __str__(self) -> str:
        return f"{self.synergy_id} – {self.intent_id}"


class SynergyChange(models.Model):
    """A line of the history of a synergy's state: who, when, why."""

    synergy = models.ForeignKey(Synergy, models.CASCADE, related_name="changes", verbose_name="synergie")
    verb = models.CharField("geste", max_length=10)
    starts = models.CharField("de", max_length=10, choices=SynergyState.choices, blank=True)
    ends = models.CharField("à", max_length=10, choices=SynergyState.choices)
    at = models.DateTimeField("le")
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    reason = models.CharField("raison", max_length=8, choices=ClosingReason.choices, blank=True)
    words = models.CharField("précision", max_length=500, blank=True)

    class Meta:
        verbose_name = "changement d’état de synergie"
        verbose_name_plural = "changements d’état de synergie"
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.UpdateOf("verb", "starts", "ends", "at", "reason", "words"),  # type: ignore[no-untyped-call]  # pgtrigger has no types
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts or '·'} → {self.ends}"
