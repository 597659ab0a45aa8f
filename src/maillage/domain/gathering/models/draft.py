"""The draft: a need or an offer heard somewhere, before it is noted, joined to another, or set aside."""

import pghistory
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind
from maillage.domain.exchanges.models import Evidence, Intent
from maillage.domain.gathering.enums import AsideReason, DraftState
from maillage.domain.gathering.models.campaign import Answer
from maillage.domain.gathering.models.inbox import ReceivedMail
from maillage.domain.gathering.models.interview import Interview
from maillage.domain.gathering.models.workshop import Card
from maillage.domain.places.models import Municipality

ORIGINS = ("card", "answer", "mail", "interview")


def _one_origin() -> Q:
    """Return the condition: exactly one of the origins is given."""
    condition = Q(pk__in=[])
    for kept in ORIGINS:
        condition |= Q(**{f"{one}__isnull": one != kept for one in ORIGINS})
    return condition


@pghistory.track(
    pghistory.UpdateEvent(),
    fields=["state", "reason", "intent", "decided_by", "decided_at"],
)
class Draft(models.Model):
    """What was heard, by whom it seems, from where; exactly one origin."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="drafts", verbose_name="pôle")
    kind = models.CharField("sens", max_length=5, choices=IntentKind.choices)
    title = models.CharField("titre", max_length=200)
    words = models.TextField("avec les mots de la personne", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    organisation_name = models.CharField("structure dite", max_length=200, blank=True)
    said_by = models.CharField("dit par", max_length=200, blank=True)
    email = models.EmailField("courriel", blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    resource_type = models.ForeignKey(
        ResourceType, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="type"
    )
    people_concerned = models.PositiveIntegerField("personnes concernées", null=True, blank=True)
    votes = models.PositiveIntegerField("votes", default=0)
    channel = models.CharField("comment", max_length=10, choices=EvidenceChannel.choices)
    place = models.CharField("occasion", max_length=200, blank=True)
    said_on = models.DateField("dit le")
    card = models.OneToOneField(
        Card, models.CASCADE, null=True, blank=True, related_name="draft", verbose_name="carte"
    )
    answer = models.ForeignKey(
        Answer, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name="réponse"
    )
    mail = models.OneToOneField(
        ReceivedMail, models.CASCADE, null=True, blank=True, related_name="draft", verbose_name="courriel"
    )
    interview = models.ForeignKey(
        Interview, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name="entretien"
    )
    state = models.CharField("état", max_length=8, choices=DraftState.choices, default=DraftState.WAITING)
    reason = models.CharField("raison", max_length=9, choices=AsideReason.choices, blank=True)
    reason_words = models.CharField("précision", max_length=300, blank=True)
    intent = models.ForeignKey(
        Intent,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="gathered_from",
        verbose_name="besoin ou offre",
    )
    evidence = models.OneToOneField(
        Evidence, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="preuve"
    )
    decided_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="relu par"
    )
    decided_at = models.DateTimeField("relu le", null=True, blank=True)

    class Meta:
        verbose_name = "brouillon"
        ordering = ["-votes", "-said_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="draft_titled", condition=~Q(title="")),
            models.CheckConstraint(name="draft_kind_known", condition=Q(kind__in=IntentKind.values)),
            models.CheckConstraint(name="draft_state_known", condition=Q(state__in=DraftState.values)),
            models.CheckConstraint(name="draft_one_origin", condition=_one_origin()),
            models.CheckConstraint(
                name="draft_kept_in_an_intent",
                condition=Q(state__in=["accepted", "merged"], intent__isnull=False)
                | Q(state__in=["waiting", "aside"], intent__isnull=True),
            ),
            models.CheckConstraint(
                name="draft_aside_with_reason",
                condition=(Q(state="aside") & ~Q(reason="")) | (~Q(state="aside") & Q(reason="")),
            ),
            models.CheckConstraint(
                name="draft_decision_dated", condition=Q(state="waiting") | Q(decided_at__isnull=False)
            ),
            models.UniqueConstraint(name="draft_once_an_answer_side", fields=["answer", "kind"]),
        ]
        indexes = [models.Index(fields=["pole", "state"], name="draft_waiting")]

    def __str__(self) -> str:
        return self.title
