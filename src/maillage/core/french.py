"""French typography and French matching of words.

``typography`` sets the spaces and the apostrophe that French readers expect (Lexique des règles typographiques
en usage à l'Imprimerie nationale). ``fold`` makes two spellings of one word equal for searching.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

NBSP = "\u00a0"
NARROW = "\u202f"

_BEFORE_HIGH = re.compile(r"[ \u00a0\u202f]*([;!?])(?=[\s»)\]<]|$)")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:")
_AFTER_OPEN = re.compile(r"«[ \u00a0\u202f]*")
_BEFORE_CLOSE = re.compile(r"[ \u00a0\u202f]*»")
_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ÿ])'(?=[A-Za-zÀ-ÿ«])")
_UNIT = re.compile(
    r"(?<=\d) (?=(?:t|kg|g|km|m|m²|m³|l|L|h|j|€|%|ETP|kWh|MWh|ha|places?|postes?)(?:\b|/|$|\W))"
)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_NOT_WORD = re.compile(r"[^a-z0-9&]+")


def typography(text: str) -> str:
    """Return ``text`` with French spaces: U+00A0 in « », before ``:`` and units, U+202F before ``; ! ?``."""
    return _kept_typography(text) if len(text) <= _KEPT_LENGTH else _typography(text)


def _typography(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    text = _AFTER_OPEN.sub("«" + NBSP, text)
    text = _BEFORE_CLOSE.sub(NBSP + "»", text)
    text = _BEFORE_HIGH.sub(lambda found: NARROW + found.group(1), text)
    text = _BEFORE_COLON.sub(NBSP + ":", text)
    text = _THOUSANDS.sub(NBSP, text)
    return _UNIT.sub(NBSP, text)


# A page sets hundreds of words that the page before it set too. What is kept depends on the text alone: it is never out
# of date, and only whoever gives the same text gets it.
_KEPT_LENGTH = 120
_kept_typography = lru_cache(maxsize=8192)(_typography)


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, ligatures, hyphens or apostrophes, words parted by one space.

    ``Saint-Amand-Montrond`` and ``saint amand montrond`` fold alike; the ``&`` of ``Ci&el`` stays.
    """
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", bare).strip()


def number(value: Decimal | float | int, *, digits: int = 2) -> str:
    """Write a number the French way: decimal comma, thousands parted by U+00A0, no useless zero."""
    rounded = round(Decimal(str(value)), digits)
    whole = f"{rounded:,.{digits}f}"
    if "." in whole:
        whole = whole.rstrip("0").rstrip(".")
    return whole.replace(",", NBSP).replace(".", ",")


def listed(words: Sequence[str]) -> str:
    """Write a list in a sentence: « une, deux et trois »."""
    return " et ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def plural(count: Decimal | float | int, one: str, many: str) -> str:
    """Return ``one`` or ``many``: in French, 0, 1 and 1.5 take the singular."""
    return one if -2 < count < 2 else many
