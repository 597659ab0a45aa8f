"""The name somebody gave to a file: a path is refused, what could deceive the eye is taken out."""

import re
import unicodedata

from maillage.core.errors import UserMistake

LONGEST = 120
_RESERVED = re.compile(r"^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')
# Controls, and the marks that turn the direction of a text (« gpj.exe » read backwards).
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def ending_of(name: str) -> str:
    """Return the ending of a name, in lower case and without its dot; "" when it has none."""
    stem, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot and stem.strip() else ""


def cleaned_name(name: str) -> str:
    """Return a name that can be shown and proposed again; raise ``UserMistake`` when it is a path."""
    if "/" in name or "\\" in name:
        raise UserMistake(
            "Le nom de ce fichier contient un chemin de dossiers. Renommez-le sans « / » ni « \\ », puis recommencez.",
            field="file",
        )
    text = unicodedata.normalize("NFC", name)
    text = "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
    text = " ".join(_FORBIDDEN.sub("-", text).split()).lstrip(". ").rstrip(". ")
    if _RESERVED.match(text):
        text = f"fichier-{text}"
    ending = ending_of(text)
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - len(ending) - 2].rstrip(' .')}….{ending}" if ending else text[:LONGEST]
    return text or "fichier"
