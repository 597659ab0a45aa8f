"""Problems of rounds to try: small ones by hand, and odd ones drawn."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from maillage_engine.arrays import Int64s
from maillage_engine.methods.tour.problem import FOREVER, Pause, TourProblem, Vehicle, Visit

LINE = ((0, 0), (10, 0), (20, 0), (30, 0), (40, 0), (50, 0))
"""A depot and five places ten metres apart, one metre a second."""


def straight(places: Sequence[tuple[float, float]] = LINE) -> Int64s:
    """Return the distances of points, to the nearest metre."""
    points = np.array(places, dtype=float)
    across, along = (points[:, None] - points[None]).transpose(2, 0, 1)
    found: Int64s = np.rint(np.hypot(across, along)).astype(np.int64)
    return found


def problem(visits: Sequence[Visit], vehicles: Sequence[Vehicle], **more: Any) -> TourProblem:
    """Return the problem on the line, one metre a second unless ``more`` says otherwise."""
    matrix = more.pop("metres", straight())
    return TourProblem(
        visits=tuple(visits),
        vehicles=tuple(vehicles),
        metres=matrix,
        seconds=more.pop("seconds", matrix),
        **more,
    )


def visit(place: int, **more: Any) -> Visit:
    """Return a visit of the line that collects 1."""
    return replace(Visit(id=f"a{place}", place=place, collect=(1,)), **more)


def van(**more: Any) -> Vehicle:
    """Return one van that takes 10."""
    return replace(Vehicle(id="v", capacity=(10,)), **more)


def drawn(seed: int, *, visits: int = 4, odd: bool = True) -> TourProblem:
    """Return a small problem; ``odd`` adds windows, prizes, materials, pauses, unloading, a second vehicle."""
    random = np.random.default_rng(seed)
    matrix = straight([tuple(one) for one in random.integers(0, 60, size=(visits + 2, 2))])
    stops = []
    for row in range(visits):
        early = int(random.integers(0, 120))
        stops.append(
            Visit(
                id=f"a{row}",
                place=row + 1,
                collect=(int(random.integers(0, 4)), int(random.integers(0, 3))),
                deliver=(int(random.integers(0, 3)), 0),
                window=(early, early + int(random.integers(20, 200)))
                if odd and random.random() < 0.5
                else (0, FOREVER),
                service=int(random.integers(0, 10)),
                prize=int(random.integers(20, 200)) if odd and random.random() < 0.3 else None,
                material=str(random.choice(["", "verre", "bio"])) if odd else "",
                release=int(random.integers(0, 30)) if odd and random.random() < 0.2 else 0,
            )
        )
    vehicle = Vehicle(
        id="v",
        capacity=(int(random.integers(4, 9)), int(random.integers(3, 7))),
        number=2,
        shift=(0, 400),
        fixed_cost=int(random.integers(0, 30)),
        metre_cost=2,
        second_cost=int(random.integers(0, 2)),
        reload_at=(0,) if odd and random.random() < 0.4 else (),
        reload_seconds=5,
        pause=Pause(60, 110, 20) if odd and random.random() < 0.3 else None,
    )
    other = replace(
        vehicle, id="w", number=1, start=visits + 1, end=visits + 1, materials=("bio",), reload_at=()
    )
    apart = (("verre", "bio"),) if odd and random.random() < 0.5 else ()
    return TourProblem(
        visits=tuple(stops),
        vehicles=(vehicle, other) if odd else (vehicle,),
        metres=matrix,
        seconds=matrix,
        dimensions=("kg", "m3"),
        apart=apart,
    )
