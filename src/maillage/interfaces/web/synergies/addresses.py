"""The addresses that the letters of the room bear."""

from django.conf import settings
from django.urls import reverse

from maillage.domain.synergies.addresses import Addresses


def addresses() -> Addresses:
    """Return them, as this instance serves them."""
    site = settings.SITE_ADDRESS.rstrip("/")
    return Addresses(
        answer=lambda pole, token: site + reverse("synergies:answer_link", args=[pole, token]),
        sheet=lambda pole, pk: reverse("synergies:detail", args=[pole, pk]),
        site=site,
    )
