"""What is kept of a calculator's answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matrix:
    """n × n whole metres and seconds, and where they come from."""

    metres: tuple[tuple[int, ...], ...]
    seconds: tuple[tuple[int, ...], ...]
    source: str
