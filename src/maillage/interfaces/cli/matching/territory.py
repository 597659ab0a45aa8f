"""The communes that « --territoire » names: départements, régions, EPCI or communes, all of a kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.municipalities import Division, Gazetteer

Codes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Territory:
    """A name to show and the codes of its communes."""

    label: str
    codes: Codes


@dataclass(frozen=True, slots=True)
class _Found:
    label: str
    codes: Codes


def territory_named(words: Sequence[str], division: Division, gazetteer: Gazetteer) -> Territory:
    """Return the territory of names or codes, each option holding one or several parted by commas.

    The first kind in which every word is found wins; raises ``UserMistake`` naming the word that is not.
    """
    asked = [word.strip() for one in words for word in one.split(",") if word.strip()]
    if not asked:
        raise UserMistake(
            "Dites quel territoire : par exemple --territoire Cher, ou --territoire Bourges,Vierzon."
        )
    readers: tuple[Callable[[str], _Found | None], ...] = (
        lambda word: _department(word, division),
        lambda word: _region(word, division),
        lambda word: _intermunicipal(word, division),
        lambda word: _municipality(word, gazetteer),
    )
    best: list[_Found | None] = []
    for reader in readers:
        found = [reader(word) for word in asked]
        known = [one for one in found if one is not None]
        if len(known) == len(asked):
            label = ", ".join(one.label for one in known)
            return Territory(label, frozenset().union(*(one.codes for one in known)))
        if len(known) > sum(one is not None for one in best):
            best = found
    raise UserMistake(_not_found(asked, best))


def _not_found(asked: Sequence[str], best: Sequence[_Found | None]) -> str:
    if not best:
        return (
            f"« {asked[0]} » n’est ni un département, ni une région, ni une intercommunalité, ni une commune "
            "que l’on connaît. Écrivez son nom officiel ou son code."
        )
    lacking = next(word for word, one in zip(asked, best, strict=True) if one is None)
    kept = next(one.label for one in best if one is not None)
    return (
        f"« {lacking} » n’est pas du même genre que « {kept} », ou n’est pas connu. Donnez seulement des "
        "départements, ou seulement des intercommunalités, ou seulement des communes."
    )


def _department(word: str, division: Division) -> _Found | None:
    code, name = word.upper().zfill(2), fold(word)
    for row in division.departments:
        if code == row.code or name == fold(row.name):
            codes = frozenset(one.code for one in division.municipalities if one.department == row.code)
            return _Found(f"{row.name} ({row.code})", codes)
    return None


def _region(word: str, division: Division) -> _Found | None:
    name = fold(word)
    for row in division.regions:
        if name == fold(row.name):
            codes = frozenset(one.code for one in division.municipalities if one.region == row.code)
            return _Found(row.name, codes)
    return None


def _intermunicipal(word: str, division: Division) -> _Found | None:
    name, bare = fold(word), "".join(word.split())
    asked = set(name.split())
    exact = [row for row in division.intermunicipal_bodies if bare == row.siren or name == fold(row.name)]
    near = [row for row in division.intermunicipal_bodies if asked <= set(fold(row.name).split())]
    if exact or (len(near) == 1 and len(asked) > 1):
        row = (exact or near)[0]
        return _Found(row.name, frozenset(row.members))
    return None


def _municipality(word: str, gazetteer: Gazetteer) -> _Found | None:
    if len(word) == 5 and word[1:].isalnum() and word[2:].isdigit():
        shared = gazetteer.by_postcode(word)
        if shared:
            return _Found(word, frozenset(one.code for one in shared))
        try:
            row = gazetteer.by_code(word)
        except UserMistake:
            return None
        return _Found(gazetteer.label(row), frozenset({row.code}))
    if not gazetteer.named(word.split("(", maxsplit=1)[0].strip()):
        return None
    row = gazetteer.find(name=word)
    return _Found(gazetteer.label(row), frozenset({row.code}))
