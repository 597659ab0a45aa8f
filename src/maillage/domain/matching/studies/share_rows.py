"""Plain rows of a sharing out: what the bridge needs beyond the problem, and what one supposes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Of each intent by its key: the place and the type as people say them, and how many back it."""

    place: Mapping[str, str]
    kind: Mapping[str, str]
    backers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SharingAsked:
    """How to share: the fairness rule (none, municipality, type), whether months count, at most how many seconds."""

    fairness: str
    months: bool
    seconds: float
