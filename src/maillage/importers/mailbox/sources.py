"""Where the mail is: a maildir, or an IMAP account opened for reading only. Nothing is deleted, moved or marked.

Each source gives the number of a message and its headers first; the whole is fetched only when it is wanted.
"""

import imaplib
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from maillage.core.errors import UserMistake

HEADERS_MOST = 200_000
WHOLE_MOST = 10_000_000
DAYS_BACK = 30
TIMEOUT_S = 30
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits: its headers, and how to get the whole; ``is_large`` when only headers will be read."""

    headers: bytes
    is_large: bool
    whole: Callable[[], bytes]


class Source(Protocol):
    """A place where mail waits."""

    def waiting(self, *, on: date) -> Iterator[Waiting]:
        """Yield the messages of the last days."""


@dataclass(frozen=True, slots=True)
class Maildir:
    """A folder in the format of the same name, as a mail server or ``fetchmail`` fills it."""

    folder: Path

    def waiting(self, *, on: date) -> Iterator[Waiting]:
        """Yield every message of ``new`` and ``cur``, the oldest first; the folder is left as it is."""
        if not (self.folder / "new").is_dir() and not (self.folder / "cur").is_dir():
            raise UserMistake(
                f"« {self.folder} » n’est pas un dossier maildir : il lui manque « new » et « cur »."
            )
        files = [
            one
            for name in ("new", "cur")
            if (self.folder / name).is_dir()
            for one in (self.folder / name).iterdir()
        ]
        for file in sorted(
            (one for one in files if one.is_file()), key=lambda one: (one.stat().st_mtime, one.name)
        ):
            with file.open("rb") as opened:
                beginning = opened.read(HEADERS_MOST)
            is_large = file.stat().st_size > WHOLE_MOST
            yield Waiting(_headers(beginning), is_large, file.read_bytes)


def _headers(beginning: bytes) -> bytes:
    """Return what stands before the first empty line."""
    return re.split(rb"\r?\n\r?\n", beginning, maxsplit=1)[0] + b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class ImapBox:
    """An IMAP account; ``security`` is tls, starttls or aucune."""

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    security: str = "tls"

    def waiting(self, *, on: date) -> Iterator[Waiting]:
        """Yield the messages received in the last thirty days, the oldest first."""
        with self._opened() as box:
            since = on - timedelta(days=DAYS_BACK)
            said = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
            for number in _ok(box.uid("SEARCH", "SINCE", said), "chercher les messages")[0].split():
                uid = number.decode("ascii")
                size, headers = _fetched(box, uid, "(RFC822.SIZE BODY.PEEK[HEADER])")
                yield Waiting(headers[:HEADERS_MOST], size > WHOLE_MOST, partial(_whole, box, uid))

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        try:
            box = self._connected()
        except (OSError, imaplib.IMAP4.error) as error:
            raise UserMistake(f"Le serveur de courrier {self.host} ne répond pas : {error}.") from error
        try:
            try:
                box.login(self.user, self.password)
            except imaplib.IMAP4.error as error:
                raise UserMistake("Le serveur de courrier refuse le nom ou le mot de passe.") from error
            _ok(box.select(f'"{self.folder}"', readonly=True), f"ouvrir le dossier « {self.folder} »")
            yield box
        finally:
            with suppress(OSError, imaplib.IMAP4.error):  # the server may have left first
                box.logout()

    def _connected(self) -> imaplib.IMAP4:
        context = ssl.create_default_context()
        if self.security == "tls":
            return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=TIMEOUT_S)
        box = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_S)
        if self.security == "starttls":
            box.starttls(context)
        return box


def _ok(answer: tuple[str, Sequence[object]], what: str) -> list[bytes]:
    status, found = answer
    if status != "OK":
        raise UserMistake(f"Le serveur de courrier refuse de {what}.")
    return [one for one in found if isinstance(one, bytes)] or [b""]


def _fetched(box: imaplib.IMAP4, uid: str, what: str) -> tuple[int, bytes]:
    """Return the size the server says, when asked, and the bytes."""
    _, found = box.uid("FETCH", uid, what)
    for one in found:
        if isinstance(one, tuple):
            size = re.search(rb"RFC822\.SIZE (\d+)", one[0])
            return int(size.group(1)) if size else len(one[1]), one[1]
    return 0, b""


def _whole(box: imaplib.IMAP4, uid: str) -> bytes:
    return _fetched(box, uid, "(BODY.PEEK[])")[1]
