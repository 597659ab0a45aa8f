"""A project goes from a stage to another, and its history says who, when and why."""

from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account
from maillage.domain.ledger.models import Process
from maillage.domain.ledger.operations import change_stage
from maillage.domain.projects.models import Project, StageChange
from maillage.domain.projects.states import STAGE_TRANSITIONS
from maillage.domain.projects.words import short


def move_stage(
    *, project: Project, verb: str, on: date, at: datetime, by: Account | None, reason: str = ""
) -> StageChange:
    """Move to the stage that the verb leads to; stopping asks why."""
    move = STAGE_TRANSITIONS.get(verb)
    if move is None:
        raise UserMistake("Choisissez le stade suivant.", field="verb")
    said = short(reason, field="reason")
    with transaction.atomic():
        process = Process.objects.select_for_update().get(pk=project.pk)
        if process.stage not in move.starts:
            raise UserMistake("Ce projet a changé de stade entre-temps. Relisez la page.")
        before = process.stage
        changed = change_stage(process=process, stage=move.ends, on=on, reason=said)
        project.process = changed
        return StageChange.objects.create(
            project_id=project.pk, starts=before, ends=move.ends, on=on, at=at, by=by, reason=said
        )
