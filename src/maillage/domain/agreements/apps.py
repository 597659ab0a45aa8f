"""The room ``agreements`` as a Django application."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Accords."""

    name = "maillage.domain.agreements"
    label = "agreements"
    verbose_name = "Accords"
