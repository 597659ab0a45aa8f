"""The communes of this instance, as the lines of a file name them."""

from collections import defaultdict
from functools import lru_cache

from django.db.models import BigIntegerField, Count, Func, Sum, TextField, Value

from maillage.domain.places.models import Department, Municipality, Postcode
from maillage.importers.municipalities import DepartmentRow, Gazetteer, MunicipalityRow


def database_gazetteer() -> Gazetteer:
    """Return the gazetteer of the communes that are loaded here; read again only when they change."""
    return _gazetteer(_fingerprint())


def _fingerprint() -> tuple[int | None, ...]:
    """Return what changes when a commune, its place or its postcodes change: two quick sums by the database."""
    communes = Municipality.objects.order_by().aggregate(
        count=Count("pk"),
        sum=Sum(
            _Hash(_Told("code", "name", "department_id", "intermunicipal_body_id", "latitude", "longitude"))
        ),
    )
    postcodes = Postcode.objects.order_by().aggregate(
        count=Count("pk"), sum=Sum(_Hash(_Told("municipality_id", "code")))
    )
    return communes["count"], communes["sum"], postcodes["count"], postcodes["sum"]


class _Told(Func):
    """The columns one after the other, as text."""

    function = "CONCAT_WS"
    output_field = TextField()

    def __init__(self, *columns: str) -> None:
        super().__init__(Value("|"), *columns)


class _Hash(Func):
    """PostgreSQL's ``hashtext``."""

    function = "HASHTEXT"
    output_field = BigIntegerField()


@lru_cache(maxsize=1)
def _gazetteer(fingerprint: tuple[int | None, ...]) -> Gazetteer:
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
