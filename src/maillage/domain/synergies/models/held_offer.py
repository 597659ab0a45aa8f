"""The offer as synergies hold it: the same row as the exchanges', guarded by what was promised of it."""

from maillage.domain.exchanges.models import Intent
from maillage.domain.synergies.models.promises import WHEN_AN_OFFER_CHANGES


class HeldOffer(Intent):
    """An offer that a synergy may hold; it bears the trigger that the room below cannot know of."""

    class Meta:
        proxy = True
        verbose_name = "offre promise"
        verbose_name_plural = "offres promises"
        triggers = [WHEN_AN_OFFER_CHANGES]
