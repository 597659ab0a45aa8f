"""A project goes from stage to stage, and its history says who, when and why."""

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.ledger.models import Process
from maillage.domain.projects import operations, states
from maillage.domain.projects.enums import MeetingState, TaskState, TrialState
from maillage.domain.projects.models import Project
from tests.factories import NOW, TODAY
from tests.factories.projects import make_project

pytestmark = pytest.mark.django_db


def move(project: Project, verb: str, reason: str = "") -> None:
    operations.move_stage(project=project, verb=verb, on=TODAY, at=NOW, by=None, reason=reason)


def test_stage__keeps_every_step_with_its_reason() -> None:
    project = make_project()
    move(project, "study", "Trois cantines sont d’accord.")
    move(project, "try")
    said = [(one.starts, one.ends, one.reason) for one in project.stage_changes.order_by("pk")]
    assert said == [
        ("", "idea", ""),
        ("idea", "study", "Trois cantines sont d’accord."),
        ("study", "trial", ""),
    ]
    assert Process.objects.get(pk=project.pk).stage == ProcessStage.TRIAL


def test_stage__stops_only_with_a_reason_and_starts_again() -> None:
    project = make_project()
    with pytest.raises(UserMistake, match="Dites pourquoi"):
        move(project, "stop")
    move(project, "stop", "Plus personne pour le porter.")
    assert Process.objects.get(pk=project.pk).stop_reason == "Plus personne pour le porter."
    move(project, "resume")
    found = Process.objects.get(pk=project.pk)
    assert (found.stage, found.stop_reason, found.until) == (ProcessStage.STUDY, "", None)


def test_stage__refuses_a_step_that_is_not_in_the_table() -> None:
    with pytest.raises(UserMistake, match="a changé de stade"):
        move(make_project(), "replicate")


@pytest.mark.parametrize(
    ("moves", "known", "first"),
    [
        (states.STAGE_TRANSITIONS, ProcessStage, ProcessStage.IDEA),
        (states.TASK_TRANSITIONS, TaskState, TaskState.TODO),
        (states.MEETING_TRANSITIONS, MeetingState, MeetingState.POLLING),
        (states.TRIAL_TRANSITIONS, TrialState, TrialState.RUNNING),
    ],
)
def test_tables__reach_every_state_they_name(moves, known, first) -> None:  # type: ignore[no-untyped-def]  # four tables of four types
    assert {first, *(one.ends for one in moves.values())} == set(known)
    assert all(one.starts <= set(known.values) for one in moves.values())
