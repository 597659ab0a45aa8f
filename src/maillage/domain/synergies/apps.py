"""The room ``synergies`` as a Django application."""

from django.apps import AppConfig


class SynergiesConfig(AppConfig):
    """Synergies."""

    name = "maillage.domain.synergies"
    label = "synergies"
    verbose_name = "Synergies"
