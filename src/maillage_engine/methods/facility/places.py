"""A territory as a facility problem: what each need weighs, what each site holds, what the road between costs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.errors import InvalidProblem
from maillage_engine.problem.geography import arc_metres, positions

DEFAULT_ROAD_FACTOR = 1.3
"""Road length over straight way; an assumption that the caller states and may change."""


@dataclass(frozen=True, slots=True)
class Place:
    """A need: ``quantity`` a year in one unit (tonnes, places), at degrees of latitude and longitude."""

    id: str
    latitude: float
    longitude: float
    quantity: float


@dataclass(frozen=True, slots=True)
class Site:
    """A place where one could open, or that is open (``existing``): most it takes a year, its cost a year."""

    id: str
    latitude: float
    longitude: float
    capacity: float
    fixed_cost: float
    existing: bool = False


def serving_costs(
    needs: Sequence[Place],
    sites: Sequence[Site],
    cost_per_unit_km: float,
    road_factor: float,
    reach_km: float | None,
) -> Floats:
    """Return (m, n) the cost of serving each need from each site; +inf beyond ``reach_km``."""
    for name, value, least in (
        ("cost_per_unit_km", cost_per_unit_km, 0.0),
        ("road_factor", road_factor, 1.0),
    ):
        if not (math.isfinite(value) and value >= least):
            raise InvalidProblem(name, f"il faut un nombre à partir de {least:.0f}.")
    if reach_km is not None and not reach_km >= 0:
        raise InvalidProblem("reach_km", "il faut un nombre de kilomètres à partir de 0, ou rien.")
    here, there = _positions("sites", sites), _positions("needs", needs)
    straight = here[:, None, :].astype(np.float64) - there[None, :, :]
    kilometres = arc_metres((straight * straight).sum(axis=2)) / 1000.0
    quantity = np.array([one.quantity for one in needs], dtype=np.float64)
    costs: Floats = kilometres * road_factor * cost_per_unit_km * quantity
    if reach_km is not None:
        costs[kilometres > reach_km] = np.inf
    return costs


def _positions(
    name: str, places: Sequence[Place] | Sequence[Site]
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    latitude = np.array([one.latitude for one in places], dtype=np.float64)
    longitude = np.array([one.longitude for one in places], dtype=np.float64)
    faulty = np.flatnonzero(~((np.abs(latitude) <= 90.0) & (np.abs(longitude) <= 180.0)))
    if len(faulty):
        raise InvalidProblem(name, "la position manque ou n’est pas en degrés.", row=int(faulty[0]))
    return positions(latitude, longitude)
