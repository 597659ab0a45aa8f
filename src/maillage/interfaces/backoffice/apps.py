"""The back-office as a Django application."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """Django admin."""

    name = "maillage.interfaces.backoffice"
    label = "backoffice"
    verbose_name = "Support"
