"""The web door as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "maillage.interfaces.web"
    label = "web"
    verbose_name = "Pages"
