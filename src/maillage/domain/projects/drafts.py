"""What somebody says before it is kept: plain values, checked and written by ``operations``."""

from dataclasses import dataclass, field
from datetime import date, datetime

from maillage.domain.actors.models import Organisation, Person, Pole
from maillage.domain.projects.enums import MeetingKind, ProjectKind, ProjectVisibility, Wished
from maillage.domain.projects.models import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDraft:
    """What the sheet of a project says."""

    name: str
    kind: str = ProjectKind.PROJECT
    lead: Organisation | None = None
    summary: str = ""
    description: str = ""
    visibility: str = ProjectVisibility.MEMBERS
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDraft:
    """What a meeting says of itself; without a date, the dates are proposed."""

    pole: Pole
    project: Project | None = None
    title: str
    kind: str = MeetingKind.WORK
    starts_at: datetime | None = None
    minutes_long: int = 120
    place: str = ""
    visio_url: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """What somebody does, by when."""

    title: str
    owner: Person | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialDraft:
    """What one wants to know, and when one tries."""

    question: str
    starts_on: date
    ends_on: date | None = None
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDraft:
    """What is measured."""

    label: str
    unit: str
    wished: str = field(default=Wished.MORE)
