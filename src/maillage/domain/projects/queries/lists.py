"""The projects of a pole, as lines; how many stand at each stage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from maillage.core.french import fold
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects.enums import MeetingState, ProjectKind, ProjectVisibility, TaskState
from maillage.domain.projects.models import Meeting, Project, ProjectParty, ProjectTask
from maillage.domain.projects.running import runs_on


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of the list."""

    pk: int
    name: str
    kind: str
    kind_label: str
    stage: str
    stage_label: str
    lead: str
    lead_id: int | None
    summary: str
    since: date
    until: date | None
    stop_reason: str
    visibility_label: str
    needs: int
    parties: int
    todo: int
    late: int
    next_meeting: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilters:
    """The questions of the list; empty says "all"."""

    kind: str = ""
    stage: str = ""
    text: str = ""
    organisation: int | None = None
    only_mine: bool = False
    with_stopped: bool = False


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many projects stand at a stage."""

    stage: str
    label: str
    count: int


def seen_projects(viewer: Viewer, pole: Pole) -> Q:
    """Return the condition of the projects of which the viewer may read at least the summary."""
    here = Q(process__pole=pole)
    if viewer.runs(pole.pk):
        return here
    seen = Q(visibility=ProjectVisibility.PUBLIC)
    if viewer.belongs(pole.pk):
        seen |= Q(visibility=ProjectVisibility.MEMBERS) | _mine(viewer, pole)
    return here & seen


def read_projects(viewer: Viewer, pole: Pole) -> Q:
    """Return the condition of the projects whose tasks, meetings and measures the viewer may read."""
    here = Q(process__pole=pole)
    if viewer.runs(pole.pk):
        return here
    if not viewer.belongs(pole.pk):
        return Q(pk__in=[])
    return here & (~Q(visibility=ProjectVisibility.PARTIES) | _mine(viewer, pole))


def _mine(viewer: Viewer, pole: Pole) -> Q:
    spoken = spoken_for(viewer, pole.pk)
    if not spoken:
        return Q(pk__in=[])
    seated = ProjectParty.objects.filter(runs_on(viewer.on), project=OuterRef("pk"), organisation__in=spoken)
    return Q(process__lead__in=spoken) | Q(Exists(seated))


class ProjectList(Sequence[ProjectRow]):
    """A list read by slices, for a paginator."""

    def __init__(self, rows: QuerySet[Project], viewer: Viewer, details: QuerySet[Project]) -> None:
        self._rows, self._viewer, self._read = rows, viewer, details
        self._count: int | None = None

    def __len__(self) -> int:
        """Count the projects, once."""
        if self._count is None:
            self._count = self._rows.count()
        return self._count

    @overload
    def __getitem__(self, at: int) -> ProjectRow: ...
    @overload
    def __getitem__(self, at: slice) -> list[ProjectRow]: ...
    def __getitem__(self, at: int | slice) -> ProjectRow | list[ProjectRow]:
        """Return the lines of a slice, or one line."""
        if isinstance(at, int):
            return rows_of(self._rows[at : at + 1], on=self._viewer.on, details=self._read)[0]
        return rows_of(self._rows[at], on=self._viewer.on, details=self._read)

    def __iter__(self) -> Iterator[ProjectRow]:
        """Read the whole list at once."""
        return iter(self[:])


def projects_list(*, viewer: Viewer, pole: Pole, filters: ProjectFilters | None = None) -> ProjectList:
    """Return the projects that the viewer may see and that answer the filters, those that move first."""
    asked = filters or ProjectFilters()
    rows = Project.objects.filter(seen_projects(viewer, pole), _asked(viewer, pole, asked))
    read = Project.objects.filter(read_projects(viewer, pole))
    return ProjectList(
        rows.order_by(F("process__until").desc(nulls_first=True), "-process__since", "-pk"), viewer, read
    )


def _asked(viewer: Viewer, pole: Pole, asked: ProjectFilters) -> Q:
    found = Q()
    if asked.kind:
        found &= Q(kind=asked.kind)
    if asked.stage:
        found &= Q(process__stage=asked.stage)
    elif not asked.with_stopped:
        found &= ~Q(process__stage=ProcessStage.STOPPED)
    if asked.only_mine:
        found &= _mine(viewer, pole)
    if asked.organisation is not None:
        seated = ProjectParty.objects.filter(project=OuterRef("pk"), organisation=asked.organisation)
        found &= Q(process__lead=asked.organisation) | Q(Exists(seated))
    for word in fold(asked.text).split()[:6]:
        found &= Q(pk__in=_naming(word))
    return found


def _naming(word: str) -> QuerySet[Project, Any]:
    """The projects whose name, summary or lead holds a word, accents aside."""
    return (
        Project.objects.filter(
            Q(process__name__unaccent__icontains=word)
            | Q(summary__unaccent__icontains=word)
            | Q(process__lead__folded__contains=word)
        )
        .order_by()
        .values("pk")
    )


def rows_of(rows: QuerySet[Project], *, on: date, details: QuerySet[Project]) -> list[ProjectRow]:
    """Return lines; the counts of tasks and the next meeting are those of the projects one may read."""
    read = details.order_by().values("pk")
    tasks = ProjectTask.objects.filter(project=OuterRef("pk"), project__in=read, state=TaskState.TODO)
    seated = ProjectParty.objects.filter(runs_on(on), project=OuterRef("pk"), project__in=read)
    meetings = Meeting.objects.filter(
        project=OuterRef("pk"), project__in=read, state=MeetingState.PLANNED, starts_at__date__gte=on
    )
    counted = rows.select_related("process__lead").annotate(
        need_count=Count("process__needs", distinct=True),
        party_count=_number(seated, Count("organisation", distinct=True)),
        todo_count=_number(tasks, Count("pk")),
        late_count=_number(tasks.filter(due_on__lt=on), Count("pk")),
        next_meeting=Subquery(meetings.order_by().values("project").values_list(Min("starts_at"))),
    )
    return [_row(one) for one in counted]


def _number(lines: QuerySet[ProjectTask] | QuerySet[ProjectParty], number: Count) -> Coalesce:
    counted = lines.order_by().values("project").values_list(number)
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _row(one: Project) -> ProjectRow:
    process = one.process
    return ProjectRow(
        pk=one.pk,
        name=process.name,
        kind=one.kind,
        kind_label=str(ProjectKind(one.kind).label),
        stage=process.stage,
        stage_label=str(ProcessStage(process.stage).label),
        lead=process.lead.name if process.lead else "",
        lead_id=process.lead_id,
        summary=one.summary,
        since=process.since,
        until=process.until,
        stop_reason=process.stop_reason,
        visibility_label=str(ProjectVisibility(one.visibility).label),
        needs=getattr(one, "need_count", 0),
        parties=getattr(one, "party_count", 0),
        todo=getattr(one, "todo_count", 0),
        late=getattr(one, "late_count", 0),
        next_meeting=getattr(one, "next_meeting", None),
    )


def stage_funnel(*, viewer: Viewer, pole: Pole, kind: str = "") -> tuple[StageCount, ...]:
    """Return how many projects the viewer sees at each stage, in the order of the stages."""
    rows = Project.objects.filter(seen_projects(viewer, pole))
    if kind:
        rows = rows.filter(kind=kind)
    found = dict(
        rows.order_by()
        .values_list("process__stage")
        .annotate(projects=Count("pk"))
        .values_list("process__stage", "projects")
    )
    return tuple(
        StageCount(stage.value, str(stage.label), int(found.get(stage.value, 0))) for stage in ProcessStage
    )


def projects_for_need(*, viewer: Viewer, pole: Pole, need_id: int) -> list[ProjectRow]:
    """Return the projects and groups that answer a need, among those the viewer sees."""
    rows = Project.objects.filter(seen_projects(viewer, pole), process__needs=need_id).order_by("-pk")
    return [_row(one) for one in rows.select_related("process__lead")]
