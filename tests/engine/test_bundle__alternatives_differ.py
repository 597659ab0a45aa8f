import numpy as np
import pytest

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.bundles import BundleCosts, find_bundles
from maillage_engine.stop import Stop
from tests.engine.problems import ONE_TYPE, problem, week_of

MONDAY, TUESDAY = week_of(8, 9), week_of(32, 33)
BOTH = week_of(8, 9, 32, 33)


def row(quantity: float, week: object, north: float = 0.0, **more: object) -> dict[str, object]:
    place = {"latitude": 47.0 + north, "longitude": 2.0}
    return {"types": 0, "dimension": 0, "quantity": quantity, "week": week, **place, **more}


def test_a11__no_bundle_holds_an_earlier_one_and_each_lacks_as_many_as_asked() -> None:
    offers = [row(8.0, BOTH, north / 100) for north in (1, 2, 4, 8, 16)]
    made = problem([row(12.0, BOTH)], offers, types=ONE_TYPE)
    for apart in (1, 2):
        result = find_bundles(made, need=0, k=20, apart=apart)
        sets = [bundle.offers for bundle in result.bundles]
        assert result.exhausted
        assert all(len(one - other) >= apart for at, other in enumerate(sets) for one in sets[:at])
    assert len(sets) == 2


def test_bundle__monday_by_one_and_tuesday_by_another() -> None:
    made = problem([row(10.0, BOTH)], [row(20.0, MONDAY, 0.1), row(20.0, TUESDAY, 0.2)], types=ONE_TYPE)
    result = find_bundles(made, need=0)
    assert [sorted(bundle.offers) for bundle in result.bundles] == [[0, 1]]
    assert sum(member.amount for member in result.bundles[0].members) == pytest.approx(10.0)


def test_bundle__what_lacks_is_told() -> None:
    made = problem([row(10.0, BOTH)], [row(4.0, BOTH), row(3.0, MONDAY)], types=ONE_TYPE)
    result = find_bundles(made, need=0)
    assert result.status == "infeasible"
    assert result.shortfall is not None
    assert (result.shortfall.wanted, result.shortfall.reachable) == (10.0, 7.0)


def test_bundle__places_are_wanted_at_each_hour() -> None:
    """Two times three places, one on Monday and one on Tuesday, do not make six places."""
    made = problem([row(6.0, BOTH)], [row(3.0, MONDAY), row(3.0, TUESDAY)], types=ONE_TYPE)
    assert find_bundles(made, need=0, rhythm="hours").status == "infeasible"
    assert find_bundles(made, need=0, rhythm="months").status == "optimal"


def test_bundle__a_limit_leaves_what_was_found() -> None:
    made = problem([row(12.0, BOTH)], [row(8.0, BOTH, at / 10) for at in range(5)], types=ONE_TYPE)
    result = find_bundles(made, need=0, k=5, goal="cheapest", stop=Stop(iterations=2))
    assert (result.status, len(result.bundles)) == ("feasible", 1)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("k", {"k": 0}),
        ("apart", {"apart": 0}),
        ("need", {"need": 3}),
        ("goal", {"goal": "best"}),
        ("rhythm", {"rhythm": "days"}),
        ("unit", {"costs": BundleCosts(unit=np.array([np.nan]))}),
    ],
)
def test_bundle__refuses_what_it_cannot_do(name: str, arguments: dict[str, object]) -> None:
    made = problem([row(1.0, BOTH)], [row(1.0, BOTH)], types=ONE_TYPE)
    with pytest.raises(InvalidArgument) as caught:
        find_bundles(made, **{"need": 0, **arguments})  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.argument == name
