"""Send what waits: one letter at a time, each in steps that a sudden death cannot double.

A letter is first noted as handed over (committed), then given to the server, then noted as sent. A server that
refuses or does not answer puts it back with a longer wait. A sender that dies between the two notes leaves a letter
« handed »: nobody can know whether it left, so it is not sent a second time by itself; ``tell_the_unsure`` shows it.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from maillage.domain.mail.enums import MessageState
from maillage.domain.mail.models import Message

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
UNSURE_AFTER = timedelta(minutes=10)
SEVERAL = 200

Transport = Callable[[Message], None]
"""Gives one letter to the mail server; raises ``OSError`` or ``SMTPException`` when the server does not take it."""


def send_due(*, clock: Callable[[], datetime], transport: Transport, at_most: int = SEVERAL) -> int:
    """Send the letters whose time has come, at most ``at_most``; return how many left."""
    left = 0
    for _ in range(at_most):
        message = _hand_one(clock())
        if message is None:
            break
        left += _give(message, clock, transport)
    return left


def tell_the_unsure(*, at: datetime) -> int:
    """Mark the letters handed over ten minutes ago and never noted as sent."""
    return Message.objects.filter(state=MessageState.HANDED, handed_at__lt=at - UNSURE_AFTER).update(
        state=MessageState.UNSURE,
        fault="L’envoi s’est interrompu : la lettre est peut-être partie.",
    )


@transaction.atomic(durable=False)
def _hand_one(at: datetime) -> Message | None:
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(state=MessageState.QUEUED, next_at__lte=at)
        .order_by("next_at", "pk")
        .first()
    )
    if message is None:
        return None
    message.state = MessageState.HANDED
    message.handed_at = at
    message.attempts += 1
    message.save(update_fields=["state", "handed_at", "attempts"])
    return message


def _give(message: Message, clock: Callable[[], datetime], transport: Transport) -> int:
    try:
        transport(message)
    except (OSError, smtplib.SMTPException) as error:
        _put_back(message, clock(), error)
        return 0
    Message.objects.filter(pk=message.pk, state=MessageState.HANDED).update(
        state=MessageState.SENT, sent_at=clock(), fault=""
    )
    return 1


def _put_back(message: Message, at: datetime, error: Exception) -> None:
    is_refused_for_good = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )
    if is_refused_for_good or at - message.queued_at > GIVEN_UP_AFTER:
        state, next_at = MessageState.FAILED, None
    else:
        wait = min(FIRST_WAIT * 2 ** min(message.attempts - 1, 10), LONGEST_WAIT)
        state, next_at = MessageState.QUEUED, at + wait
    Message.objects.filter(pk=message.pk, state=MessageState.HANDED).update(
        state=state, next_at=next_at, fault=str(error)[:300]
    )
