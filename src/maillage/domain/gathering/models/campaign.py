"""The campaign: a public questionnaire, its own questions over a common core, and what people answered."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Pole
from maillage.domain.gathering.enums import QuestionKind


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Campaign(models.Model):
    """A questionnaire that anybody may answer between two days; ``*_easy`` is the easy-to-read wording."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="campaigns", verbose_name="pôle")
    slug = models.SlugField("adresse", max_length=60)
    title = models.CharField("titre", max_length=120)
    title_easy = models.CharField("titre facile à lire", max_length=120, blank=True)
    introduction = models.TextField("présentation", blank=True)
    introduction_easy = models.TextField("présentation facile à lire", blank=True)
    consent_text = models.TextField("texte de consentement")
    consent_on = models.DateField("texte daté du")
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField("dernier jour", null=True, blank=True)
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="préparée par"
    )

    class Meta:
        verbose_name = "campagne"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="campaign_address_once", fields=["pole", "slug"]),
            models.CheckConstraint(name="campaign_titled", condition=~Q(title="")),
            models.CheckConstraint(name="campaign_consent_said", condition=~Q(consent_text="")),
            models.CheckConstraint(
                name="campaign_days_in_order",
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """A question of the pole's own, after the common core."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="questions", verbose_name="campagne")
    rank = models.PositiveSmallIntegerField("rang")
    text = models.CharField("question", max_length=300)
    text_easy = models.CharField("question facile à lire", max_length=300, blank=True)
    kind = models.CharField("réponse", max_length=7, choices=QuestionKind.choices, default=QuestionKind.LINE)
    choices = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name="choix")
    is_required = models.BooleanField("obligatoire", default=False)

    class Meta:
        verbose_name = "question"
        ordering = ["campaign", "rank"]
        constraints = [
            models.UniqueConstraint(name="question_rank_once", fields=["campaign", "rank"]),
            models.CheckConstraint(name="question_said", condition=~Q(text="")),
            models.CheckConstraint(name="question_kind_known", condition=Q(kind__in=QuestionKind.values)),
            models.CheckConstraint(
                name="question_with_choices",
                condition=~Q(kind__in=["choice", "several"]) | Q(choices__len__gte=2),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """What one person answers: kept from the first word, sent once. Name and e-mail only with a dated consent."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="answers", verbose_name="campagne")
    key = models.CharField("clé du lien privé", max_length=32, unique=True)
    said = models.JSONField("réponses", default=dict)
    started_at = models.DateTimeField("commencée le")
    saved_at = models.DateTimeField("gardée le")
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    consented_at = models.DateTimeField("accord donné le", null=True, blank=True)
    consent_text_on = models.DateField("texte accepté, daté du", null=True, blank=True)
    sender = models.CharField("empreinte de l’adresse", max_length=64, blank=True)
    is_from_paper = models.BooleanField("saisie d’après papier", default=False)
    entered_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="saisie par"
    )

    class Meta:
        verbose_name = "réponse"
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="answer_sent_with_consent",
                condition=Q(sent_at__isnull=True)
                | Q(consented_at__isnull=False, consent_text_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["campaign", "sender", "started_at"], name="answer_throttle")]

    def __str__(self) -> str:
        return f"Réponse n° {self.pk}"
