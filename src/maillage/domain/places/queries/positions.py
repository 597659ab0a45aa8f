"""Where a commune is: its own point, or about right from its neighbours' when nobody gave it one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, F, Q

from maillage.domain.places.models import Municipality, Territory


@dataclass(frozen=True, slots=True)
class Position:
    """A point; ``approximate`` when it is the mean of the located communes of the EPCI or the département."""

    latitude: float
    longitude: float
    approximate: bool


def position_of(municipality: Municipality) -> Position | None:
    """Return the point of one commune; ``None`` when nothing near it is located either."""
    return positions_of([municipality]).get(municipality.code)


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """A commune as a map writes it: exact point, name, people."""

    latitude: float
    longitude: float
    label: str
    population: int


def towns_of(territory: Territory) -> list[NamedPoint]:
    """Return the communes of a territory whose exact point is known."""
    return [
        NamedPoint(one.latitude, one.longitude, one.label, one.population or 0)
        for one in territory.municipalities.order_by("code")
        if one.latitude is not None and one.longitude is not None
    ]


def positions_of(municipalities: Iterable[Municipality]) -> dict[str, Position]:
    """Return the points of many communes by code, in two more queries at most."""
    rows = list(municipalities)
    found = {
        row.code: Position(row.latitude, row.longitude, approximate=False)
        for row in rows
        if row.latitude is not None and row.longitude is not None
    }
    lost = [row for row in rows if row.code not in found]
    by_body = _means("intermunicipal_body_id", {row.intermunicipal_body_id for row in lost})
    for row in lost:
        if row.intermunicipal_body_id in by_body:
            found[row.code] = by_body[row.intermunicipal_body_id]
    lost = [row for row in lost if row.code not in found]
    by_department = _means("department_id", {row.department_id for row in lost})
    for row in lost:
        if row.department_id in by_department:
            found[row.code] = by_department[row.department_id]
    return found


def _means(column: str, groups: set[str | None]) -> dict[str, Position]:
    """The mean point of the located communes of each group."""
    wanted = {group for group in groups if group is not None}
    if not wanted:
        return {}
    rows = (
        Municipality.objects.filter(Q(**{f"{column}__in": wanted}), latitude__isnull=False)
        .order_by()
        .values_list(F(column))
        .annotate(Avg("latitude"), Avg("longitude"))
    )
    return {
        group: Position(round(latitude, 5), round(longitude, 5), approximate=True)
        for group, latitude, longitude in rows
    }
