"""The models of the room, one subject a file."""

from maillage.domain.projects.models.file import ProjectFile
from maillage.domain.projects.models.meeting import (
    AgendaItem,
    Invitee,
    Meeting,
    MinutesAddendum,
    PollAnswer,
    PollDate,
)
from maillage.domain.projects.models.project import Project, ProjectParty, StageChange
from maillage.domain.projects.models.task import ProjectTask
from maillage.domain.projects.models.trial import Trial, TrialIndicator, TrialMeasure

__all__ = [
    "AgendaItem",
    "Invitee",
    "Meeting",
    "MinutesAddendum",
    "PollAnswer",
    "PollDate",
    "Project",
    "ProjectFile",
    "ProjectParty",
    "ProjectTask",
    "StageChange",
    "Trial",
    "TrialIndicator",
    "TrialMeasure",
]
