"""Distances when no road is known: as the crow flies, times a road factor, at a mean speed.

The factor and the speed are the caller's, with their source: nothing is assumed here.
"""

import numpy as np

from maillage_engine.arrays import Floats, Int64s
from maillage_engine.errors import InvalidArgument, InvalidProblem
from maillage_engine.problem.geography import arc_metres, positions


def crow_flies(coordinates: Floats, *, factor: float, kmh: float) -> tuple[Int64s, Int64s]:
    """Return metres and seconds, int64 (n, n), between points in degrees (n, 2), latitude then longitude.

    Raises ``InvalidProblem`` on an unknown or impossible point, ``InvalidArgument`` on a factor under 1 or a speed
    that is not above 0.
    """
    if not factor >= 1:
        raise InvalidArgument("factor", "une route n’est pas plus courte que le vol d’oiseau : 1 ou plus.")
    if not 0 < kmh < 1000:
        raise InvalidArgument("kmh", "la vitesse moyenne est entre 0 et 1000 km/h.")
    points = np.asarray(coordinates, dtype=np.float64).reshape(-1, 2)
    faulty = ~np.isfinite(points).all(axis=1) | (np.abs(points) > (90.0, 180.0)).any(axis=1)
    if faulty.any():
        raise InvalidProblem("coordinates", "ce lieu n’a pas de point.", row=int(np.flatnonzero(faulty)[0]))
    at = positions(points[:, 0], points[:, 1])
    squares = ((at[:, None, :] - at[None, :, :]) ** 2).sum(axis=2)
    metres: Int64s = np.rint(arc_metres(squares).astype(np.float64) * factor).astype(np.int64)
    seconds: Int64s = np.ceil(metres * 3.6 / kmh).astype(np.int64)
    return metres, seconds
