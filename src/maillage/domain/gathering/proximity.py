"""Which cards of a room answer each other: their types first, then the words they share. Cheap, and said in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maillage.core.french import fold
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.models import ResourceType, TypeLink
from maillage.domain.catalogue.words import propose_types

SURE = 0.5
SAME_TYPE, ANSWERING_TYPE, SAME_BRANCH = 0.6, 0.5, 0.35
WORDS = 0.4
ENOUGH = 0.35
SHORTEST = 4
STEM = 6
_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    """
    avec sans pour dans vers chez leur leurs notre votre nous vous cette tous toutes toute plus moins besoin cherche
    cherchons propose proposons offre offrons manque faut etre avoir fois semaine jour mois annee
    """.split()  # noqa: SIM905 - a list of words reads better as text
)


@dataclass(frozen=True, slots=True)
class Said:
    """A card as it is compared."""

    pk: int
    title: str
    resource_type: ResourceType | None


@dataclass(frozen=True, slots=True)
class Nearness:
    """How close a card is, and why."""

    pk: int
    closeness: float
    because: str


def type_of(text: str) -> ResourceType | None:
    """Return the type of the catalogue that the words surely name; None when they name none."""
    found = propose_types(text, read_catalogue(), limit=1)
    if not found or found[0].score < SURE:
        return None
    return ResourceType.objects.filter(code=found[0].code, retired=False).first()


def near(card: Said, others: Sequence[Said], *, is_need: bool) -> list[Nearness]:
    """Return the cards of the other side that may answer, the closest first."""
    answering = _answering(card, others, is_need=is_need)
    found = [_nearness(card, other, answering) for other in others]
    kept = [one for one in found if one.closeness >= ENOUGH]
    return sorted(kept, key=lambda one: (-one.closeness, one.pk))


def _answering(card: Said, others: Sequence[Said], *, is_need: bool) -> frozenset[str]:
    """Return the types of the other side that the catalogue says answer this one's."""
    if card.resource_type is None:
        return frozenset()
    wanted = {one.resource_type.code for one in others if one.resource_type is not None}
    mine, theirs = ("need", "offer") if is_need else ("offer", "need")
    links = TypeLink.objects.filter(**{mine: card.resource_type, f"{theirs}__in": wanted})
    return frozenset(links.values_list(f"{theirs}_id", flat=True))


def _nearness(card: Said, other: Said, answering: frozenset[str]) -> Nearness:
    by_type, why = _by_type(card.resource_type, other.resource_type, answering)
    shared, share = _shared(card.title, other.title)
    closeness = by_type + WORDS * share
    said = why or (f"mots communs : {', '.join(shared[:3])}" if shared else "")
    return Nearness(other.pk, closeness, said[:200])


def _by_type(
    mine: ResourceType | None, other: ResourceType | None, answering: Iterable[str]
) -> tuple[float, str]:
    if mine is None or other is None:
        return 0.0, ""
    if mine.code == other.code:
        return SAME_TYPE, f"même type : {mine.label}"
    if other.code in answering:
        return ANSWERING_TYPE, f"l’un répond à l’autre : {mine.label}, {other.label}"
    if f"/{mine.code}/" in other.path or f"/{other.code}/" in mine.path:
        return SAME_BRANCH, f"types voisins : {mine.label}, {other.label}"
    return 0.0, ""


def _shared(first: str, second: str) -> tuple[list[str], float]:
    mine, others = _stems(first), _stems(second)
    if not mine or not others:
        return [], 0.0
    shared = [mine[stem] for stem in mine if stem in others]
    return shared, len(shared) / min(len(mine), len(others))


def _stems(text: str) -> dict[str, str]:
    """Return the beginnings of the words that count, with the word as it was said."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        key = fold(word)
        if len(key) >= SHORTEST and key not in _EMPTY:
            found.setdefault(key[:STEM], word.lower())
    return found
