"""Upper bounds of the sizes, tightened by what can flow: the tighter they are, the better the bound of the search.

A unit takes no more of a material than all the others can give, gives no more than what may be left over plus what
all the others can take, and buys no more than the raw materials allow. Every bound stays true for every structure.
"""

import numpy as np

from maillage_engine.arrays import Floats
from maillage_engine.methods.cooperate.network import ProcessNetwork

MOST_ROUNDS = 30
WORTH_IT = 1e-3
"""A round that moves no bound by this share is the last one: loops could go on for ever."""


def tightened(network: ProcessNetwork, units: tuple[int, ...]) -> Floats:
    """Return (n,) the largest size that each of ``units`` can have when only these are there."""
    gains = network.gains[:, list(units)]
    upper = np.array([network.units[unit].upper for unit in units])
    rows = np.flatnonzero(gains.any(axis=1)).tolist()
    for _ in range(MOST_ROUNDS):
        before = upper.copy()
        for row in rows:
            _tighten(network, row, gains[row], upper)
        if np.all(upper >= before * (1 - WORTH_IT)):
            break
    return upper


def _tighten(network: ProcessNetwork, row: int, gains: Floats, upper: Floats) -> None:
    """Move the bounds down, in place, by one material."""
    material = network.materials[row]
    takes, gives = gains < 0, gains > 0
    if material.kind == "raw":
        upper[takes] = np.minimum(upper[takes], material.upper / -gains[takes])
        return
    # the bounds of an intermediate hold only where it appears, which is wherever one of these sizes counts
    most_given = gains[gives] @ upper[gives]
    most_taken = -gains[takes] @ upper[takes]
    left = max(0.0, float(most_given) - material.lower)
    upper[takes] = np.minimum(upper[takes], left / -gains[takes])
    upper[gives] = np.minimum(upper[gives], (material.upper + most_taken) / gains[gives])
