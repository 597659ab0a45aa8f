"""Trials: what was measured before and after, and the difference in plain words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maillage.core.french import NBSP, number
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.projects.enums import MeasureMoment, TrialState, Wished
from maillage.domain.projects.models import Project, Trial, TrialIndicator, TrialMeasure
from maillage.domain.projects.queries.lists import read_projects


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A number, its day and where it comes from."""

    pk: int
    moment: str
    moment_label: str
    quantity: Quantity
    measured_on: date
    source: str


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """What was measured; ``difference`` is the last measure after minus the last one before.

    ``verdict`` is ``better``, ``worse``, ``same`` or "" when nothing can be said; ``sentence`` says it in words.
    """

    pk: int
    label: str
    unit: str
    unit_label: str
    wished: str
    measures: tuple[MeasureLine, ...]
    before: MeasureLine | None
    after: MeasureLine | None
    difference: Quantity | None
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TrialSheet:
    """A trial, ready for a page."""

    pk: int
    project_id: int
    project: str
    question: str
    method: str
    starts_on: date
    ends_on: date | None
    state: str
    state_label: str
    decided_on: date | None
    deciders: str
    decided_by: str
    reason: str
    indicators: tuple[IndicatorLine, ...]


def trial_in(*, viewer: Viewer, pole: Pole, pk: int) -> Trial | None:
    """Return a trial of a project that the viewer reads."""
    read = Project.objects.filter(read_projects(viewer, pole)).order_by().values("pk")
    rows = Trial.objects.filter(project__in=read, pk=pk)
    return rows.select_related("project__process__lead", "project__process__pole").first()


def indicator_of(*, trial: Trial, pk: int) -> TrialIndicator | None:
    """Return a thing measured by a trial."""
    return TrialIndicator.objects.filter(trial=trial, pk=pk).select_related("trial").first()


def measure_of(*, trial: Trial, pk: int) -> TrialMeasure | None:
    """Return a measure of a trial."""
    rows = TrialMeasure.objects.filter(indicator__trial=trial, pk=pk)
    return rows.select_related("indicator__trial").first()


def trials_of(project: Project) -> tuple[TrialSheet, ...]:
    """Return the trials of a project, the last first, with their measures."""
    rows = (
        Trial.objects.filter(project=project)
        .select_related("decided_by__person", "project__process")
        .prefetch_related("indicators__measures")
        .order_by("-starts_on", "-pk")
    )
    return tuple(_sheet(one) for one in rows)


def trial_sheet(trial: Trial) -> TrialSheet:
    """Return one trial, ready for a page."""
    rows = Trial.objects.select_related("decided_by__person", "project__process")
    return _sheet(rows.prefetch_related("indicators__measures").get(pk=trial.pk))


def _sheet(one: Trial) -> TrialSheet:
    return TrialSheet(
        pk=one.pk,
        project_id=one.project_id,
        project=one.project.process.name,
        question=one.question,
        method=one.method,
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        state=one.state,
        state_label=str(TrialState(one.state).label),
        decided_on=one.decided_on,
        deciders=one.deciders,
        decided_by=name_of(one.decided_by),
        reason=one.reason,
        indicators=tuple(_indicator(line) for line in one.indicators.all()),
    )


def _indicator(one: TrialIndicator) -> IndicatorLine:
    unit = unit_named(one.unit)
    lines = tuple(
        MeasureLine(
            pk=row.pk,
            moment=row.moment,
            moment_label=str(MeasureMoment(row.moment).label),
            quantity=Quantity(row.quantity, unit),
            measured_on=row.measured_on,
            source=row.source,
        )
        for row in one.measures.all()
    )
    before, after = _last(lines, MeasureMoment.BEFORE), _last(lines, MeasureMoment.AFTER)
    difference = None
    if before is not None and after is not None:
        difference = Quantity(after.quantity.value - before.quantity.value, unit)
    verdict = _verdict(difference, one.wished)
    return IndicatorLine(
        pk=one.pk,
        label=one.label,
        unit=one.unit,
        unit_label=unit.plural,
        wished=one.wished,
        measures=lines,
        before=before,
        after=after,
        difference=difference,
        verdict=verdict,
        sentence=_said(before, after, difference),
    )


def _last(lines: tuple[MeasureLine, ...], moment: str) -> MeasureLine | None:
    found = [line for line in lines if line.moment == moment]
    return max(found, key=lambda line: line.measured_on) if found else None


def _verdict(difference: Quantity | None, wished: str) -> str:
    if difference is None or wished == Wished.NEITHER:
        return ""
    if difference.value == 0:
        return "same"
    return "better" if (difference.value > 0) == (wished == Wished.MORE) else "worse"


def _said(before: MeasureLine | None, after: MeasureLine | None, difference: Quantity | None) -> str:
    if before is None and after is None:
        return "Rien n’est encore mesuré."
    if before is None:
        return "Il manque la mesure d’avant : sans elle, on ne peut pas comparer."
    if after is None or difference is None:
        return "Il manque la mesure d’après."
    if difference.value == 0:
        return "Aucune différence."
    way = "de plus" if difference.value > 0 else "de moins"
    size = Quantity(abs(difference.value), difference.unit)
    share = ""
    if before.quantity.value > 0:
        percent = abs(difference.value) * Decimal(100) / before.quantity.value
        share = f", soit {'+' if difference.value > 0 else '−'}{NBSP}{number(percent, digits=0)}{NBSP}%"
    return f"{size} {way}{share}."


def name_of(account: Account | None) -> str:
    """Return how to name an account: its person, else its address."""
    if account is None:
        return ""
    return str(account.person) if account.person else account.email
