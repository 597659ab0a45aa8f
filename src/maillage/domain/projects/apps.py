"""The room ``projects`` as a Django application."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projets."""

    name = "maillage.domain.projects"
    label = "projects"
    verbose_name = "Projets"
