import pytest

from maillage_engine.certify.facility import certify_facility
from maillage_engine.methods.facility import FacilityResult, open_sites
from maillage_engine.stop import Cancelled, Stop
from tests.engine.facility_cases import spread

PROBLEM = spread(20, 40, seed=2, room=5.0)


@pytest.fixture(scope="module")
def proved() -> FacilityResult:
    return open_sites(PROBLEM)


@pytest.mark.parametrize("iterations", [1, 30, 200, 260, 400])
def test_i8__a_limit_gives_the_best_known_and_a_proved_bound(proved: FacilityResult, iterations: int) -> None:
    result = open_sites(PROBLEM, stop=Stop(iterations=iterations))
    assert result.status in {"feasible", "stopped", "optimal"}
    assert result.bound is not None
    assert proved.cost is not None
    assert result.bound <= proved.cost + 1e-6
    assert result.cost is None or result.cost >= proved.cost - 1e-6
    assert certify_facility(PROBLEM, result).valid


def test_facility__a_short_run_says_that_it_is_not_proved() -> None:
    result = open_sites(PROBLEM, stop=Stop(iterations=200))
    assert result.status == "feasible"
    assert result.gap is not None
    assert result.gap > 0.0


def test_i9__a_cancelled_run_leaves_nothing() -> None:
    asked = iter([False] * 50)
    with pytest.raises(Cancelled):
        open_sites(spread(10, 30, seed=0), stop=Stop(cancelled=lambda: next(asked, True)))
