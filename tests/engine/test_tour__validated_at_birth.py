"""A problem of rounds that makes no sense is refused with its attribute and its row."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.methods.tour.distances import crow_flies
from maillage_engine.methods.tour.planning import tour
from maillage_engine.methods.tour.problem import Pause
from tests.engine.rounds import problem, straight, van, visit


@pytest.mark.parametrize(
    ("attribute", "change"),
    [
        ("collect", {"collect": (-1,)}),
        ("deliver", {"deliver": (1, 2)}),
        ("window", {"window": (20, 10)}),
        ("service", {"service": -5}),
        ("place", {"place": 99}),
        ("prize", {"prize": -1}),
        ("priority", {"priority": 0}),
        ("visits", {"id": "a1"}),
        ("collect", {"collect": (1.5,)}),
        ("collect", {"collect": (float("nan"),)}),
    ],
)
def test_v1__a_faulty_visit_is_named(attribute: str, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidProblem) as refused:
        problem([visit(1), replace(visit(2), **change)], [van()])
    assert (refused.value.attribute, refused.value.row) == (attribute, 1)


@pytest.mark.parametrize(
    ("attribute", "change"),
    [
        ("capacity", {"capacity": (0,)}),
        ("capacity", {"capacity": (-3,)}),
        ("shift", {"shift": (10, 5)}),
        ("cost", {"metre_cost": -1}),
        ("number", {"number": 0}),
        ("start", {"end": 77}),
        ("network", {"network": 1}),
        ("pause", {"pause": Pause(20, 10, 5)}),
    ],
)
def test_v1__a_faulty_vehicle_is_named(attribute: str, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidProblem) as refused:
        problem([visit(1)], [van(**change)])
    assert (refused.value.attribute, refused.value.row) == (attribute, 0)


def test_v1__a_travel_that_is_no_number_is_named() -> None:
    faulty = straight().astype(float)
    faulty[2, 3] = np.nan
    with pytest.raises(InvalidProblem, match="« metres », ligne 2"):
        problem([visit(1)], [van()], metres=faulty)


def test_v1__nothing_to_serve_is_refused() -> None:
    with pytest.raises(InvalidProblem, match="aucun arrêt"):
        problem([], [van()])
    with pytest.raises(InvalidProblem, match="aucun véhicule"):
        problem([visit(1)], [])


def test_v1__a_search_needs_a_worker() -> None:
    with pytest.raises(InvalidArgument, match="workers"):
        tour(problem([visit(1)], [van()]), workers=0)


def test_v15__the_crow_flies_with_the_factor_that_is_told() -> None:
    points = np.array([[47.08, 2.40], [47.22, 2.07]])
    metres, seconds = crow_flies(points, factor=1.3, kmh=50)
    plain, _ = crow_flies(points, factor=1.0, kmh=50)
    assert 29_000 < plain[0, 1] < 30_000
    assert metres[0, 1] == pytest.approx(1.3 * plain[0, 1], abs=1)
    assert seconds[0, 1] == pytest.approx(metres[0, 1] / 50_000 * 3600, abs=1)


@pytest.mark.parametrize("change", [{"factor": 0.9}, {"kmh": 0.0}, {"factor": float("nan")}])
def test_v15__a_factor_or_a_speed_that_cannot_be_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(InvalidArgument):
        crow_flies(np.zeros((2, 2)), **{"factor": 1.3, "kmh": 50.0, **change})


def test_v15__a_place_without_point_is_named() -> None:
    with pytest.raises(InvalidProblem, match="ligne 1"):
        crow_flies(np.array([[47.0, 2.0], [np.nan, 2.0]]), factor=1.3, kmh=50)
