"""What a file is, by its first bytes and by what it holds; its name only has to agree."""

import filetype

from maillage.core.errors import UserMistake
from maillage.domain.ledger.files.documents import document_kind
from maillage.domain.ledger.files.kinds import (
    BY_ENDING,
    CSV,
    JPEG,
    PDF,
    PNG,
    SAID,
    TEXT,
    WEBP,
    FileKind,
)
from maillage.domain.ledger.files.names import ending_of
from maillage.domain.ledger.files.texts import is_text
from maillage.domain.ledger.files.traps import has_markup

_BY_MEDIA_TYPE = {kind.media_type: kind for kind in (JPEG, PNG, WEBP, PDF)}
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC = frozenset({"image/heic", "image/heif"})
# Kinds known by two letters only: a text that begins with « BM » or « MZ » is a text all the same.
_TWO_LETTERS = frozenset({"image/bmp", "application/x-msdownload"})


def kind_of(content: bytes, *, name: str) -> FileKind:
    """Return the kind of a file; raise ``UserMistake`` when it is not one that is kept, or when its name lies."""
    kind = _sniffed(content, name)
    ending = ending_of(name)
    if ending not in kind.endings and not (kind is TEXT and ending in CSV.endings):
        said = f"« .{ending} »" if ending else "sans terminaison"
        raise UserMistake(
            f"Le nom « {name} » finit par {said}, mais ce fichier est {kind.label}. Renommez-le en "
            f"« .{kind.endings[0]} », ou choisissez le bon fichier."
            if ending
            else f"« {name} » n’a pas de terminaison. Renommez-le en « .{kind.endings[0]} », puis recommencez.",
            field="file",
        )
    return CSV if kind is TEXT and ending in CSV.endings else kind


def _sniffed(content: bytes, name: str) -> FileKind:
    if content.startswith(_ZIP):
        found = document_kind(content)
        if found is None:
            raise _unknown(name, "une archive")
        return found
    guessed = filetype.guess(content[:8_192])
    media_type = guessed.mime if guessed is not None else ""
    if media_type in _BY_MEDIA_TYPE:
        return _BY_MEDIA_TYPE[media_type]
    if media_type in _HEIC:
        raise UserMistake(
            f"« {name} » est une photo HEIC, que tous les ordinateurs ne savent pas lire. Réglez l’appareil sur "
            "« Le plus compatible », ou envoyez-la en JPEG.",
            field="file",
        )
    if content.startswith(_OLE):
        raise UserMistake(
            f"« {name} » est dans un ancien format, ou protégé par un mot de passe. Enregistrez-le en DOCX, XLSX "
            "ou PDF.",
            field="file",
        )
    if (media_type and media_type not in _TWO_LETTERS) or not is_text(content):
        raise _unknown(name, "d’un genre que nous ne gardons pas")
    if ending_of(name) not in BY_ENDING and has_markup(content):
        raise UserMistake(
            f"« {name} » est une page web ou un dessin SVG, qui peut contenir du code. Envoyez une photo, un PDF ou "
            "un texte simple.",
            field="file",
        )
    return TEXT


def _unknown(name: str, what: str) -> UserMistake:
    return UserMistake(f"« {name} » est {what}. Envoyez plutôt : {SAID}.", field="file")
