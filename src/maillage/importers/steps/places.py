"""Where a line is: its commune found in the gazetteer, its point checked against the commune."""

import math
from collections.abc import Sequence

from maillage.core.errors import UserMistake
from maillage.core.french import fold, number
from maillage.importers.municipalities import Gazetteer, MunicipalityRow, Position
from maillage.importers.rows import Fault, Step, TypedRow

# A point farther than this from its commune is a slip (degrees exchanged, a minus sign lost). Arles, the
# largest commune of
# mainland France, is some 45 km across; overseas, Maripasoula is 200 km.
_FARTHEST_KM = 100.0
_FARTHEST_OVERSEAS_KM = 250.0
_EARTH_KM = 6371.0


def place_step(gazetteer: Gazetteer) -> Step:
    """Return the step that gives ``municipality_code``, ``municipality`` (its official name) and a point."""

    def step(row: TypedRow) -> tuple[TypedRow, Sequence[Fault]]:
        return _placed(row, gazetteer)

    return step


def _placed(row: TypedRow, gazetteer: Gazetteer) -> tuple[TypedRow, Sequence[Fault]]:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if (latitude is None) != (longitude is None):
        column = "Latitude" if latitude is None else "Longitude"
        return row, [
            Fault(row.line, column, "", "Une latitude va avec une longitude : écrivez les deux, ou aucune.")
        ]
    faults: list[Fault] = []
    if latitude == 0 and longitude == 0:
        faults.append(
            _remark(row, "Latitude", "0 ; 0", "Le point 0 ; 0 est en mer : il a été laissé de côté.")
        )
        row = row.having(latitude=None, longitude=None)
    if not any(row.get(name) for name in ("municipality_code", "municipality", "postcode")):
        return row, faults
    try:
        found = gazetteer.find(
            code=row.text("municipality_code"),
            name=row.text("municipality"),
            postcode=row.text("postcode"),
            department=row.text("department"),
        )
    except UserMistake as mistake:
        has_point = row.get("latitude") is not None
        cell = row.text("municipality_code") or row.text("municipality") or row.text("postcode")
        return row, [*faults, Fault(row.line, "Commune", cell[:60], mistake.message, blocking=not has_point)]
    faults.extend(_other_name(row, found, gazetteer))
    row, more = _pointed(row, found, gazetteer)
    return row.having(
        municipality_code=found.code, municipality=found.name, department=found.department
    ), faults + more


def _other_name(row: TypedRow, found: MunicipalityRow, gazetteer: Gazetteer) -> list[Fault]:
    written = row.text("municipality")
    if not written or any(one.code == found.code for one in gazetteer.named(written.split("(")[0])):
        return []
    if fold(found.name) in fold(written):
        return []
    return [
        _remark(
            row, "Commune", written[:60], f"« {written[:60]} » est compris comme {gazetteer.label(found)}."
        )
    ]


def _pointed(row: TypedRow, found: MunicipalityRow, gazetteer: Gazetteer) -> tuple[TypedRow, list[Fault]]:
    position = gazetteer.position(found)
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if position is None:
        return row, []
    if latitude is None:
        return _at(row, position), []
    distance = _kilometres(latitude, longitude, position.latitude, position.longitude)
    farthest = _FARTHEST_OVERSEAS_KM if found.department.startswith(("97", "98")) else _FARTHEST_KM
    if distance <= farthest:
        return row, []
    sentence = (
        f"Les coordonnées sont à {number(distance, digits=0)} km de {found.name} : le point de la commune a "
        "été pris. La latitude et la longitude sont peut-être échangées."
    )
    return _at(row, position), [_remark(row, "Latitude", f"{latitude} ; {longitude}", sentence)]


def _at(row: TypedRow, position: Position) -> TypedRow:
    """Give the line the point of its commune, and say that it is only that."""
    return row.having(
        latitude=position.latitude,
        longitude=position.longitude,
        approximate=position.approximate or None,
        of_municipality=True,
    )


def _kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    north, other_north = math.radians(latitude), math.radians(other_latitude)
    half_north = math.sin((other_north - north) / 2) ** 2
    half_east = math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return (
        2 * _EARTH_KM * math.asin(math.sqrt(half_north + math.cos(north) * math.cos(other_north) * half_east))
    )


def _remark(row: TypedRow, column: str, cell: str, sentence: str) -> Fault:
    return Fault(row.line, column, cell, sentence, blocking=False)
