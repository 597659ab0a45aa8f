import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage_engine import Problem
from maillage_engine.certify.bundle import certify_bundles
from maillage_engine.methods.cooperate.bundles import BundleCosts, find_bundles
from maillage_engine.reference.bundle import slow_bundles
from tests.engine.problems import ONE_TYPE, problem, week_of

HOURS = [(8, 9), (32, 33), (8, 9, 32, 33), (56,)]
MONTHS = [[100] * 12, [100] * 6 + [0] * 6, [0] * 5 + [50] * 7, [0, 100] * 6]


DEGREES = [0.02, 0.04, 0.08, 0.16, 0.32]


def row(draw: st.DrawFn, *, most: int, north: float) -> dict[str, object]:
    return {
        "types": 0,
        "dimension": 0,
        "quantity": float(draw(st.integers(1, most))),
        "minimum": float(draw(st.sampled_from([0, 0, 0, 2]))),
        "week": week_of(*draw(st.sampled_from(HOURS))),
        "months": draw(st.sampled_from([MONTHS[0], MONTHS[0], *MONTHS])),
        "latitude": 47.0 + north,
        "longitude": 2.0,
    }


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, BundleCosts]:
    need = {**row(draw, most=12, north=0.0), "minimum": 0.0}
    places = draw(st.lists(st.sampled_from(DEGREES), unique=True, max_size=5))
    offers = [row(draw, most=14, north=north) for north in places]
    prices = np.array([float(draw(st.sampled_from([0, 1, 5]))) for _ in offers])
    costs = BundleCosts(unit=prices if draw(st.booleans()) else None)
    return problem([need], offers, types=ONE_TYPE), costs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    cases(),
    st.sampled_from(["smallest", "cheapest"]),
    st.sampled_from(["months", "year", "hours"]),
    st.integers(1, 2),
)
def test_a10__the_bundles_are_those_of_every_set_tried(case, goal, rhythm, apart) -> None:  # type: ignore[no-untyped-def]  # drawn
    made, costs = case
    result = find_bundles(made, need=0, k=4, goal=goal, rhythm=rhythm, apart=apart, costs=costs)
    slow = slow_bundles(made, need=0, k=4, goal=goal, rhythm=rhythm, apart=apart, costs=costs)
    proof = certify_bundles(made, result)
    assert proof.valid, proof.faults
    assert len(result.bundles) == len(slow)
    for mine, theirs in zip(result.bundles, slow, strict=True):
        assert mine.cost == pytest.approx(theirs.cost, abs=1e-5)
        assert len(mine.members) == len(theirs.offers)
