"""The sheet of a project: what surrounds it, as far as the viewer may read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, Sum

from maillage.core.quantities import Dimension, Quantity, unit_named
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView, views_of
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import CommitmentState, ProcessStage
from maillage.domain.ledger.facts import live_events
from maillage.domain.ledger.models import Commitment
from maillage.domain.ledger.queries import EventLine, event_lines
from maillage.domain.ledger.queries.events import seen_events
from maillage.domain.ledger.queries.promises import STANDING
from maillage.domain.projects.enums import PartyRole
from maillage.domain.projects.models import Project, ProjectFile, ProjectParty
from maillage.domain.projects.policies import (
    Standing,
    check_user_can_steer_project,
    check_user_can_work_on_project,
    reason_of,
    standing_in,
)
from maillage.domain.projects.queries.lists import ProjectRow, rows_of, seen_projects
from maillage.domain.projects.queries.meetings import MeetingRow, meetings_of
from maillage.domain.projects.queries.tasks import (
    CLOSED_SHOWN,
    TaskRow,
    closed_tasks,
    late_first,
    open_tasks,
    task_rows,
)
from maillage.domain.projects.queries.trials import TrialSheet, name_of, trials_of


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A structure of the project."""

    pk: int
    organisation_id: int
    name: str
    role: str
    role_label: str
    words: str
    since: date
    until: date | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class StageLine:
    """A line of the history of the stage."""

    on: date
    at: datetime
    starts_label: str
    ends: str
    ends_label: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class SumLine:
    """What a project moved of one type by one action: promised, and done."""

    type_label: str
    action: str
    promised: Quantity | None
    done: Quantity | None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise of the project that the viewer may read."""

    pk: int
    agreement_id: int | None
    provider: str
    receiver: str
    action: str
    type_label: str
    quantity: Quantity | None
    due_on: date | None
    state: str
    state_label: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of the project."""

    pk: int
    name: str
    words: str
    size: int
    kept_at: datetime
    kept_by: str


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """A project, ready for a page; who reads the summary only gets nothing of the rest."""

    row: ProjectRow
    standing: Standing
    description: str
    visibility: str
    needs: tuple[IntentView, ...]
    parties: tuple[PartyLine, ...]
    history: tuple[StageLine, ...]
    todo: tuple[TaskRow, ...]
    closed: tuple[TaskRow, ...]
    meetings: tuple[MeetingRow, ...]
    trials: tuple[TrialSheet, ...]
    sums: tuple[SumLine, ...]
    promises: tuple[PromiseLine, ...]
    events: tuple[EventLine, ...]
    files: tuple[FileLine, ...]
    work_refusal: str
    steer_refusal: str

    @property
    def reads(self) -> bool:
        """Whether the viewer reads more than the summary."""
        return self.standing >= Standing.READS


def project_in(*, viewer: Viewer, pole: Pole, pk: int) -> Project | None:
    """Return a project of which the viewer may read at least the summary."""
    rows = Project.objects.filter(seen_projects(viewer, pole), pk=pk)
    return rows.select_related("process__lead", "process__pole").first()


def file_of(*, project: Project, pk: int) -> ProjectFile | None:
    """Return a file of a project."""
    return ProjectFile.objects.filter(project=project, pk=pk).select_related("stored").first()


def _files(project: Project) -> tuple[FileLine, ...]:
    rows = ProjectFile.objects.filter(project=project).select_related("stored__kept_by__person")
    return tuple(
        FileLine(
            pk=row.pk,
            name=row.stored.name,
            words=row.words,
            size=row.stored.size,
            kept_at=row.stored.kept_at,
            kept_by=name_of(row.stored.kept_by),
        )
        for row in rows.order_by("-pk")
    )


def party_of(*, project: Project, pk: int) -> ProjectParty | None:
    """Return a structure's part in a project."""
    return ProjectParty.objects.filter(project=project, pk=pk).first()


