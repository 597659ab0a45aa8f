"""Resource types for the tests."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from maillage.domain.catalogue.models import (
    Authorisation,
    LinkRelation,
    ResourceKind,
    ResourceType,
    Synonym,
    TypeLink,
)

_NUMBERS = count(1)


def make_authorisation(code: str = "dechets-dangereux", label: str | None = None) -> Authorisation:
    return Authorisation.objects.get_or_create(
        code=code, defaults={"label": label or code.replace("-", " ").capitalize(), "source": "Essai"}
    )[0]


def make_resource_type(
    code: str | None = None,
    label: str | None = None,
    *,
    kind: str = ResourceKind.MATERIAL,
    parent: ResourceType | None = None,
    dimension: str = "mass",
    unit: str = "t",
    waste_code: str = "",
    synonyms: Sequence[str] = (),
    requires: Sequence[Authorisation] = (),
    retired: bool = False,
) -> ResourceType:
    code = code or f"type-{next(_NUMBERS)}"
    made = ResourceType.objects.create(
        code=code,
        label=label or code.replace("-", " ").capitalize(),
        definition="Type d’essai.",
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else '/'}{code}/",
        dimension=dimension,
        unit=unit,
        waste_code=waste_code,
        version="essai",
        retired=retired,
    )
    Synonym.objects.bulk_create(Synonym(resource_type=made, text=text) for text in synonyms)
    made.authorisations.set(requires)
    return ResourceType.objects.get(code=code)


def make_type_link(
    offer: ResourceType,
    need: ResourceType,
    *,
    relation: str = LinkRelation.SUBSTITUTES,
    closeness: str = "0.70",
    condition: str = "Si la qualité convient.",
    through: ResourceType | None = None,
) -> TypeLink:
    return TypeLink.objects.create(
        offer=offer,
        need=need,
        relation=relation,
        closeness=Decimal(closeness),
        condition=condition,
        through=through,
    )
