"""The room ``places`` as a Django application."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Lieux."""

    name = "maillage.domain.places"
    label = "places"
    verbose_name = "Lieux"
