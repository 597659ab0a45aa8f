"""Plain rows of a study of rounds: what goes to the bridge."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RoundStop:
    """One intent to visit: what is taken at one passage, how often, when its door is open.

    ``kg`` and ``m3``: at one passage; ``every``: days between two passages; ``open_days``: 0 Monday to 6 Sunday;
    ``opens`` and ``closes``: minutes since midnight.
    """

    key: str
    latitude: float
    longitude: float
    kg: float
    m3: float
    every: int
    open_days: frozenset[int]
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class RoundVehicle:
    """``number`` vehicles alike; hours in minutes since midnight; costs in euros."""

    name: str
    number: int
    kg: float
    m3: float
    leaves: int
    back: int
    km_cost: float
    hour_cost: float


@dataclass(frozen=True, slots=True)
class RoundsAsked:
    """Everything that the rounds rest on; ``factor`` and ``kmh`` have their source among the parameters."""

    depot: tuple[float, float]
    stops: tuple[RoundStop, ...]
    vehicles: tuple[RoundVehicle, ...]
    days: int
    service_minutes: int
    factor: float
    kmh: float
    iterations: int
