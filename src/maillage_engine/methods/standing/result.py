"""What a standing index answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from maillage_engine.arrays import Int16s, Int32s
from maillage_engine.methods.search import Direction
from maillage_engine.scoring.weights import Weights


@dataclass(frozen=True, eq=False)
class StandingResult:
    """The k best of each of the n rows asked (``direction``: what they are).

    ``ids``: for each row its best, best first; ``totals`` int32 (n, k), ``criteria`` int16 (n, k, 6),
    ``distance_m`` int32 (n, k) and ``found`` int32 (n,) as in ``SearchResult``; ``pairs`` = rows asked × rows that
    stand = ``feasible`` + sum of ``refused``.
    """

    status: str
    direction: Direction
    k: int
    weights: Weights
    ids: tuple[tuple[str, ...], ...]
    totals: Int32s
    criteria: Int16s
    distance_m: Int32s
    found: Int32s
    pairs: int
    feasible: int
    refused: Mapping[str, int]
    engine_version: str
