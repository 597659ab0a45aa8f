"""Gather the letters held for those who want a summary: one a morning, or one on Monday."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from maillage.core.french import plural
from maillage.domain.mail.enums import MessageKind, MessageState, Rhythm
from maillage.domain.mail.letters import Button, Letter, read_letter
from maillage.domain.mail.models import MailPreference, Message
from maillage.domain.mail.operations.queue import queue_letter

MONDAY = 0

Address = Callable[[str], str]
"""Turns a path of the site into a whole address."""


def gather_digests(*, on: date, at: datetime) -> int:
    """Write the summaries of the day; a second call the same day writes none. Return how many."""
    held = Message.objects.filter(state=MessageState.HELD).select_related("pole").order_by("queued_at", "pk")
    by_reader: dict[tuple[str, int], list[Message]] = defaultdict(list)
    for message in held:
        if message.pole_id is not None:
            by_reader[message.to, message.pole_id].append(message)
    weekly = set(MailPreference.objects.filter(rhythm=Rhythm.WEEKLY).values_list("email", "pole_id"))
    due = {
        reader: rows for reader, rows in by_reader.items() if on.weekday() == MONDAY or reader not in weekly
    }
    return sum(_gather(rows, on, at) for rows in due.values())


@transaction.atomic
def _gather(rows: list[Message], on: date, at: datetime) -> int:
    first = rows[0]
    letters = [read_letter(row.subject, row.letter) for row in rows]
    said = f"{len(rows)} {plural(len(rows), 'nouvelle', 'nouvelles')}"
    digest = queue_letter(
        key=f"digest:{first.pole_id}:{first.to}:{on.isoformat()}",
        kind=MessageKind.DIGEST,
        to=first.to,
        pole=first.pole,
        person=first.person,
        at=at,
        letter=Letter(
            subject=f"{first.pole} : {said}",
            greeting="Bonjour,",
            paragraphs=tuple(_entry(letter) for letter in letters),
            buttons=tuple(
                Button(f"{letter.subject} : {button.label}", button.url)
                for letter in letters
                for button in letter.buttons
            ),
        ),
    )
    if digest is None or digest.queued_at != at:
        return 0
    Message.objects.filter(pk__in=[row.pk for row in rows], state=MessageState.HELD).update(
        state=MessageState.GATHERED, digest=digest
    )
    return 1


def _entry(letter: Letter) -> str:
    return " ".join([f"{letter.subject}.", *letter.paragraphs])
