"""Tell an account something on the site, once."""

from datetime import datetime

from maillage.domain.actors.models import Account, Pole
from maillage.domain.mail.models import Notification


def notify(*, key: str, account: Account, pole: Pole, text: str, url: str, at: datetime) -> Notification:
    """Write a notification; the same key twice for one account gives one row, the first."""
    notification, _ = Notification.objects.get_or_create(
        account=account, key=key, defaults={"pole": pole, "text": text[:300], "url": url, "at": at}
    )
    return notification


def mark_read(*, account: Account, pk: int, at: datetime) -> Notification | None:
    """Mark one of the account's notifications as read; None when it is not theirs."""
    notification = Notification.objects.filter(account=account, pk=pk).first()
    if notification is not None and notification.read_at is None:
        notification.read_at = at
        notification.save(update_fields=["read_at"])
    return notification


def mark_all_read(*, account: Account, pole: Pole, at: datetime) -> int:
    """Mark everything of a pole as read."""
    return Notification.objects.filter(account=account, pole=pole, read_at=None).update(read_at=at)
