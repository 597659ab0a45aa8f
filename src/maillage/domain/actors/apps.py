"""The room ``actors`` as a Django application."""

from django.apps import AppConfig


class ActorsConfig(AppConfig):
    """Acteurs."""

    name = "maillage.domain.actors"
    label = "actors"
    verbose_name = "Acteurs"
