"""The room ``days`` as a Django application."""

from django.apps import AppConfig


class DaysConfig(AppConfig):
    """Journées."""

    name = "maillage.domain.days"
    label = "days"
    verbose_name = "Journées"
