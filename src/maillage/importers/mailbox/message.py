"""One message, read: who writes, what is said, what is joined; and why a robot's message is left alone."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import getaddresses, parseaddr, parsedate_to_datetime

from maillage.importers.mailbox.plain_text import own_words, text_of_html

LONGEST_TEXT = 20_000
LONGEST_WORDS_READ = 2_000_000
LONGEST_READ = 10_000_000
MOST_ATTACHMENTS = 50
IGNORED = {
    "auto": "réponse automatique",
    "bulk": "lettre d’information ou liste",
    "bounce": "avis de non-distribution",
    "own": "message de Maillage lui-même",
    "nobody": "expéditeur illisible",
}
_ROBOTS = (
    "mailer-daemon",
    "postmaster",
    "no-reply",
    "noreply",
    "ne-pas-repondre",
    "nepasrepondre",
    "donotreply",
)


@dataclass(frozen=True, slots=True)
class Joined:
    """A file joined to a message: its name without a path, its size, its bytes; None when it came cut."""

    name: str
    size: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as plain values; ``own`` is what the sender wrote, ``text`` the whole of it."""

    message_id: str
    sender_name: str
    sender_email: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    own: str
    attachments: tuple[Joined, ...]
    is_cut: bool
    sent_at: datetime | None


def parse(content: bytes) -> EmailMessage:
    """Return a message or its headers; a faulty one is read as far as it goes."""
    return BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(content)


def header(message: EmailMessage, name: str) -> str:
    """Return a header on one line; "" when it is missing or cannot be read."""
    try:
        value = message.get(name)
    except (
        ValueError,
        IndexError,
        AttributeError,
        TypeError,
    ):  # the standard parser trips on some forged headers
        return ""
    return " ".join(str(value or "").replace("\x00", "").split())


def number_of(message: EmailMessage, content: bytes) -> str:
    """Return the message's own number, or one drawn from its content when it has none or an endless one."""
    said = header(message, "Message-ID").strip("<> ")
    return said if 0 < len(said) <= 250 else f"sha256-{hashlib.sha256(content).hexdigest()}"


def reason_to_ignore(message: EmailMessage, *, own_address: str = "") -> str:
    """Return why a message is not for us, one of ``IGNORED``; "" when a person seems to have written it."""
    sender = parseaddr(header(message, "From"))[1].lower()
    if "@" not in sender:
        return "nobody"
    if own_address and sender == own_address.lower():
        return "own"
    if header(message, "Return-Path") == "<>" or message.get_content_type() == "multipart/report":
        return "bounce"
    if sender.partition("@")[0] in _ROBOTS:
        return "bounce"
    if header(message, "Auto-Submitted").lower() not in {"", "no"} or header(message, "X-Autoreply"):
        return "auto"
    precedence = header(message, "Precedence").lower()
    if precedence == "auto_reply":
        return "auto"
    is_list = precedence in {"bulk", "junk", "list"} or header(message, "List-Id")
    return "bulk" if is_list or header(message, "List-Unsubscribe") else ""


def read_mail(content: bytes, *, is_cut: bool = False) -> Mail:
    """Read a message; ``is_cut`` says that only its beginning is there."""
    message = parse(content[:LONGEST_READ])
    is_short = len(content) > LONGEST_READ
    is_cut = is_cut or is_short
    text = _text(message)
    name, address = parseaddr(header(message, "From"))
    everybody = [header(message, one) for one in ("To", "Cc", "Delivered-To", "X-Original-To")]
    return Mail(
        message_id=number_of(message, content),
        sender_name=name[:200],
        sender_email=address.lower()[:254],
        recipients=tuple(one.lower() for _, one in getaddresses(everybody) if "@" in one),
        subject=header(message, "Subject")[:300],
        text=text[:LONGEST_TEXT],
        own=own_words(text)[:LONGEST_TEXT],
        attachments=tuple(_attachments(message, is_short=is_short)),
        is_cut=is_cut or len(text) > LONGEST_TEXT,
        sent_at=_day(message),
    )


def _text(message: EmailMessage) -> str:
    """Return the words of a message: its plain part, else its HTML without anything that runs."""
    for kind in ("plain", "html"):
        part = message.get_body(preferencelist=(kind,))
        if part is None:
            continue
        said = _decoded(part)[:LONGEST_WORDS_READ]
        words = text_of_html(said) if kind == "html" else said
        if words.strip():
            return words.replace("\r\n", "\n").replace("\x00", "").strip()
    return ""


def _decoded(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError, KeyError):  # an unknown character set, or no text at all
        raw = part.get_payload(decode=True)
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _attachments(message: EmailMessage, *, is_short: bool) -> list[Joined]:
    """Return the files that are joined; of a message read in part, the last is cut and keeps no bytes."""
    found = []
    for part in message.walk():
        name = part.get_filename()
        if part.is_multipart() or not name:
            continue
        raw = part.get_payload(decode=True)
        content = raw if isinstance(raw, bytes) else b""
        said = str(name).encode("utf-8", "replace").decode()
        plain = " ".join(said.replace("\x00", "").replace("/", "_").replace("\\", "_").split())
        found.append(Joined(plain[:120], len(content), content))
    if is_short and found:
        found[-1] = Joined(found[-1].name, found[-1].size, None)
    return found[:MOST_ATTACHMENTS]


def _day(message: EmailMessage) -> datetime | None:
    try:
        found = parsedate_to_datetime(header(message, "Date"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = found if found.tzinfo is not None else found.replace(tzinfo=UTC)
    return aware if 1990 <= aware.year <= 2200 else None
