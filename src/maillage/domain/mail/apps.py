"""The room ``mail`` as a Django application."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Courrier."""

    name = "maillage.domain.mail"
    label = "mail"
    verbose_name = "Courrier"
