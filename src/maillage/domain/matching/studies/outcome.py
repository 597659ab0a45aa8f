"""What a study brings back, whatever its method: plain values, ready to be stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maillage.domain.actors.models import Pole

Progress = Callable[[int, int, str], None]
"""done, total, step; raises ``Stopped`` when the person asked for it."""


@dataclass(frozen=True, slots=True)
class StudyInput:
    """What a study starts from: the pole, what was asked, the day, where vectors are kept."""

    pole: Pole
    parameters: Mapping[str, Any]
    seed: int
    today: date
    encoder: str
    vector_folder: Path
    progress: Progress


@dataclass(frozen=True, slots=True)
class StudyOutcome:
    """``result`` is what pages read, as JSON takes it; ``problem`` the record from which it is replayed.

    ``certificate`` has ``valid``; a study that is not valid is never stored.
    """

    result: dict[str, Any]
    problem: bytes
    digest: str
    engine_version: str
    encoder_build: str
    certificate: dict[str, Any]
    objective: float | None
    bound: float | None
    gap: float | None
    needs: int
    offers: int
