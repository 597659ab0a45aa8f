"""Projects, tasks, meetings and trials for the tests."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from maillage.domain.actors.models import Account, Organisation, Person, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.links import sign
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
from maillage.interfaces.web.projects.links import PURPOSE
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


def make_projects_rows(pole: Pole, *, lead: Organisation, need: Intent, worker: Person) -> dict[str, int]:
    """Make one project with a line of each kind; return the number that each address of the room names."""
    project = make_project(pole=pole, lead=lead, needs=[need], summary="Composter près des cantines.")
    make_party(project)
    make_task(project, title="Visiter la plateforme", due_on=TODAY - timedelta(days=3))
    task = make_task(project, owner=worker, due_on=TODAY + timedelta(days=3))
    held = make_meeting(project, title="Réunion de lancement", starts_at=NOW - timedelta(days=10))
    make_invitee(held, name="Denis Essai", email="denis@exemple.fr")
    operations.save_draft(meeting=held, text="Tout le monde est d’accord.", version=0)
    make_task(meeting=held, title="Écrire la convention", owner=worker, due_on=TODAY + timedelta(days=9))
    meeting = make_meeting(project, title="Choisir le lieu")
    operations.propose_date(meeting=meeting, starts_at=datetime(2099, 1, 15, 17, 30, tzinfo=UTC), at=NOW)
    operations.propose_date(meeting=meeting, starts_at=datetime(2099, 1, 16, 8, 0, tzinfo=UTC), at=NOW)
    operations.add_agenda_item(meeting=meeting, title="Visite des lieux", minutes_long=30)
    invitee = make_invitee(meeting, name="Anouk Essai", email="anouk@exemple.fr")
    published = make_meeting(project, title="Comité de novembre", starts_at=NOW - timedelta(days=3))
    operations.save_draft(meeting=published, text="On continue.", version=0)
    operations.publish_minutes(meeting=published, at=NOW, by=None)
    trial = make_trial(project)
    indicator = make_indicator(trial)
    make_measure(indicator, 120, measured_on=TODAY - timedelta(days=50))
    make_measure(indicator, 45, MeasureMoment.AFTER)
    keys = {"projects": project.pk, "projects:from_need": need.pk, "projects:invitation": invitee.pk}
    keys |= {f"projects:{name}": task.pk for name in ("task", "move_task")}
    keys |= {
        f"projects:{name}": meeting.pk
        for name in ("meeting", "edit_meeting", "meeting_gestures", "sign_in_sheet")
    }
    keys |= {
        f"projects:{name}": held.pk
        for name in ("calendar", "minutes", "minutes_draft", "publish_minutes", "minutes_action")
    }
    keys["projects:addendum"] = published.pk
    content = io.BytesIO("Notes de la réunion de lancement.\n".encode())
    file = operations.add_file(
        project=project, name="notes.txt", content=content, words="Nos notes", at=NOW, by=None
    )
    keys |= {f"projects:{name}:number": file.pk for name in ("file", "remove_file")}
    keys |= {f"projects:{name}": trial.pk for name in ("trial", "edit_trial", "trial_gestures")}
    return keys


def project_tokens(keys: dict[str, int]) -> dict[str, str]:
    """Return the signed token of each address that opens without an account."""
    token = sign(PURPOSE, {"invitee": keys["projects:invitation"]})
    return dict.fromkeys(("projects:invitation", "projects:invitation_calendar"), token)
