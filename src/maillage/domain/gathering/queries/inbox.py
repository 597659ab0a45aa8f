"""Which messages are already kept, and for which pole a message is."""

from collections.abc import Iterable

from maillage.domain.actors.models import Pole
from maillage.domain.gathering.models import ReceivedMail


def is_kept(message_id: str) -> bool:
    """Say whether a message is already kept, in any pole."""
    return ReceivedMail.objects.filter(message_id=message_id).exists()


def pole_addressed(recipients: Iterable[str]) -> Pole | None:
    """Return the pole that an address names: ``mon-pole@…`` or ``courrier+mon-pole@…``."""
    names = {part for one in recipients for part in one.partition("@")[0].lower().split("+")}
    return Pole.objects.filter(slug__in=names).order_by("pk").first()
