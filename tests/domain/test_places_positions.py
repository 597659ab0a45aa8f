"""A commune's point comes from the best source; without one it is the mean of its neighbours'."""

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Municipality, PositionSource
from maillage.domain.places.operations import set_positions
from maillage.domain.places.queries import Position, position_of, positions_of
from tests.factories.places import make_intermunicipal_body, make_municipality

pytestmark = pytest.mark.django_db


def test_set_positions__writes_the_point_and_where_it_comes_from() -> None:
    make_municipality(code="18033", latitude=None, longitude=None)
    assert set_positions(positions={"18033": (47.08, 2.4)}, source=PositionSource.DEMONSTRATION) == 1
    row = Municipality.objects.get(code="18033")
    assert (row.latitude, row.longitude, row.position_source) == (47.08, 2.4, "demonstration")


def test_set_positions__changes_nothing_twice() -> None:
    make_municipality(code="18033")
    set_positions(positions={"18033": (47.0, 2.0)}, source=PositionSource.IMPORT)
    assert set_positions(positions={"18033": (47.0, 2.0)}, source=PositionSource.IMPORT) == 0


def test_set_positions__does_not_replace_a_better_source() -> None:
    make_municipality(code="18033")
    set_positions(positions={"18033": (47.0, 2.0)}, source=PositionSource.OUTLINE)
    assert set_positions(positions={"18033": (1.0, 1.0)}, source=PositionSource.PACKAGE) == 0


def test_set_positions__names_the_codes_it_does_not_know() -> None:
    with pytest.raises(UserMistake, match="99999"):
        set_positions(positions={"99999": (47.0, 2.0)}, source=PositionSource.IMPORT)


def test_set_positions__refuses_a_point_off_the_globe() -> None:
    make_municipality(code="18033")
    with pytest.raises(UserMistake, match="globe"):
        set_positions(positions={"18033": (247.0, 2.0)}, source=PositionSource.IMPORT)


def test_position_of__is_the_commune_s_own_point() -> None:
    assert position_of(make_municipality(latitude=47.0, longitude=2.0)) == Position(
        47.0, 2.0, approximate=False
    )


def test_position_of__is_the_mean_of_the_located_communes_of_the_epci() -> None:
    body = make_intermunicipal_body()
    make_municipality(body=body, latitude=47.0, longitude=2.0)
    make_municipality(body=body, latitude=48.0, longitude=3.0)
    lost = make_municipality(body=body, latitude=None, longitude=None)
    assert position_of(lost) == Position(47.5, 2.5, approximate=True)


def test_position_of__falls_back_on_the_departement_then_on_nothing() -> None:
    lost = make_municipality(code="45004", latitude=None, longitude=None)
    assert position_of(lost) is None
    make_municipality(code="45208", latitude=48.0, longitude=2.7)
    assert position_of(lost) == Position(48.0, 2.7, approximate=True)


def test_positions_of__asks_two_questions_for_many_communes(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    body = make_intermunicipal_body()
    rows = [make_municipality(body=body, latitude=None, longitude=None) for _ in range(5)]
    make_municipality(code="18033")
    with django_assert_num_queries(2):
        assert len(positions_of(rows)) == 5
