"""The importers as a Django application."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    """Imports."""

    name = "maillage.importers"
    label = "importers"
    verbose_name = "Imports"
