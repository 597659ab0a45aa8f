"""What is read in the room ``mail``."""

from django.db.models import QuerySet

from maillage.domain.actors.models import Account, Pole
from maillage.domain.mail.enums import MessageState, Rhythm
from maillage.domain.mail.models import MailPreference, Message, Notification


def rhythm_of(*, email: str, pole: Pole) -> Rhythm:
    """How often an address wants to hear of a pole; at once unless it said otherwise."""
    kept = MailPreference.objects.filter(email__iexact=email, pole=pole).values_list("rhythm", flat=True)
    return Rhythm(kept.first() or Rhythm.AT_ONCE)


def notifications_of(*, account: Account, pole: Pole) -> QuerySet[Notification]:
    """What was told to an account in a pole, newest first."""
    return Notification.objects.filter(account=account, pole=pole)


def unread_count(*, account: Account, pole: Pole) -> int:
    """How many of them are not read."""
    return notifications_of(account=account, pole=pole).filter(read_at=None).count()


def letters_of(*, pole: Pole) -> QuerySet[Message]:
    """The letters of a pole, newest first."""
    return Message.objects.filter(pole=pole).select_related("person")


def letter_of(*, pole: Pole, pk: int) -> Message | None:
    """One letter of a pole."""
    return letters_of(pole=pole).filter(pk=pk).first()


def troubled_letters(*, pole: Pole) -> QuerySet[Message]:
    """The letters somebody should look at: failed, or perhaps sent."""
    return letters_of(pole=pole).filter(state__in=[MessageState.FAILED, MessageState.UNSURE])
