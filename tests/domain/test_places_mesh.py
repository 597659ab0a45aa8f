"""Laws of the schematic mesh, for any set of points."""

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.domain.places.mesh import Cell, cells

points = st.lists(
    st.tuples(st.integers(4650, 4850), st.integers(100, 400)).map(lambda one: (one[0] / 100, one[1] / 100)),
    min_size=1,
    max_size=40,
)


def contains(cell: Cell, latitude: float, longitude: float) -> bool:
    sides = [
        (bx - ax) * (latitude - ay) - (by - ay) * (longitude - ax)
        for (ax, ay), (bx, by) in zip(cell.ring, cell.ring[1:], strict=False)
    ]
    return all(side >= -1e-9 for side in sides)


@settings(deadline=None, max_examples=40)
@given(points)
def test_mesh__gives_each_commune_one_closed_cell(places: list[tuple[float, float]]) -> None:
    made = cells(places)
    assert len(made) == len(places)
    assert all(cell.ring[0] == cell.ring[-1] and len(cell.ring) >= 4 for cell in made)


@settings(deadline=None, max_examples=40)
@given(points.map(lambda places: sorted(set(places))))
def test_mesh__puts_each_commune_inside_its_cell(places: list[tuple[float, float]]) -> None:
    assert all(contains(cell, *place) for cell, place in zip(cells(places), places, strict=True))


@settings(deadline=None, max_examples=20)
@given(points)
def test_mesh__is_the_same_each_time(places: list[tuple[float, float]]) -> None:
    assert cells(places) == cells(places)


def test_mesh__of_nothing_is_nothing() -> None:
    assert cells([]) == []
