"""Which months of the year: « janv-mars », « mai, juin et septembre », « toute l’année sauf août ».

Seasons are the meteorological ones (three whole months: summer is June to August); a school year is
September to June.
"""

import re

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.cells.dates import month_named
from maillage.importers.cells.reading import shown, text_of
from maillage.importers.tabular.table import Cell

_ALL = (
    "toute l annee",
    "annee entiere",
    "tous les mois",
    "annuel",
    "toute annee",
    "permanent",
    "continu",
    "12 mois",
)
_SEASONS: dict[str, tuple[int, ...]] = {
    "printemps": (3, 4, 5),
    "ete": (6, 7, 8),
    "automne": (9, 10, 11),
    "hiver": (12, 1, 2),
    "annee scolaire": (9, 10, 11, 12, 1, 2, 3, 4, 5, 6),
}
_RANGE = re.compile(r"^(?:de |du |d )?([a-z]+|[0-9]{1,2}) (?:a|au|jusqu a|jusqu en) ([a-z]+|[0-9]{1,2})$")


def months(cell: Cell | None) -> tuple[int, ...]:
    """Return twelve weights, January first: 100 for the months said, 0 for the others."""
    raw = re.sub(r"\s*(?:[-–—→]|->)\s*", " à ", text_of(cell)).replace(".", " ")
    refusal = UserMistake(
        f"« {shown(cell)} » ne se lit pas comme des mois. Écrivez par exemple janvier-mars, ou mai, juin, "
        "septembre, ou toute l’année."
    )
    kept_part, _, excluded_part = _halves(raw)
    kept = set(range(1, 13)) if not kept_part or any(fold(kept_part) == one for one in _ALL) else None
    if kept is None:
        kept = _months_of(kept_part, refusal)
    excluded = _months_of(excluded_part, refusal) if excluded_part else set()
    left = kept - excluded
    if not left or not raw.strip():
        raise refusal
    return tuple(100 if month in left else 0 for month in range(1, 13))


def _halves(text: str) -> tuple[str, str, str]:
    found = re.search(r"\b(?:sauf|hors|excepté|excepte)\b", text, re.IGNORECASE)
    if not found:
        return text, "", ""
    return text[: found.start()].strip(" ,;("), found.group(), text[found.end() :].strip(" )")


def _months_of(text: str, refusal: UserMistake) -> set[int]:
    found: set[int] = set()
    for part in re.split(r"\s*(?:[,;/\n+&]|\bet\b|\bou\b)\s*", text):
        piece = re.sub(r"^(?:en|le|les|l|au|d|de|mois|mois de|mois d|la|pendant) ", "", fold(part))
        if not piece or piece in {"mois", "en", "le"}:
            continue
        if piece in _ALL:
            return set(range(1, 13))
        if piece in _SEASONS:
            found.update(_SEASONS[piece])
            continue
        span = _RANGE.match(piece)
        first, last = (_month(span.group(1)), _month(span.group(2))) if span else (_month(piece),) * 2
        if first is None or last is None:
            raise refusal
        found.update((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))
    return found


def _month(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 2:
        return int(word) if 1 <= int(word) <= 12 else None
    return month_named(word)
