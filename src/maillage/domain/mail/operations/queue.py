"""Write a letter: a row in the transaction of what it tells, so that both are kept or neither."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Person, Pole
from maillage.domain.mail.enums import ESSENTIAL, MessageKind, MessageState, Rhythm
from maillage.domain.mail.letters import Letter
from maillage.domain.mail.models import Message
from maillage.domain.mail.queries import rhythm_of


def queue_letter(
    *,
    key: str,
    kind: str,
    to: str,
    letter: Letter,
    at: datetime,
    pole: Pole | None = None,
    person: Person | None = None,
    silent_if_unsubscribed: bool = True,
) -> Message | None:
    """Queue a letter; the same key twice gives one row, the first.

    A letter that is not essential follows what the address wants: at once, in its digest, or not at all (``None``),
    unless ``silent_if_unsubscribed`` is false. Raises ``UserMistake`` when ``to`` is no address.
    """
    to = _address(to)
    state = MessageState.QUEUED
    if pole is not None and MessageKind(kind) not in ESSENTIAL and silent_if_unsubscribed:
        rhythm = rhythm_of(email=to, pole=pole)
        if rhythm == Rhythm.NEVER:
            return None
        if rhythm != Rhythm.AT_ONCE:
            state = MessageState.HELD
    message, _ = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "pole": pole,
            "person": person,
            "to": to,
            "subject": letter.subject,
            "letter": letter.as_json(),
            "state": state,
            "queued_at": at,
            "next_at": at if state == MessageState.QUEUED else None,
        },
    )
    return message


@transaction.atomic
def send_again(*, message: Message, at: datetime) -> Message:
    """Queue once more a letter that failed or of which nobody knows whether it left."""
    found = Message.objects.select_for_update().get(pk=message.pk)
    if found.state not in {MessageState.FAILED, MessageState.UNSURE}:
        raise UserMistake("Cette lettre est déjà partie, ou part bientôt : rien à refaire.")
    found.state = MessageState.QUEUED
    found.next_at = at
    found.attempts = 0
    found.fault = ""
    found.save(update_fields=["state", "next_at", "attempts", "fault"])
    return found


def _address(text: str) -> str:
    wanted = text.strip().lower()
    try:
        validate_email(wanted)
    except ValidationError as error:
        raise UserMistake(f"« {text} » n’est pas une adresse de courriel.", field="email") from error
    return wanted
