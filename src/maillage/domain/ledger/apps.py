"""The room ``ledger`` as a Django application."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Engagements et faits."""

    name = "maillage.domain.ledger"
    label = "ledger"
    verbose_name = "Engagements et faits"
