"""Private calendar addresses."""

from maillage.domain.actors.models import Account, Pole
from maillage.domain.days.models import CalendarFeed


def feed_of(*, account: Account, pole: Pole) -> CalendarFeed | None:
    """Return the open address of an account in a pole."""
    return CalendarFeed.objects.filter(account=account, pole=pole).first()


def feed_numbered(*, pk: int) -> CalendarFeed | None:
    """Return an open address by its number."""
    return CalendarFeed.objects.select_related("account", "pole").filter(pk=pk).first()
