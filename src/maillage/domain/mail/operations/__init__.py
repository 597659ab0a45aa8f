"""What is written in the room ``mail``."""

from maillage.domain.mail.operations.digests import gather_digests
from maillage.domain.mail.operations.notifications import mark_all_read, mark_read, notify
from maillage.domain.mail.operations.preferences import choose_rhythm
from maillage.domain.mail.operations.queue import queue_letter, send_again
from maillage.domain.mail.operations.sending import send_due, tell_the_unsure

__all__ = [
    "choose_rhythm",
    "gather_digests",
    "mark_all_read",
    "mark_read",
    "notify",
    "queue_letter",
    "send_again",
    "send_due",
    "tell_the_unsure",
]
