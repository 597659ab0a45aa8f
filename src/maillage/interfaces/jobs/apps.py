"""The jobs as a Django application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long tasks."""

    name = "maillage.interfaces.jobs"
    label = "jobs"
    verbose_name = "Travaux"
