"""Ask for a study and carry it out: solve, certify, store whole or not at all."""

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from maillage.core.errors import Stopped
from maillage.domain.actors.models import Account, Pole
from maillage.domain.matching.enums import RunMethod, RunStatus
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.studies.outcome import Progress, StudyInput, StudyOutcome
from maillage.domain.matching.studies.registry import study_of


class NotCertified(ValueError):
    """The engine's own certificate does not hold: a bug of ours, and nothing is shown to anybody."""


def ask_study(
    *,
    pole: Pole,
    method: RunMethod,
    parameters: Mapping[str, Any],
    asked_by: Account | None,
    at: datetime,
    seed: int = 0,
) -> MatchingRun:
    """Create a study that waits to be carried out; ``parameters`` are plain values."""
    return MatchingRun.objects.create(
        pole=pole, method=method, parameters=dict(parameters), asked_by=asked_by, asked_at=at, seed=seed
    )


def carry_out_study(
    *,
    run: MatchingRun,
    today: date,
    clock: Callable[[], datetime],
    encoder: str,
    vector_folder: Path,
    progress: Progress,
) -> MatchingRun:
    """Carry out a study and store its certified result in one transaction.

    On an error the run is marked as failed (or stopped, when somebody asked for it) and the error goes on.
    Raises ``NotCertified``, ``UserMistake`` when there is nothing to compute.
    """
    begun = clock()
    MatchingRun.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING)
    try:
        given = StudyInput(run.pole, run.parameters, run.seed, today, encoder, vector_folder, progress)
        outcome = study_of(RunMethod(run.method))(given)
        if not outcome.certificate.get("valid"):
            raise NotCertified("le certificat du moteur ne tient pas")
        with transaction.atomic():
            _store(run, outcome)
            ended = clock()
            run.status, run.finished_at = RunStatus.DONE, ended
            run.duration_ms = max(int((ended - begun).total_seconds() * 1000), 0)
            run.save()
    except BaseException as error:
        status = RunStatus.CANCELLED if isinstance(error, Stopped) else RunStatus.FAILED
        MatchingRun.objects.filter(pk=run.pk).update(status=status)
        raise
    return run


def _store(run: MatchingRun, outcome: StudyOutcome) -> None:
    run.result, run.problem = outcome.result, outcome.problem
    run.certificate = _storable(outcome.certificate)
    run.input_digest, run.engine_version = outcome.digest, outcome.engine_version
    run.encoder_build = outcome.encoder_build
    run.objective, run.bound, run.gap = map(_storable, (outcome.objective, outcome.bound, outcome.gap))
    run.needs, run.offers = outcome.needs, outcome.offers


def _storable(value: Any) -> Any:
    """Return ``value`` with None for numbers that JSON does not have: an infeasible objective is infinite."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(one) for one in value]
    return value
