"""Projects, tasks, meetings and trials for the tests."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from maillage.domain.actors.models import Account, Organisation, Person, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.projects import operations
from maillage.domain.projects.drafts import (
    IndicatorDraft,
    MeetingDraft,
    ProjectDraft,
    TaskDraft,
    TrialDraft,
)
from maillage.domain.projects.enums import MeasureMoment, PartyRole, ProjectKind
from maillage.domain.projects.models import (
    Invitee,
    Meeting,
    Project,
    ProjectParty,
    ProjectTask,
    Trial,
    TrialIndicator,
    TrialMeasure,
)
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole


def make_project(
    *,
    pole: Pole | None = None,
    lead: Organisation | None = None,
    name: str = "Composter à plusieurs",
    kind: str = ProjectKind.PROJECT,
    needs: list[Intent] | None = None,
    by: Account | None = None,
    stage: str = "idea",
    **fields: Any,
) -> Project:
    data = ProjectDraft(name=name, kind=kind, lead=lead, **fields)
    return operations.open_project(
        pole=pole or make_pole(), data=data, on=TODAY, at=NOW, by=by, needs=needs or (), stage=stage
    )


def make_party(
    project: Project,
    organisation: Organisation | None = None,
    *,
    role: str = PartyRole.PARTNER,
    **fields: Any,
) -> ProjectParty:
    given = {"since": TODAY - timedelta(days=30)} | fields
    return operations.add_party(
        project=project, organisation=organisation or make_organisation(), role=role, **given
    )


def make_task(
    project: Project | None = None,
    *,
    title: str = "Appeler la mairie",
    owner: Person | None = None,
    meeting: Meeting | None = None,
    **fields: Any,
) -> ProjectTask:
    data = TaskDraft(title=title, owner=owner, **fields)
    if project is None and meeting is None:
        project = make_project()
    return operations.add_task(data=data, project=project, meeting=meeting, at=NOW, by=None)


def make_meeting(
    project: Project | None = None,
    *,
    pole: Pole | None = None,
    title: str = "Première réunion",
    starts_at: datetime | None = None,
    **fields: Any,
) -> Meeting:
    pole = pole or (project.process.pole if project is not None else make_pole())
    data = MeetingDraft(pole=pole, project=project, title=title, starts_at=starts_at, **fields)
    return operations.call_meeting(data=data, at=NOW, by=None)


def make_invitee(meeting: Meeting, *, name: str = "Camille Essai", email: str = "", **fields: Any) -> Invitee:
    return operations.add_invitee(meeting=meeting, name=name, email=email, **fields)


def make_trial(
    project: Project | None = None, *, question: str = "Une collecte suffit-elle ?", **fields: Any
) -> Trial:
    given = {"starts_on": TODAY - timedelta(days=60)} | fields
    return operations.start_trial(
        project=project or make_project(),
        data=TrialDraft(question=question, **given),
        on=TODAY,
        at=NOW,
        by=None,
    )


def make_indicator(
    trial: Trial | None = None,
    *,
    label: str = "Biodéchets jetés",
    unit: str = "kg",
    wished: str = "less",
) -> TrialIndicator:
    data = IndicatorDraft(label=label, unit=unit, wished=wished)
    return operations.add_indicator(trial=trial or make_trial(), data=data)


def make_measure(
    indicator: TrialIndicator, quantity: Decimal | int, moment: str = MeasureMoment.BEFORE, **fields: Any
) -> TrialMeasure:
    given = {"measured_on": TODAY, "source": "Pesée", "at": NOW, "by": None} | fields
    return operations.add_measure(indicator=indicator, moment=moment, quantity=Decimal(quantity), **given)
