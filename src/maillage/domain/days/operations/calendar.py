"""The private calendar address of an account in a pole: opened, closed, opened again under another address."""

from datetime import datetime

from django.db import transaction

from maillage.domain.actors.models import Account, Pole
from maillage.domain.days.models import CalendarFeed


@transaction.atomic
def open_calendar(*, account: Account, pole: Pole, at: datetime) -> CalendarFeed:
    """Open a new address; the one before no longer answers."""
    close_calendar(account=account, pole=pole)
    return CalendarFeed.objects.create(account=account, pole=pole, opened_at=at)


def close_calendar(*, account: Account, pole: Pole) -> None:
    """Close the address, if any."""
    CalendarFeed.objects.filter(account=account, pole=pole).delete()
