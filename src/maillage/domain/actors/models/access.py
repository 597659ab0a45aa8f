"""How people come in: the links that open an account once, and the requests for an access."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from maillage.domain.actors.enums import LinkPurpose, RequestState
from maillage.domain.actors.models.account import Account
from maillage.domain.actors.models.organisation import Organisation
from maillage.domain.actors.models.pole import Pole


class SignInLink(models.Model):
    """A link sent by e-mail: it opens its account once, before its hour. Only its digest is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="links", verbose_name="compte")
    purpose = models.CharField("pour", max_length=10, choices=LinkPurpose.choices)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    next_page = models.CharField("page suivante", max_length=300, blank=True)
    made_at = models.DateTimeField("fait le")
    expires_at = models.DateTimeField("sert jusqu’au")
    used_at = models.DateTimeField("a servi le", null=True, blank=True)

    class Meta:
        verbose_name = "lien de connexion"
        verbose_name_plural = "liens de connexion"
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="link_ends_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="link_used_in_time",
                condition=Q(used_at__isnull=True) | Q(used_at__gte=F("made_at"), used_at__lt=F("expires_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.account})"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AccessRequest(models.Model):
    """Somebody asks to come into a pole, in their own words; the pole says yes with a role, or no with a reason."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="access_requests", verbose_name="pôle")
    given_name = models.CharField("prénom", max_length=100)
    family_name = models.CharField("nom", max_length=100)
    email = models.EmailField("courriel")
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="access_requests",
        verbose_name="structure",
    )
    organisation_name = models.CharField("structure, telle qu’écrite", max_length=200, blank=True)
    words = models.TextField("ce que dit la personne", blank=True)
    asked_at = models.DateTimeField("demandé le")
    proven_by = models.CharField("identité prouvée par", max_length=60, blank=True)
    proven_subject = models.CharField("identifiant donné", max_length=200, blank=True)
    proven_siret = models.CharField("SIRET donné", max_length=14, blank=True)
    state = models.CharField("état", max_length=8, choices=RequestState.choices, default=RequestState.WAITING)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répondu par"
    )
    reason = models.CharField("raison", max_length=500, blank=True)
    account = models.ForeignKey(
        Account,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="access_requests",
        verbose_name="compte ouvert",
    )

    class Meta:
        verbose_name = "demande d’accès"
        verbose_name_plural = "demandes d’accès"
        ordering = ["-asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "pole",
                Lower("email"),
                name="access_request_once",
                condition=Q(state=RequestState.WAITING),
            ),
            models.CheckConstraint(
                name="access_request_answered_whole",
                condition=Q(state=RequestState.WAITING, answered_at__isnull=True)
                | (~Q(state=RequestState.WAITING) & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="access_request_refused_with_reason",
                condition=~Q(state=RequestState.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="access_request_state_known", condition=Q(state__in=RequestState.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()
