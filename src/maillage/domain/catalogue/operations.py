"""Copies the catalogue's files into the database; loading them again changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from maillage.domain.catalogue.files import CatalogueFiles, LinkRow, TypeRow, read_catalogue
from maillage.domain.catalogue.models import Authorisation, ResourceType, Synonym, TypeLink

_BATCH = 1000
_COLUMNS = (
    "kind",
    "label",
    "definition",
    "parent_id",
    "path",
    "dimension",
    "unit",
    "waste_code",
    "retired",
)
_LINK_COLUMNS = ("through_id", "condition", "closeness")


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """What a load did, in rows; ``retired`` are types that left the files and stay for those who use them."""

    version: str
    types: int
    created: int
    updated: int
    retired: int
    synonyms: int
    links: int
    authorisations: int

    @property
    def changed(self) -> int:
        """How many rows were written."""
        return self.created + self.updated + self.retired + self.synonyms + self.links + self.authorisations


@transaction.atomic
def load_catalogue(*, files: CatalogueFiles | None = None) -> CatalogueReport:
    """Write what differs between the files and the database and nothing else.

    A type that left the files is marked retired, with its words kept; its links go. Raises ``CatalogueFault``
    when the files are wrong.
    """
    catalogue = files if files is not None else read_catalogue()
    authorisations = _load_authorisations(catalogue)
    _set_labels_aside(catalogue)
    created, updated = _load_types(catalogue)
    retired = (
        ResourceType.objects.filter(retired=False).exclude(code__in=catalogue.by_code).update(retired=True)
    )
    synonyms = _load_synonyms(catalogue) + _load_requirements(catalogue)
    return CatalogueReport(
        version=catalogue.version,
        types=len(catalogue.types),
        created=created,
        updated=updated,
        retired=retired,
        synonyms=synonyms,
        links=_load_links(catalogue.links),
        authorisations=authorisations,
    )


def _load_authorisations(catalogue: CatalogueFiles) -> int:
    current = {row.code: row for row in Authorisation.objects.all()}
    changed = [
        Authorisation(code=row.code, label=row.label, source=row.source)
        for row in catalogue.authorisations
        if row.code not in current
        or (current[row.code].label, current[row.code].source) != (row.label, row.source)
    ]
    Authorisation.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["code"], update_fields=["label", "source"]
    )
    return len(changed)


def _load_types(catalogue: CatalogueFiles) -> tuple[int, int]:
    """Create and update types; a parent is written before its children. Return how many of each."""
    current = {row["code"]: row for row in ResourceType.objects.values("code", *_COLUMNS)}
    fresh, stale = [], []
    for row in sorted(catalogue.types, key=lambda one: len(catalogue.ancestors(one.code))):
        made = _type(catalogue, row)
        if row.code not in current:
            fresh.append(made)
        elif any(getattr(made, column) != current[row.code][column] for column in _COLUMNS):
            stale.append(made)
    ResourceType.objects.bulk_create(fresh, batch_size=_BATCH)
    if stale:
        columns = [column.removesuffix("_id") for column in _COLUMNS]
        ResourceType.objects.bulk_update(stale, [*columns, "version"], batch_size=_BATCH)
    return len(fresh), len(stale)


def _type(catalogue: CatalogueFiles, row: TypeRow) -> ResourceType:
    line = [*reversed(catalogue.ancestors(row.code)), row.code]
    return ResourceType(
        code=row.code,
        kind=row.kind,
        label=row.label,
        definition=row.definition,
        parent_id=row.parent,
        path=f"/{'/'.join(line)}/",
        dimension=row.dimension,
        unit=row.unit,
        waste_code=row.waste_code or "",
        version=catalogue.version,
        retired=False,
    )


def _set_labels_aside(catalogue: CatalogueFiles) -> None:
    """Free the labels that change hands, so that the unique rule holds at every step.

    A type that left the files and whose label is taken over keeps it with its code behind.
    """
    taken = {row.label: row.code for row in catalogue.types}
    for row in ResourceType.objects.filter(label__in=taken):
        if taken[row.label] != row.code:
            row.label = f"{row.label} ({row.code})"[:120]
            row.save(update_fields=["label"])


def _load_synonyms(catalogue: CatalogueFiles) -> int:
    wanted = {(row.code, text) for row in catalogue.types for text in row.synonyms}
    current = {
        (code, text): pk
        for pk, code, text in Synonym.objects.filter(resource_type__in=catalogue.by_code).values_list(
            "pk", "resource_type_id", "text"
        )
    }
    gone = [pk for key, pk in current.items() if key not in wanted]
    Synonym.objects.filter(pk__in=gone).delete()
    fresh = sorted(wanted - current.keys())
    Synonym.objects.bulk_create(
        (Synonym(resource_type_id=code, text=text) for code, text in fresh), batch_size=_BATCH
    )
    return len(gone) + len(fresh)


def _load_requirements(catalogue: CatalogueFiles) -> int:
    """Copy which authorisation each type asks for."""
    through = ResourceType.authorisations.through
    wanted = {(row.code, code) for row in catalogue.types for code in row.requires}
    current = {
        (code, authorisation): pk
        for pk, code, authorisation in through._default_manager.filter(
            resourcetype_id__in=catalogue.by_code
        ).values_list("pk", "resourcetype_id", "authorisation_id")
    }
    gone = [pk for key, pk in current.items() if key not in wanted]
    through._default_manager.filter(pk__in=gone).delete()
    fresh = sorted(wanted - current.keys())
    through._default_manager.bulk_create(
        through(resourcetype_id=code, authorisation_id=authorisation) for code, authorisation in fresh
    )
    return len(gone) + len(fresh)


def _load_links(links: Iterable[LinkRow]) -> int:
    wanted = {(row.offer, row.need, row.relation): _link(row) for row in links}
    current = {(row.offer_id, row.need_id, row.relation): row for row in TypeLink.objects.all()}
    gone = [row.pk for key, row in current.items() if key not in wanted]
    TypeLink.objects.filter(pk__in=gone).delete()
    stale = []
    for key, row in wanted.items():
        if key in current and any(
            getattr(row, column) != getattr(current[key], column) for column in _LINK_COLUMNS
        ):
            row.pk = current[key].pk
            stale.append(row)
    fresh = [row for key, row in wanted.items() if key not in current]
    TypeLink.objects.bulk_create(fresh, batch_size=_BATCH)
    if stale:
        columns = [column.removesuffix("_id") for column in _LINK_COLUMNS]
        TypeLink.objects.bulk_update(stale, columns, batch_size=_BATCH)
    return len(gone) + len(stale) + len(fresh)


def _link(row: LinkRow) -> TypeLink:
    return TypeLink(
        offer_id=row.offer,
        need_id=row.need,
        relation=row.relation,
        through_id=row.through,
        condition=row.condition,
        closeness=Decimal(str(row.closeness)).quantize(Decimal("0.01")),
    )
