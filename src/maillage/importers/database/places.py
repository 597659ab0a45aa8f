"""The communes of this instance, as the lines of a file name them."""

from collections import defaultdict

from maillage.domain.places.models import Department, Municipality, Postcode
from maillage.importers.municipalities import DepartmentRow, Gazetteer, MunicipalityRow


def database_gazetteer() -> Gazetteer:
    """Return the gazetteer of the communes that are loaded here, in three questions."""
    postcodes: dict[str, list[str]] = defaultdict(list)
    for code, postcode in Postcode.objects.order_by("municipality_id", "code").values_list(
        "municipality_id", "code"
    ):
        postcodes[code].append(postcode)
    columns = (
        "code",
        "name",
        "department_id",
        "department__region_id",
        "intermunicipal_body_id",
        "population",
        "latitude",
        "longitude",
    )
    rows = [
        MunicipalityRow(
            code=code,
            name=name,
            department=department,
            region=region or "",
            epci=body,
            population=population,
            postcodes=tuple(postcodes[code]),
            latitude=latitude,
            longitude=longitude,
        )
        for code, name, department, region, body, population, latitude, longitude in (
            Municipality.objects.order_by("code").values_list(*columns)
        )
    ]
    departments = [
        DepartmentRow(code, name, region or "")
        for code, name, region in Department.objects.order_by("code").values_list("code", "name", "region_id")
    ]
    return Gazetteer(rows, departments)


def municipalities() -> dict[str, Municipality]:
    """Return every commune by its code."""
    return Municipality.objects.in_bulk()
