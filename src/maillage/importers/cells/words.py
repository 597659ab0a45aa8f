"""Short words with a meaning: yes and no, addresses of mail and web, lists."""

import re

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.tabular.table import Cell

_YES = frozenset({"oui", "o", "x", "vrai", "true", "yes", "y", "1", "ok", "✓", "✔", "☑", "✗ oui", "wahr"})
_NO = frozenset({"non", "n", "faux", "false", "no", "0", "☐", "aucun", "aucune", "-", "—"})
_EMAIL = re.compile(
    r"^[^\s@<>,;:\"()\[\]\\]{1,64}@(?:[^\s@<>,;:\"()\[\]\\.]+\.)+[^\s@<>,;:\"()\[\]\\.]{2,63}$"
)
_WEB = re.compile(r"^(?:https?://)?[^\s/@:]+\.[^\s/@.:]{2,}(?::[0-9]+)?(?:[/?#]\S*)?$", re.IGNORECASE)
_POSTCODE = re.compile(r"^[0-9]{5}$")


def boolean(cell: Cell | None) -> bool:
    """Return yes or no, as a box is ticked in a spreadsheet: oui, x, vrai, 1."""
    if isinstance(cell, bool):
        return cell
    word = text_of(cell).strip().casefold()
    if word in _YES or fold(word) in _YES:
        return True
    if word in _NO or fold(word) in _NO:
        return False
    raise UserMistake(f"« {shown(cell)} » ne se lit pas. Écrivez oui ou non.")


def email(cell: Cell | None) -> str:
    """Return an e-mail address."""
    text = text_of(cell).removeprefix("mailto:").strip().strip("<>")
    if len(text) > 254 or not _EMAIL.match(text) or ".." in text:
        raise UserMistake(
            f"« {shown(cell)} » n’est pas une adresse électronique. Écrivez-en une seule, comme "
            "nom@exemple.fr."
        )
    return text


def website(cell: Cell | None) -> str:
    """Return a web address with its ``https://``; only http and https pass."""
    text = text_of(cell)
    if len(text) > 500 or not _WEB.match(text):
        raise UserMistake(f"« {shown(cell)} » n’est pas une adresse web. Écrivez par exemple www.exemple.fr.")
    return text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"


def phone(cell: Cell | None) -> str:
    """Return a telephone number as text; a French one that lost its zero finds it again."""
    text = text_of(cell)
    if isinstance(cell, int | float) and len(text) == 9:
        return f"0{text}"
    if not re.search(r"[0-9]", text):
        raise UserMistake(f"« {shown(cell)} » n’est pas un numéro de téléphone.")
    return text


def postcode(cell: Cell | None) -> str:
    """Return a postal code of five digits; a leading zero lost in a spreadsheet comes back."""
    text = re.sub(r"[\s\u00a0\u202f]+", "", text_of(cell))
    text = f"0{text}" if len(text) == 4 else text
    if not (_POSTCODE.match(text) and text.isascii()):
        raise UserMistake(f"« {shown(cell)} » n’est pas un code postal : il a cinq chiffres.")
    return text


def word_list(cell: Cell | None) -> tuple[str, ...]:
    """Return the items of a list parted by commas, semicolons, bars or line ends, each once."""
    items = (item.strip() for item in re.split(r"[;,|\n]+", text_of(cell)))
    return tuple(dict.fromkeys(item for item in items if item))
