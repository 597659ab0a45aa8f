"""Reads the catalogue: by the words people say, as a tree, and as plain rows for the engine."""

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from maillage.core.french import fold
from maillage.domain.catalogue.models import Authorisation, ResourceType, Synonym, TypeLink

_SHORTEST = 2
_ALIKE = 0.35
_EXACT, _BEGINS, _INSIDE = 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True)
class TypeFound:
    """A type as a list of choices shows it, with the word of the catalogue that answered."""

    code: str
    label: str
    kind: str
    kind_label: str
    parent_label: str
    unit: str
    dimension: str
    hazardous: bool
    matched: str
    closeness: float


@dataclass(frozen=True, slots=True)
class TypeNode:
    """A type and the narrower ones under it."""

    code: str
    label: str
    kind: str
    definition: str
    unit: str
    hazardous: bool
    children: tuple["TypeNode", ...] = ()


@dataclass(frozen=True, slots=True)
class TypeForEngine:
    """What the engine needs of a type."""

    code: str
    label: str
    kind: str
    parent: str | None
    dimension: str
    unit: str
    hazardous: bool
    requires: tuple[str, ...]
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkForEngine:
    """What the engine needs of a link: ``closeness`` is between 0 and 1."""

    offer: str
    need: str
    relation: str
    through: str | None
    condition: str
    closeness: float


@dataclass(frozen=True, slots=True)
class CatalogueForEngine:
    """Types, parents before children; retired ones too, since intents may still name them."""

    types: tuple[TypeForEngine, ...]
    links: tuple[LinkForEngine, ...]
    authorisations: tuple[str, ...]


def search_types(*, text: str, limit: int = 8, kind: str = "") -> list[TypeFound]:
    """Return the types whose label or synonyms look like ``text``, the closest first, each once.

    A whole word beats a beginning, which beats a part; near spellings follow. Retired types are left out.
    """
    key = fold(text)
    if len(key) < _SHORTEST:
        return []
    best: dict[str, tuple[float, str]] = {}
    for code, word, folded, closeness in [*_by_label(key, kind), *_by_synonym(key, kind)]:
        score = _score(key, folded, closeness)
        if score > best.get(code, (0.0, ""))[0]:
            best[code] = (score, word)
    chosen = sorted(best, key=lambda code: (-best[code][0], code))[:limit]
    rows = ResourceType.objects.select_related("parent").in_bulk(chosen)
    return [_found(rows[code], *best[code]) for code in chosen]


def _score(key: str, folded: str, closeness: float) -> float:
    if folded == key:
        return _EXACT + closeness
    if folded.startswith(key):
        return _BEGINS + closeness
    return (_INSIDE if f" {key}" in folded else 0.0) + closeness


def _by_label(key: str, kind: str) -> list[tuple[str, str, str, float]]:
    rows = ResourceType.objects.filter(retired=False).order_by()
    if kind:
        rows = rows.filter(kind=kind)
    return list(
        rows.filter(_looks_like(key))
        .annotate(closeness=_closeness(key))
        .filter(closeness__gte=_ALIKE)
        .values_list("code", "label", "folded", "closeness")
    )


def _by_synonym(key: str, kind: str) -> list[tuple[str, str, str, float]]:
    rows = Synonym.objects.filter(resource_type__retired=False).order_by()
    if kind:
        rows = rows.filter(resource_type__kind=kind)
    return list(
        rows.filter(_looks_like(key))
        .annotate(closeness=_closeness(key))
        .filter(closeness__gte=_ALIKE)
        .values_list("resource_type_id", "text", "folded", "closeness")
    )


def _looks_like(key: str) -> Q:
    """Begins with it, holds it at the start of a word, looks like it, or is one of its words."""
    return (
        Q(folded__startswith=key)
        | Q(folded__contains=f" {key}")
        | Q(folded__trigram_similar=key)
        | Q(folded__trigram_word_similar=key)
    )


def _closeness(key: str) -> Greatest:
    return Greatest(TrigramSimilarity("folded", key), TrigramWordSimilarity(key, "folded"))


def _found(row: ResourceType, score: float, matched: str) -> TypeFound:
    return TypeFound(
        code=row.code,
        label=row.label,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        parent_label=row.parent.label if row.parent else "",
        unit=row.unit,
        dimension=row.dimension,
        hazardous=row.hazardous,
        matched="" if matched == row.label else matched,
        closeness=round(score, 3),
    )


def type_tree(*, kind: str = "") -> tuple[TypeNode, ...]:
    """Return the types in use as a forest, in the order of their paths; one question."""
    rows: QuerySet[ResourceType] = ResourceType.objects.filter(retired=False).order_by("kind", "path")
    if kind:
        rows = rows.filter(kind=kind)
    under: dict[str | None, list[ResourceType]] = {}
    known = {row.code for row in rows}
    for row in rows:
        under.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    return _nodes(under, None)


def _nodes(under: dict[str | None, list[ResourceType]], parent: str | None) -> tuple[TypeNode, ...]:
    return tuple(
        TypeNode(
            code=row.code,
            label=row.label,
            kind=row.kind,
            definition=row.definition,
            unit=row.unit,
            hazardous=row.hazardous,
            children=_nodes(under, row.code),
        )
        for row in under.get(parent, ())
    )


def types_for_engine() -> CatalogueForEngine:
    """Return the whole catalogue as plain rows, in an order that does not depend on the database; four questions."""
    required: dict[str, list[str]] = {}
    asked = ResourceType.authorisations.through._default_manager.order_by(
        "resourcetype_id", "authorisation_id"
    )
    for code, authorisation in asked.values_list("resourcetype_id", "authorisation_id"):
        required.setdefault(code, []).append(authorisation)
    words: dict[str, list[str]] = {}
    for code, text in Synonym.objects.order_by("resource_type_id", "text").values_list(
        "resource_type_id", "text"
    ):
        words.setdefault(code, []).append(text)
    types = sorted(ResourceType.objects.order_by(), key=lambda row: (row.path.count("/"), row.code))
    links = TypeLink.objects.order_by("offer_id", "need_id", "relation").values_list(
        "offer_id", "need_id", "relation", "through_id", "condition", "closeness"
    )
    return CatalogueForEngine(
        types=tuple(
            TypeForEngine(
                code=row.code,
                label=row.label,
                kind=row.kind,
                parent=row.parent_id,
                dimension=row.dimension,
                unit=row.unit,
                hazardous=row.hazardous,
                requires=tuple(required.get(row.code, ())),
                synonyms=tuple(words.get(row.code, ())),
            )
            for row in types
        ),
        links=tuple(
            LinkForEngine(offer, need, relation, through, condition, float(closeness))
            for offer, need, relation, through, condition, closeness in links
        ),
        authorisations=tuple(Authorisation.objects.order_by("code").values_list("code", flat=True)),
    )
