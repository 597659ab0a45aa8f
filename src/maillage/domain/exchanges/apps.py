"""The room ``exchanges`` as a Django application."""

from django.apps import AppConfig


class ExchangesConfig(AppConfig):
    """Besoins et offres."""

    name = "maillage.domain.exchanges"
    label = "exchanges"
    verbose_name = "Besoins et offres"
