"""The room ``catalogue`` as a Django application."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Catalogue."""

    name = "maillage.domain.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"
