"""The list of communes loads in bulk, twice without change, and says what differs."""

from dataclasses import dataclass, replace

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Municipality, PositionSource
from maillage.domain.places.operations import GeographyReport, load_geography, set_positions

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Region:
    code: str
    name: str


@dataclass(frozen=True)
class Department:
    code: str
    name: str
    region: str | None = "24"


@dataclass(frozen=True)
class Body:
    siren: str
    name: str
    kind: str = "CA"


@dataclass(frozen=True)
class Commune:
    code: str
    name: str
    department: str
    region: str | None = "24"
    epci: str | None = None
    population: int | None = None
    postcodes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


AMILLY_28 = Commune("28006", "Amilly", "28", population=2000, postcodes=("28300",))
AMILLY_45 = Commune(
    "45004", "Amilly", "45", epci="244500203", postcodes=("45200",), latitude=47.97, longitude=2.77
)
MONTARGIS = Commune("45208", "Montargis", "45", epci="244500203", postcodes=("45200",))


def load(*communes: Commune, source: str = PositionSource.PACKAGE) -> GeographyReport:
    return load_geography(
        regions=[Region("24", "Centre-Val de Loire")],
        departments=[Department("28", "Eure-et-Loir"), Department("45", "Loiret")],
        bodies=[Body("244500203", "CA Montargoise et Rives du Loing")],
        municipalities=communes,
        source=source,
    )


def test_load_geography__creates_every_row_once() -> None:
    report = load(AMILLY_28, AMILLY_45, MONTARGIS)
    assert report.created == {
        "region": 1,
        "department": 2,
        "intermunicipalbody": 1,
        "municipality": 3,
        "postcode": 3,
    }


def test_load_geography__changes_nothing_the_second_time() -> None:
    load(AMILLY_28, AMILLY_45, MONTARGIS)
    assert load(AMILLY_28, AMILLY_45, MONTARGIS).changed == 0


def test_load_geography__updates_what_changed_and_only_that() -> None:
    load(AMILLY_28, MONTARGIS)
    report = load(AMILLY_28, replace(MONTARGIS, population=15_000))
    assert report.updated == {"municipality": 1}
    assert Municipality.objects.get(code="45208").population == 15_000


def test_load_geography__tells_homonyms_apart() -> None:
    load(AMILLY_28, AMILLY_45, MONTARGIS)
    assert [one.label for one in Municipality.objects.order_by("code")] == [
        "Amilly (28)",
        "Amilly (45)",
        "Montargis",
    ]


def test_load_geography__forgets_a_homonym_that_was_renamed() -> None:
    load(AMILLY_28, AMILLY_45)
    load(replace(AMILLY_28, name="Amilly-en-Beauce"), AMILLY_45)
    assert not Municipality.objects.filter(has_homonym=True).exists()


def test_load_geography__keeps_a_commune_that_left_the_list_and_says_so() -> None:
    load(AMILLY_45, MONTARGIS)
    assert load(MONTARGIS).absent == ("45004",)
    assert Municipality.objects.filter(code="45004").exists()


def test_load_geography__keeps_a_point_that_came_from_elsewhere() -> None:
    load(AMILLY_45)
    set_positions(positions={"45004": (47.98, 2.78)}, source=PositionSource.OUTLINE)
    assert load(replace(AMILLY_45, latitude=1.0, longitude=1.0)).changed == 0


def test_load_geography__removes_a_postcode_that_left() -> None:
    load(MONTARGIS)
    load(replace(MONTARGIS, postcodes=("45201",)))
    assert list(Municipality.objects.get(code="45208").postcodes.values_list("code", flat=True)) == ["45201"]


@pytest.mark.parametrize(("field", "value"), [("department", "99"), ("epci", "200034528")])
def test_load_geography__names_the_commune_whose_parent_is_unknown(field: str, value: str) -> None:
    with pytest.raises(UserMistake, match="Montargis \\(45208\\)"):
        load(replace(MONTARGIS, **{field: value}))
    assert not Municipality.objects.exists()
