"""Read the mail once: from the source of the settings to the room, message by message."""

from collections import Counter
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.queries import pole_by_slug
from maillage.domain.gathering.operations.inbox import JoinedFile, MailFields, receive_mail
from maillage.domain.gathering.queries.inbox import is_kept, pole_addressed
from maillage.importers.mailbox import IGNORED, ImapBox, Mail, Maildir, Source, read_mail, reason_to_ignore
from maillage.importers.mailbox.message import number_of, parse


@dataclass(slots=True)
class Tally:
    """What a reading did: drafts written, messages known, left alone and why, without a pole."""

    drafts: int = 0
    known: int = 0
    lost: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def ignored(self) -> int:
        """How many messages were left alone."""
        return self.reasons.total()


def read_inbox(*, slug: str = "", maildir: Path | None = None) -> Tally:
    """Read every message that waits; a message is kept in its own transaction, so a stop loses none."""
    usual = _pole(slug or _given()["pole"])
    tally = Tally()
    own = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    for waiting in _source(maildir).waiting(on=timezone.localdate()):
        headers = parse(waiting.headers)
        reason = reason_to_ignore(headers, own_address=own)
        if reason:
            tally.reasons[IGNORED[reason]] += 1
            continue
        has_number = not number_of(headers, b"").startswith("sha256-")
        if has_number and is_kept(number_of(headers, b"")):
            tally.known += 1
            continue
        mail = read_mail(waiting.headers if waiting.is_large else waiting.whole(), is_cut=waiting.is_large)
        pole = pole_addressed(mail.recipients) or usual
        if pole is None:
            tally.lost += 1
        elif _kept(pole, mail):
            tally.drafts += 1
        else:
            tally.known += 1
    return tally


def _kept(pole: Pole, mail: Mail) -> bool:
    fields = MailFields(
        message_id=mail.message_id,
        sender_name=mail.sender_name,
        sender_email=mail.sender_email,
        subject=mail.subject,
        text=mail.text,
        own=mail.own,
        attachments=tuple(JoinedFile(one.name, one.size, one.content) for one in mail.attachments),
        is_cut=mail.is_cut,
        sent_at=mail.sent_at,
    )
    return receive_mail(pole=pole, mail=fields, on=timezone.localdate(), at=timezone.now()) is not None


def _pole(slug: str) -> Pole | None:
    if not slug:
        return None
    found = pole_by_slug(slug)
    if found is None:
        raise UserMistake(f"Aucun pôle n’a « {slug} » pour adresse.")
    return found


def _given() -> dict[str, str]:
    return settings.INBOX


def _source(maildir: Path | None) -> Source:
    given = _given()
    if maildir is not None or given["maildir"]:
        return Maildir(maildir or Path(given["maildir"]).expanduser())
    if not given["host"]:
        raise UserMistake(
            "Aucune boîte n’est réglée. Donnez MAILLAGE_INBOX_HOST, MAILLAGE_INBOX_MAILDIR ou --maildir."
        )
    return ImapBox(
        host=given["host"],
        port=int(given["port"]),
        user=given["user"],
        password=given["password"],
        folder=given["folder"],
        security=given["security"],
    )
