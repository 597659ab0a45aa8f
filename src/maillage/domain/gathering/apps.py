"""The room ``gathering`` as a Django application."""

from django.apps import AppConfig


class GatheringConfig(AppConfig):
    """Captation."""

    name = "maillage.domain.gathering"
    label = "gathering"
    verbose_name = "Captation"
