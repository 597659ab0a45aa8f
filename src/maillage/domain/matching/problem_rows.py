"""Plain rows on both sides of the bridge: what goes to the engine, what comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.core.periods import Slot
from maillage.domain.matching.catalogue_table import LinkLine, TypeLine
from maillage.domain.matching.enums import Verdict


@dataclass(frozen=True, slots=True)
class IntentRow:
    """One intent: plain values, no model. ``key`` is unique in its side."""

    key: str
    text: str
    type_code: str | None
    quantity: Decimal | None
    minimum: Decimal | None
    dimension: str | None
    unit: str
    period: str
    latitude: float | None
    longitude: float | None
    approximate: bool
    reach_km: int | None
    available_from: date | None
    available_until: date | None
    weekly: Sequence[Slot]
    seasonality: Sequence[int]
    confirmed_on: date
    party: int
    holds: frozenset[str]
    requires: frozenset[str]


@dataclass(frozen=True, slots=True)
class CatalogueTable:
    """The catalogue that a problem speaks of."""

    types: tuple[TypeLine, ...]
    links: tuple[LinkLine, ...]
    authorisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One reason in words; ``kind`` is ``for``, ``check`` or ``against``."""

    kind: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the four facts of an agreement; ``level`` is ``yes``, ``half`` or ``no``."""

    name: str
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class PairFound:
    """A pair that fits: ranks (from 1) for each side where it is among the k best, score 0 to 1000."""

    need: str
    offer: str
    rank_for_need: int | None
    rank_for_offer: int | None
    score: int
    verdict: str
    criteria: dict[str, int]
    covered_per_mille: int
    distance_m: int
    facts: tuple[Fact, ...]
    reasons: tuple[Said, ...]

    @property
    def verdict_words(self) -> str:
        """The verdict as people read it, small initial."""
        return str(Verdict(self.verdict).label).lower()


@dataclass(frozen=True, slots=True)
class PairRefused:
    """A pair that does not fit: why, and what would let it pass."""

    need: str
    offer: str
    score: int
    code: str
    sentences: tuple[str, ...]
    relaxation: str


@dataclass(frozen=True, slots=True)
class Solution:
    """What a run found. ``unanswered``: each intent without a pair, and the refused one that came nearest."""

    pairs: tuple[PairFound, ...]
    unanswered: dict[str, PairRefused | None]
    refusals: dict[str, int]
    digest: str
    engine_version: str
    certificate: dict[str, object]