def project_sheet(*, viewer: Viewer, project: Project) -> ProjectSheet:
    """Return the sheet, as far as the viewer may read."""
    standing = standing_in(viewer, project)
    reads, works = standing >= Standing.READS, standing >= Standing.WORKS
    details = Project.objects.filter(pk=project.pk) if reads else Project.objects.none()
    row = rows_of(Project.objects.filter(pk=project.pk), on=viewer.on, details=details)[0]
    needs = views_of(viewer=viewer, intents=Intent.objects.filter(processes=project.pk).order_by("pk"))
    return ProjectSheet(
        row=row,
        standing=standing,
        description=project.description if reads else "",
        visibility=project.visibility,
        needs=tuple(needs),
        parties=_parties(project, viewer) if reads else (),
        history=_history(project) if reads else (),
        todo=tuple(late_first(task_rows(open_tasks(project), viewer=viewer, may_change=works)))
        if reads
        else (),
        closed=tuple(task_rows(closed_tasks(project)[:CLOSED_SHOWN], viewer=viewer, may_change=works))
        if reads
        else (),
        meetings=tuple(meetings_of(project)) if reads else (),
        trials=trials_of(project) if reads else (),
        sums=_sums(project) if reads else (),
        promises=_promises(project, viewer) if reads else (),
        events=event_lines(live_events().filter(seen_events(viewer, row_pole(project)), process=project.pk))
        if reads
        else (),
        files=_files(project) if reads else (),
        work_refusal=reason_of(lambda: check_user_can_work_on_project(viewer, project)),
        steer_refusal=reason_of(lambda: check_user_can_steer_project(viewer, project)),
    )


def row_pole(project: Project) -> int:
    """Return the number of the project's pole."""
    return project.process.pole_id


def _parties(project: Project, viewer: Viewer) -> tuple[PartyLine, ...]:
    rows = project.parties.select_related("organisation").order_by("until", "since", "pk")
    lines = [
        PartyLine(
            pk=row.pk,
            organisation_id=row.organisation_id,
            name=row.organisation.name,
            role=row.role,
            role_label=str(PartyRole(row.role).label),
            words=row.words,
            since=row.since,
            until=row.until,
            is_past=row.until is not None and row.until <= viewer.on,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.is_past))


def _history(project: Project) -> tuple[StageLine, ...]:
    rows = project.stage_changes.select_related("by__person").order_by("-at", "-pk")
    return tuple(
        StageLine(
            on=row.on,
            at=row.at,
            starts_label=str(ProcessStage(row.starts).label) if row.starts else "",
            ends=row.ends,
            ends_label=str(ProcessStage(row.ends).label),
            by=name_of(row.by),
            reason=row.reason,
        )
        for row in rows
    )


_Key = tuple[str, str, Dimension]


def _sums(project: Project) -> tuple[SumLine, ...]:
    """Sums name nobody: who reads the project reads them."""
    promised = Commitment.objects.filter(process=project.pk, quantity__isnull=False).exclude(
        state=CommitmentState.CANCELLED
    )
    names = ("resource_type__label", "resource_type__unit", "action__label", "unit")
    asked: dict[_Key, list[Quantity]] = defaultdict(list)
    done: dict[_Key, list[Quantity]] = defaultdict(list)
    usual: dict[_Key, str] = {}
    for rows, kept in (
        (promised.order_by().values_list(*names).annotate(summed=Sum("quantity")), asked),
        (
            live_events()
            .filter(process=project.pk)
            .order_by()
            .values_list(*names)
            .annotate(summed=Sum("quantity")),
            done,
        ),
    ):
        for label, unit, action, measured, summed in rows:
            counted = unit_named(measured)
            key = (label, action, counted.dimension)
            usual[key] = unit
            kept[key].append(Quantity(summed, counted))
    return tuple(
        SumLine(key[0], key[1], _total(asked[key], usual[key], key[2]), _total(done[key], usual[key], key[2]))
        for key in sorted(usual, key=lambda one: (one[0], one[1], one[2].value))
    )


def _total(parts: list[Quantity], usual: str, dimension: Dimension) -> Quantity | None:
    if not parts:
        return None
    unit = unit_named(usual)
    if unit.dimension is not dimension:
        unit = parts[0].unit
    return Quantity(sum((part.to(unit).value for part in parts), Decimal(0)), unit)


def _promises(project: Project, viewer: Viewer) -> tuple[PromiseLine, ...]:
    """The promises of the project: all for the team, its own for a structure."""
    rows = Commitment.objects.filter(STANDING, process=project.pk)
    if not viewer.runs(project.process.pole_id):
        mine = spoken_for(viewer, project.process.pole_id)
        rows = rows.filter(Q(provider__in=mine) | Q(receiver__in=mine))
    joined = rows.select_related("provider", "receiver", "action", "resource_type").order_by("due_on", "pk")
    return tuple(
        PromiseLine(
            pk=row.pk,
            agreement_id=row.agreement_id,
            provider=row.provider.name,
            receiver=row.receiver.name,
            action=row.action.label,
            type_label=row.resource_type.label,
            quantity=Quantity(row.quantity, unit_named(row.unit)) if row.quantity is not None else None,
            due_on=row.due_on,
            state=row.state,
            state_label=str(CommitmentState(row.state).label),
            is_late=row.state == CommitmentState.PROMISED
            and row.due_on is not None
            and row.due_on < viewer.on,
        )
        for row in joined
    )
