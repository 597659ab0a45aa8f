"""The offer as synergies hold it: the same row as the exchanges', guarded by what was promised of it."""

from typing import ClassVar

from django.db import models

from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.models.promises import WHEN_AN_OFFER_CHANGES


class HeldOffers(models.Manager["HeldOffer"]):
    """The offers that a synergy names."""

    def get_queryset(self) -> models.QuerySet["HeldOffer"]:
        """Leave needs, and offers of no synergy, out."""
        return super().get_queryset().filter(kind=IntentKind.OFFER, synergy_lines__isnull=False).distinct()


class HeldOffer(Intent):
    """An offer that a synergy may hold; it bears the trigger that the room below cannot know of."""

    objects: ClassVar[HeldOffers] = HeldOffers()

    class Meta:
        proxy = True
        verbose_name = "offre promise"
        verbose_name_plural = "offres promises"
        triggers = [WHEN_AN_OFFER_CHANGES]
