"""The map's ground: official outlines when they exist, a schematic mesh labelled as such otherwise."""

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Municipality, Outline, Territory
from maillage.domain.places.operations import OutlineReport, store_outlines
from maillage.domain.places.queries import territory_map
from tests.factories.places import make_intermunicipal_body, make_municipality, make_territory

pytestmark = pytest.mark.django_db

SQUARE = [[[[2.0, 47.0], [2.2, 47.0], [2.2, 47.2], [2.0, 47.2], [2.0, 47.0]]]]


@pytest.fixture
def territory() -> Territory:
    body = make_intermunicipal_body(siren="244500203")
    return make_territory(
        municipalities=[
            make_municipality(
                code=f"4500{step}", body=body, latitude=47 + step / 10, longitude=2 + step % 3 / 10
            )
            for step in range(1, 7)
        ]
    )


def store(codes: list[str], vintage: str = "2026") -> OutlineReport:
    return store_outlines(outlines=dict.fromkeys(codes, SQUARE), vintage=vintage, source="IGN, Admin Express")


def test_territory_map__draws_a_labelled_mesh_without_outlines(territory: Territory) -> None:
    ground = territory_map(territory)
    assert ground["schematic"] is True
    assert [one["id"] for one in ground["features"]] == [f"4500{step}" for step in range(1, 7)]
    assert {one["properties"]["body"] for one in ground["features"]} == {"244500203"}


def test_territory_map__keeps_the_mesh_in_memory(territory: Territory, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    first = territory_map(territory)
    with django_assert_num_queries(2):
        assert territory_map(territory) == first


def test_territory_map__names_the_communes_it_cannot_place() -> None:
    lost = make_municipality("Perdue", "97411", latitude=None, longitude=None)
    assert territory_map(make_territory(municipalities=[lost]))["missing"] == ["Perdue"]


def test_territory_map__flags_approximate_communes(territory: Territory) -> None:
    lost = make_municipality(code="45100", latitude=None, longitude=None)
    territory.municipalities.add(lost)
    flagged = [one["id"] for one in territory_map(territory)["features"] if one["properties"]["approximate"]]
    assert flagged == ["45100"]


def test_territory_map__uses_outlines_when_most_communes_have_one(territory: Territory) -> None:
    store([f"4500{step}" for step in range(1, 6)])
    ground = territory_map(territory)
    assert (ground["schematic"], ground["vintage"], len(ground["features"])) == (False, "2026", 5)
    assert ground["missing"] == [str(Municipality.objects.get(code="45006"))]


def test_store_outlines__gives_the_commune_the_middle_of_its_outline(territory: Territory) -> None:
    store(["45001"])
    row = Municipality.objects.get(code="45001")
    assert (row.latitude, row.longitude, row.position_source) == (47.1, 2.1, "outline")


def test_store_outlines__changes_nothing_the_second_time(territory: Territory) -> None:
    store(["45001", "99999"])
    assert store(["45001", "99999"]) == OutlineReport(created=0, updated=0, unchanged=1, unknown=("99999",))


def test_store_outlines__replaces_an_older_vintage(territory: Territory) -> None:
    store(["45001"], vintage="2018")
    assert store(["45001"]).updated == 1
    assert Outline.objects.get().vintage == "2026"


def test_store_outlines__refuses_a_broken_ring(territory: Territory) -> None:
    with pytest.raises(UserMistake, match="45001"):
        store_outlines(outlines={"45001": [[[[2.0, 47.0]]]]}, vintage="2026", source="essai")
