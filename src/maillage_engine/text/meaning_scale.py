"""Which cosines of an encoder mean « nothing in common » and « the same thing »."""

from dataclasses import dataclass

from maillage_engine.errors import InvalidProblem
from maillage_engine.text.vectors import SCALE

UNITS = 10_000
DOT_OF_UNIT = SCALE * SCALE // UNITS


@dataclass(frozen=True, slots=True)
class MeaningScale:
    """Two cosines in ten-thousandths: at ``low`` or under, meaning is 0; at ``high`` or over, it is 1000.

    An encoder carries its own, measured on pairs of texts; the default is that of plain cosines.
    """

    low: int = 0
    high: int = UNITS

    def __post_init__(self) -> None:
        if not -UNITS <= self.low < self.high <= UNITS:
            raise InvalidProblem("meaning_scale", "il faut -10000 ≤ bas < haut ≤ 10000.")

    @property
    def low_dot(self) -> int:
        """``low`` as a product of two quantised vectors."""
        return self.low * DOT_OF_UNIT

    @property
    def high_dot(self) -> int:
        """``high`` as a product of two quantised vectors."""
        return self.high * DOT_OF_UNIT
