"""What a criterion is."""

from collections.abc import Callable
from dataclasses import dataclass

from maillage_engine.arrays import Int32s
from maillage_engine.pairs import Pairs


@dataclass(frozen=True, slots=True)
class Criterion:
    """``code`` is also the name of its weight; ``of`` gives int32 0 to 1000 for each pair."""

    code: str
    of: Callable[[Pairs], Int32s]
