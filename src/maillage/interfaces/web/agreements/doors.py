"""The addresses that the letters of the room bear; from the settings, never from the request."""

from django.conf import settings
from django.urls import reverse

from maillage.domain.agreements.operations import Doors
from maillage.domain.ledger.models import Agreement


def doors_of(agreement: Agreement) -> Doors:
    """Return them for an agreement, as this instance serves them."""
    site, slug = settings.SITE_ADDRESS.rstrip("/"), agreement.pole.slug
    path = reverse("agreements:link", args=[slug, "jeton"]).removesuffix("jeton/")
    return Doors(
        reading=site + path, sheet=reverse("agreements:detail", args=[slug, agreement.pk]), site=site
    )
