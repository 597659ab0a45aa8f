"""Loads the official list of communes and the bodies they belong to; loading it again changes nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models, transaction
from django.db.models import Count, Q

from maillage.core.errors import UserMistake
from maillage.domain.places.models import (
    Department,
    IntermunicipalBody,
    Municipality,
    Postcode,
    Region,
)

_BATCH = 2000


class RegionRow(Protocol):
    """A région of the source."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class DepartmentRow(RegionRow, Protocol):
    """A département of the source; overseas collectivities have no region."""

    @property
    def region(self) -> str | None: ...


class BodyRow(Protocol):
    """An EPCI of the source; ``kind`` is CC, CA, CU, METRO…"""

    @property
    def siren(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


class MunicipalityRow(Protocol):
    """A commune of the source; ``epci`` is the SIREN of its EPCI."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def region(self) -> str | None: ...
    @property
    def epci(self) -> str | None: ...
    @property
    def population(self) -> int | None: ...
    @property
    def postcodes(self) -> Sequence[str]: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class GeographyReport:
    """What a load did, by kind of row; ``absent`` are communes we keep though the source no longer has them."""

    created: Mapping[str, int]
    updated: Mapping[str, int]
    absent: tuple[str, ...]

    @property
    def changed(self) -> int:
        """How many rows were written."""
        return sum(self.created.values()) + sum(self.updated.values())


@transaction.atomic
def load_geography(
    *,
    regions: Iterable[RegionRow],
    departments: Iterable[DepartmentRow],
    bodies: Iterable[BodyRow],
    municipalities: Iterable[MunicipalityRow],
    source: str,
) -> GeographyReport:
    """Write what differs from the database and nothing else; ``source`` (``PositionSource``) owns the points.

    A point that came from another source stays: ``set_positions`` replaces it. Nothing is deleted.
    """
    created: Counter[str] = Counter()
    updated: Counter[str] = Counter()
    _write(Region, {row.code: {"name": row.name} for row in regions}, created, updated)
    _write(
        Department,
        {row.code: {"name": row.name, "region_id": row.region or None} for row in departments},
        created,
        updated,
    )
    _write(
        IntermunicipalBody,
        {row.siren: {"name": row.name, "kind": row.kind} for row in bodies},
        created,
        updated,
    )
    rows = {row.code: row for row in municipalities}
    _check_references(rows.values())
    known = set(Municipality.objects.values_list("code", flat=True))
    _write_municipalities(rows, source, created, updated)
    _write_postcodes(rows, created, updated)
    updated["homonyms"] += _mark_homonyms()
    return GeographyReport(+created, +updated, tuple(sorted(known - rows.keys())))


def _write(
    model: type[models.Model],
    wanted: Mapping[str, dict[str, Any]],
    created: Counter[str],
    updated: Counter[str],
) -> None:
    """Create the missing rows of ``model`` and update the different ones."""
    if not wanted:
        return
    columns = list(next(iter(wanted.values())))
    manager = model._default_manager
    current = {row["pk"]: row for row in manager.values("pk", *columns)}
    fresh = [model(pk=code, **values) for code, values in wanted.items() if code not in current]
    stale = [
        model(pk=code, **values)
        for code, values in wanted.items()
        if code in current and any(current[code][column] != values[column] for column in columns)
    ]
    manager.bulk_create(fresh, batch_size=_BATCH)
    if stale:
        manager.bulk_update(stale, [column.removesuffix("_id") for column in columns], batch_size=_BATCH)
    name = str(model._meta.model_name)
    created[name] += len(fresh)
    updated[name] += len(stale)


def _check_references(rows: Iterable[MunicipalityRow]) -> None:
    """Refuse a list that names a département or an EPCI nobody described, before the database does."""
    departments = set(Department.objects.values_list("pk", flat=True))
    bodies = set(IntermunicipalBody.objects.values_list("pk", flat=True))
    for row in rows:
        if row.department not in departments:
            raise UserMistake(
                f"La commune {row.name} ({row.code}) est dans le département « {row.department} », que la liste des "
                "départements ne contient pas. Ajoutez-le d’abord."
            )
        if row.epci and row.epci not in bodies:
            raise UserMistake(
                f"La commune {row.name} ({row.code}) est dans l’intercommunalité « {row.epci} », que la liste des "
                "intercommunalités ne contient pas. Ajoutez-la d’abord."
            )


def _write_municipalities(
    rows: Mapping[str, MunicipalityRow], source: str, created: Counter[str], updated: Counter[str]
) -> None:
    known = {
        code: (latitude, longitude, origin)
        for code, latitude, longitude, origin in Municipality.objects.values_list(
            "code", "latitude", "longitude", "position_source"
        )
    }
    point_of = _points(rows, known, source)
    _write(
        Municipality,
        {
            code: {
                "name": row.name,
                "department_id": row.department,
                "intermunicipal_body_id": row.epci or None,
                "population": row.population,
                **point_of(code),
            }
            for code, row in rows.items()
        },
        created,
        updated,
    )


def _points(
    rows: Mapping[str, MunicipalityRow],
    known: Mapping[str, tuple[float | None, float | None, str]],
    source: str,
) -> Callable[[str], dict[str, Any]]:
    """Return the function that says the point of a commune: the source's own, or the one it already has."""

    def point_of(code: str) -> dict[str, Any]:
        latitude, longitude, origin = known.get(code, (None, None, ""))
        row = rows[code]
        ours = latitude is None or origin == source
        if ours and row.latitude is not None and row.longitude is not None:
            latitude, longitude, origin = row.latitude, row.longitude, source
        return {"latitude": latitude, "longitude": longitude, "position_source": origin}

    return point_of


def _write_postcodes(
    rows: Mapping[str, MunicipalityRow], created: Counter[str], updated: Counter[str]
) -> None:
    wanted = {(code, postcode) for code, row in rows.items() for postcode in row.postcodes}
    current = {
        (municipality, code): pk
        for pk, municipality, code in Postcode.objects.filter(municipality__in=rows).values_list(
            "pk", "municipality_id", "code"
        )
    }
    fresh = sorted(wanted - current.keys())
    Postcode.objects.bulk_create(
        (Postcode(municipality_id=municipality, code=code) for municipality, code in fresh), batch_size=_BATCH
    )
    gone = [pk for pair, pk in current.items() if pair not in wanted]
    Postcode.objects.filter(pk__in=gone).delete()
    created["postcode"] += len(fresh)
    updated["postcode"] += len(gone)


def _mark_homonyms() -> int:
    """Set ``has_homonym`` where two communes fold to the same name; return how many marks changed."""
    shared = (
        Municipality.objects.values("folded").annotate(times=Count("pk")).filter(times__gt=1).values("folded")
    )
    marked = Municipality.objects.filter(folded__in=shared, has_homonym=False).update(has_homonym=True)
    unmarked = Municipality.objects.filter(~Q(folded__in=shared), has_homonym=True).update(has_homonym=False)
    return marked + unmarked
