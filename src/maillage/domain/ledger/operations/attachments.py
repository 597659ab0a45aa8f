"""Keep a file that somebody gave: checked whole, then written under a random name outside the web root."""

import hashlib
import re
from datetime import datetime
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, number
from maillage.domain.actors.models import Account, Pole
from maillage.domain.ledger.files.documents import check_document
from maillage.domain.ledger.files.images import drawn_again
from maillage.domain.ledger.files.kinds import CSV, PDF, TEXT, FileKind
from maillage.domain.ledger.files.names import cleaned_name, ending_of
from maillage.domain.ledger.files.pdfs import check_pdf
from maillage.domain.ledger.files.sniff import kind_of
from maillage.domain.ledger.files.texts import check_text
from maillage.domain.ledger.files.traps import refuse_known_virus
from maillage.domain.ledger.models import StoredFile

_CHUNK = 1 << 18
_PURPOSE = re.compile(r"^[a-z][a-z0-9-]{0,29}$")


def keep_file(
    *, pole: Pole, name: str, content: BinaryIO, by: Account | None, at: datetime, purpose: str
) -> StoredFile:
    """Keep a file; raise ``UserMistake`` (field ``file``), and keep nothing, when it is too big, unknown or a trap.

    ``purpose`` is a short word of the caller's: « evidence », « signed-agreement », « minutes ».
    """
    if not _PURPOSE.match(purpose):
        raise ValueError(f"a purpose is a short word, not {purpose!r}")
    shown = cleaned_name(name)
    received = _whole(content, shown)
    refuse_known_virus(received, name=shown)
    kind = kind_of(received, name=shown)
    kept = _made_safe(received, kind, shown)
    path = _random_path()
    with transaction.atomic():
        row = StoredFile.objects.create(
            pole=pole,
            purpose=purpose,
            name=_named(shown, kind),
            media_type=kind.media_type,
            size=len(kept),
            sha256=hashlib.sha256(kept).hexdigest(),
            path=path,
            kept_at=at,
            kept_by=by,
        )
        default_storage.save(path, ContentFile(kept))
    return row


def _whole(content: BinaryIO, name: str) -> bytes:
    """Read a file, and stop as soon as it is longer than what is accepted."""
    most = settings.UPLOAD_MAX_BYTES
    content.seek(0)
    parts, total = [], 0
    while block := content.read(_CHUNK):
        total += len(block)
        if total > most:
            raise UserMistake(
                f"« {name} » est trop gros : {number(most // 1_000_000)}{NBSP}Mo au plus. Réduisez-le, ou coupez-le "
                "en plusieurs fichiers.",
                field="file",
            )
        parts.append(block)
    if not total:
        raise UserMistake(f"« {name} » est vide. Choisissez un autre fichier.", field="file")
    return b"".join(parts)


def _made_safe(content: bytes, kind: FileKind, name: str) -> bytes:
    """Return what is kept: a picture is drawn again, anything else stays as it is once it was checked."""
    if kind.is_image:
        return drawn_again(content, kind=kind, name=name)
    if kind is PDF:
        check_pdf(content, name=name)
    elif kind in {CSV, TEXT}:
        check_text(content, name=name)
    else:
        check_document(content, name=name)
    return content


def _named(name: str, kind: FileKind) -> str:
    """Return the name with the ending of its kind."""
    ending = ending_of(name)
    return name if ending in kind.endings else f"{name.rpartition('.')[0]}.{kind.endings[0]}"


def _random_path() -> str:
    drawn = uuid4().hex
    return f"kept/{drawn[:2]}/{drawn}"
