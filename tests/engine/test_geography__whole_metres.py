import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage_engine.pairs import Pairs
from maillage_engine.problem.geography import EARTH_RADIUS_M
from tests.engine.problems import problem

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


def metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    rows = [[{"latitude": latitude, "longitude": longitude}] for latitude, longitude in (one, other)]
    return int(Pairs.single(problem(rows[0], rows[1]), 0, 0).distance_m[0])


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    (phi, lam), (psi, mu) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin((mu - lam) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(half, 1.0)))


def test_semantics_s5_distance_is_right_to_two_metres_within_3000_km() -> None:
    @settings(max_examples=200, deadline=None)
    @given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
    def holds(a: float, b: float, c: float, d: float) -> None:
        exact, found = haversine((a, b), (c, d)), metres((a, b), (c, d))
        tolerance = 2.0 if exact < 3e6 else 0.001 * exact if exact < 9e6 else 0.2 * exact
        assert found == pytest.approx(exact, abs=tolerance)

    holds()


def test_distance_of_two_towns_is_the_known_one() -> None:
    assert metres((48.8566, 2.3522), (45.7640, 4.8357)) == pytest.approx(391_500, abs=600)


def test_distance_is_unknown_when_half_a_place_is() -> None:
    assert metres((47.0, np.nan), (47.0, 2.0)) == -1
