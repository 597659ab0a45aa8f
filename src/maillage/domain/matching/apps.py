"""The room ``matching`` as a Django application."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Rapprochements."""

    name = "maillage.domain.matching"
    label = "matching"
    verbose_name = "Rapprochements"
