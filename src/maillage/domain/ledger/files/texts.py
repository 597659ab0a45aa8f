"""Plain texts and CSV tables: letters only, and nothing a browser could take for a page."""

from maillage.core.errors import UserMistake
from maillage.domain.ledger.files.traps import has_markup

_ALLOWED = frozenset({"\t", "\n", "\r", "\f"})


def is_text(content: bytes) -> bool:
    """Say whether every byte is a letter, a sign or a blank, in UTF-8 or in the Windows alphabet."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return all(char in _ALLOWED or ord(char) >= 32 for char in text) and "\x7f" not in text
    return False


def check_text(content: bytes, *, name: str) -> None:
    """Refuse a text that is a page or a drawing."""
    if has_markup(content):
        raise UserMistake(
            f"« {name} » est une page web ou un dessin SVG, qui peut contenir du code. Envoyez une photo, un PDF ou "
            "un texte simple.",
            field="file",
        )
