"""A key of the API: what a program of one organisation may do in one pole. Only its digest is kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.ledger.enums import ApiScope


class ApiToken(models.Model):
    """A key: whose, for what, since when, last used when, revoked when."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="api_tokens", verbose_name="pôle")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="api_tokens", verbose_name="structure"
    )
    name = models.CharField("nom", max_length=100)
    beginning = models.CharField("début", max_length=12)
    digest = models.CharField("empreinte", max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10, choices=ApiScope.choices), verbose_name="droits")
    made_at = models.DateTimeField("faite le")
    made_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="faite par"
    )
    revoked_at = models.DateTimeField("retirée le", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="retirée par"
    )
    used_at = models.DateTimeField("dernier usage", null=True, blank=True)
    minute_at = models.DateTimeField("minute comptée", null=True, blank=True)
    minute_calls = models.PositiveIntegerField("appels de la minute", default=0)

    class Meta:
        verbose_name = "clé d’API"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="token_named", condition=~Q(name="")),
            models.CheckConstraint(name="token_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="token_scopes_known",
                condition=Q(scopes__contained_by=ApiScope.values) & Q(scopes__len__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name
