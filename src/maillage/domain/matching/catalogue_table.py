"""The catalogue as rows for the engine, read once per version of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage.domain.catalogue.models import Authorisation, ResourceType, TypeLink


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A type with what the engine needs of it."""

    code: str
    label: str
    kind: str
    parent: str | None
    dimension: str
    hazardous: bool
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link with what the engine needs of it."""

    offer: str
    need: str
    closeness: float
    relation: str
    condition: str


def authorisation_codes() -> tuple[str, ...]:
    """Every authorisation, in the order of the codes: their rank is the engine's bit."""
    return tuple(Authorisation.objects.order_by("code").values_list("code", flat=True))


def authorisation_labels() -> dict[str, str]:
    """The words of each authorisation, by code."""
    return dict(Authorisation.objects.order_by("code").values_list("code", "label"))


def in_words(sentence: str, labels: Mapping[str, str]) -> str:
    """Return a sentence of the engine with the authorisations' labels instead of their codes."""
    for code in sorted(labels, key=len, reverse=True):
        sentence = sentence.replace(code, labels[code])
    return sentence


def type_lines() -> list[TypeLine]:
    """Every type that is in use, by code."""
    rows = ResourceType.objects.order_by("code").prefetch_related("authorisations")
    return [
        TypeLine(
            code=row.code,
            label=row.label,
            kind=row.kind,
            parent=row.parent_id,
            dimension=row.dimension,
            hazardous=row.hazardous,
            requires=tuple(sorted(one.code for one in row.authorisations.all())),
        )
        for row in rows
    ]


def link_lines() -> list[LinkLine]:
    """Every link between types."""
    return [
        LinkLine(
            offer=link.offer_id,
            need=link.need_id,
            closeness=float(link.closeness),
            relation=link.relation,
            condition=link.condition,
        )
        for link in TypeLink.objects.order_by("offer_id", "need_id", "relation")
    ]
