"""Runs of the engine, what they propose, what people decide."""

import pghistory
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import (
    DecisionKind,
    LearningOutcome,
    RunMethod,
    RunStatus,
    SetAsideReason,
    Verdict,
)


class MatchingRun(models.Model):
    """One solving of one pole's problem; replayed from its problem file without Django."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="runs", verbose_name="pôle")
    status = models.CharField("état", max_length=9, choices=RunStatus.choices, default=RunStatus.WAITING)
    method = models.CharField("méthode", max_length=20, choices=RunMethod.choices, default=RunMethod.SEARCH)
    parameters = models.JSONField("paramètres", default=dict)
    seed = models.PositiveIntegerField("graine", default=0)
    engine_version = models.CharField("version du moteur", max_length=40, blank=True)
    encoder_build = models.CharField("encodeur", max_length=60, blank=True)
    input_digest = models.CharField("empreinte du problème", max_length=64, blank=True)
    problem = models.BinaryField("problème (JSON compressé)", null=True, blank=True)
    certificate = models.JSONField("certificat", default=dict, blank=True)
    objective = models.FloatField("valeur atteinte", null=True, blank=True)
    bound = models.FloatField("borne", null=True, blank=True)
    gap = models.FloatField("écart", null=True, blank=True)
    needs = models.PositiveIntegerField("besoins", default=0)
    offers = models.PositiveIntegerField("offres", default=0)
    refusals = models.JSONField("refus par raison", default=dict, blank=True)
    unanswered = models.JSONField(
        "sans réponse",
        default=dict,
        blank=True,
        help_text="Par intention : l’obstacle le plus proche de céder.",
    )
    result = models.JSONField(
        "résultat",
        default=dict,
        blank=True,
        help_text="Tout sauf les pistes : lignes, raisons, alternatives ; structures et besoins par leur numéro.",
    )
    asked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le")
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    duration_ms = models.PositiveIntegerField("durée (ms)", null=True, blank=True)

    class Meta:
        verbose_name = "calcul"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="run_method_known", condition=Q(method__in=RunMethod.values)),
            models.CheckConstraint(name="run_status_known", condition=Q(status__in=RunStatus.values)),
            models.CheckConstraint(
                name="run_done_is_certified",
                condition=~Q(status="done") | (~Q(input_digest="") & Q(finished_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pole} {self.asked_at:%d/%m/%Y %H:%M}"


class Proposal(models.Model):
    """A need and an offer that the engine found to fit, with the score and its reasons."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="proposals", verbose_name="calcul")
    need = models.ForeignKey(Intent, models.CASCADE, related_name="proposals_as_need", verbose_name="besoin")
    offer = models.ForeignKey(Intent, models.CASCADE, related_name="proposals_as_offer", verbose_name="offre")
    rank_for_need = models.PositiveSmallIntegerField("rang pour le besoin", null=True)
    rank_for_offer = models.PositiveSmallIntegerField("rang pour l’offre", null=True)
    score = models.PositiveIntegerField("score")
    verdict = models.CharField("accord", max_length=10, choices=Verdict.choices)
    criteria = models.JSONField("critères", default=dict)
    facts = models.JSONField("faits", default=dict)
    reasons = models.JSONField("raisons", default=list)

    class Meta:
        verbose_name = "piste"
        ordering = ["run_id", "need_id", "rank_for_need", "offer_id"]
        constraints = [
            models.UniqueConstraint(name="proposal_once", fields=["run", "need", "offer"]),
            models.CheckConstraint(name="proposal_two_sides", condition=~Q(need=F("offer"))),
            models.CheckConstraint(
                name="proposal_ranked",
                condition=Q(rank_for_need__isnull=False) | Q(rank_for_offer__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} – {self.offer_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Decision(models.Model):
    """What the pole decided of a pair: kept for follow-up, or set aside with its reason."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="decisions", verbose_name="pôle")
    need = models.ForeignKey(Intent, models.CASCADE, related_name="decisions_as_need", verbose_name="besoin")
    offer = models.ForeignKey(Intent, models.CASCADE, related_name="decisions_as_offer", verbose_name="offre")
    kind = models.CharField("décision", max_length=9, choices=DecisionKind.choices)
    reason = models.CharField("raison", max_length=13, choices=SetAsideReason.choices, blank=True)
    words = models.CharField("précision", max_length=500, blank=True)
    at = models.DateTimeField("le")
    by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, verbose_name="par")
    score = models.PositiveIntegerField("score au moment de décider", null=True, blank=True)
    criteria = models.JSONField("critères au moment de décider", default=dict, blank=True)

    class Meta:
        verbose_name = "décision"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="decision_once", fields=["need", "offer"]),
            models.CheckConstraint(
                name="decision_aside_has_reason",
                condition=(Q(kind="set_aside") & ~Q(reason="")) | (Q(kind="accepted") & Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} – {self.offer_id} : {self.get_kind_display()}"


class LearnedWeights(models.Model):
    """What a pole's decisions taught on a day: the last one tells the weights of the searches to come."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="learned_weights", verbose_name="pôle")
    at = models.DateTimeField("le")
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )
    outcome = models.CharField("ce que cela a donné", max_length=9, choices=LearningOutcome.choices)
    decisions = models.PositiveIntegerField("décisions lues")
    weights = models.JSONField("poids", help_text="Par critère ; leur somme fait 1000.")
    shared = models.JSONField("poids communs aux pôles", default=dict, blank=True)
    replay = models.JSONField("rejeu avant et après", default=dict, blank=True)
    export = models.JSONField("export", default=dict, blank=True)
    certificate = models.JSONField("certificat", default=dict, blank=True)

    class Meta:
        verbose_name = "apprentissage"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="learned_outcome_known", condition=Q(outcome__in=LearningOutcome.values)
            ),
            models.CheckConstraint(
                name="learned_from_enough", condition=~Q(outcome="learned") | Q(decisions__gte=50)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pole} {self.at:%d/%m/%Y} : {self.get_outcome_display()}"
