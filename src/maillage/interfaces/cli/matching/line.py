"""One need or one offer of a file, once understood; and what there is to say of the file it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from maillage.core.periods import Period, Slot
from maillage.importers.mapping import Mapping
from maillage.importers.rows import Fault

SideName = Literal["needs", "offers"]
WORD_OF_SIDE: dict[SideName, str] = {"needs": "besoin", "offers": "offre"}


@dataclass(frozen=True, slots=True)
class Line:
    """``key`` is unique in its file; ``text`` is what its meaning is taken from; ``number`` is its line.

    ``type_said`` tells whether the file gave the type; else it was proposed from the words ``type_because``.
    ``from_activity`` tells that the line has no word of its own, only the code of its activity.
    """

    key: str
    number: int
    title: str
    words: str
    text: str
    type_code: str | None
    type_said: bool
    type_because: str
    from_activity: bool
    organisation: str
    party: str
    municipality: str
    municipality_code: str
    latitude: float | None
    longitude: float | None
    approximate: bool
    quantity: Decimal | None
    minimum: Decimal | None
    unit: str
    period: Period
    weekly: tuple[Slot, ...]
    months: tuple[int, ...]
    reach_km: float | None
    available_from: date | None
    available_until: date | None
    confirmed_on: date | None
    holds: frozenset[str]
    requires: frozenset[str]

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude; None when it is not known where this is."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """``lines`` can be matched; ``silent`` counts those that say nothing of what they want or propose."""

    side: SideName
    filename: str
    mapping: Mapping
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    notes: tuple[str, ...]
    lines_read: int
    silent: Sequence[int]
    outside: int = 0

    @property
    def says_authorisations(self) -> bool:
        """Whether a column says which authorisations are held."""
        return "holds" in self.mapping.fields
