"""Labelled files: the texts, the right answers of each cell, and the names of the labels."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from maillage.core.errors import UserMistake
from maillage.interfaces.cli.evaluating.grid import read_grid

NAME_COLUMNS = ("libelle", "libelle_fr", "intitule", "nom", "label", "titre")
LONGEST_CODE = 15
_PARTS = re.compile(r"\s*[,;|]\s*")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """``texts`` and, for each, the ``codes`` of its right labels; ``left_out``: lines without text or label."""

    texts: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    left_out: int


def read_labelled(path: Path, *, text: str, label: str, known: Collection[str]) -> Labelled:
    """Read the columns ``text`` and ``label``. Raises ``UserMistake`` when one is missing or nothing is left."""
    grid = read_grid(path)
    titled = grid.titled(text, label)
    texts = grid.values(grid.column(text, option="--texte"), below_titles=titled)
    cells = grid.values(grid.column(label, option="--etiquette"), below_titles=titled)
    rows = [(one, answers_of(cell, known)) for one, cell in zip(texts, cells, strict=True)]
    kept = [(one, codes) for one, codes in rows if one.strip() and codes]
    if not kept:
        raise UserMistake(f"« {path.name} » : aucune ligne n’a à la fois un texte et une étiquette.")
    return Labelled(tuple(one for one, _ in kept), tuple(codes for _, codes in kept), len(rows) - len(kept))


def read_names(path: Path) -> dict[str, str]:
    """Return label → name: the first column, and the one titled like a name, else the second."""
    grid = read_grid(path)
    titled = grid.titled(*NAME_COLUMNS, "code", "code_rome", "etiquette")
    place = 1
    for title in NAME_COLUMNS if titled else ():
        if grid.titled(title):
            place = grid.column(title, option="--libelles")
            break
    codes = grid.values(0, below_titles=titled)
    names = grid.values(place, below_titles=titled)
    found = {tidy(code): name for code, name in zip(codes, names, strict=True) if code.strip()}
    if not found:
        raise UserMistake(f"« {path.name} » : aucune étiquette dans la première colonne.")
    return found


def answers_of(cell: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the right answers of a cell: several when each part is a known label or looks like a code.

    >>> answers_of("04 02 21, 04 02 22*", ())
    ('04 02 21', '04 02 22')
    >>> answers_of("Forêt, bois et haies", ())
    ('Forêt, bois et haies',)
    """
    whole = tidy(cell)
    if not whole:
        return ()
    parts = [tidy(part) for part in _PARTS.split(cell) if tidy(part)]
    if whole in known or not all(part in known or _is_code(part) for part in parts):
        return (whole,)
    return tuple(dict.fromkeys(parts))


def tidy(code: str) -> str:
    """Return a label with single blanks and without the star of hazardous waste."""
    return _SPACES.sub(" ", code).strip().rstrip("*").strip()


def without_headings(names: Mapping[str, str], used: Collection[str]) -> dict[str, str]:
    """Leave out the labels that only gather others (« 04 02 » above « 04 02 21 ») and that no line ever uses."""
    ordered = sorted(names)
    above = {one for one, after in pairwise(ordered) if after.startswith((f"{one} ", f"{one}."))}
    return {code: name for code, name in names.items() if code not in above or code in used}


def _is_code(part: str) -> bool:
    return len(part) <= LONGEST_CODE and any(sign.isdigit() for sign in part)
