"""The sheet of a project."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects.models import Project
from maillage.domain.projects.policies import user_can_move_stage
from maillage.domain.projects.queries import ProjectSheet, project_sheet
from maillage.domain.projects.states import STAGE_TRANSITIONS
from maillage.interfaces.web.door import PoleRequest, in_pole, today
from maillage.interfaces.web.projects.forms import FileForm, NeedForm, PartyForm, TaskForm
from maillage.interfaces.web.projects.reading import people, project_or_404

STOP_REASONS = (
    "Le besoin a disparu",
    "Personne pour le porter",
    "Pas de financement",
    "L’essai n’a pas convaincu",
    "Réuni à un autre projet",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the thread."""

    on: date
    kind: str
    state: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way: passed, present, to come."""

    label: str
    is_current: bool
    is_passed: bool


def _steps(stage: str) -> list[Step]:
    """The way from idea to replication; a project that stopped stands nowhere on it."""
    way = [one for one in ProcessStage if one != ProcessStage.STOPPED]
    here = next((at for at, one in enumerate(way) if one == stage), -1)
    return [Step(str(one.label), at == here, at < here) for at, one in enumerate(way)]


def _thread(found: ProjectSheet) -> list[Fact]:
    return [
        Fact(
            on=line.on,
            kind="aside" if line.ends == ProcessStage.STOPPED else "done",
            state="Arrêt" if line.ends == ProcessStage.STOPPED else "Fait",
            title=line.ends_label if not line.starts_label else f"{line.starts_label} → {line.ends_label}",
            text=". ".join(part for part in (line.reason.rstrip("."), line.by) if part),
        )
        for line in found.history
    ]


def show(request: PoleRequest, project: Project, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Show the sheet; a form that is to be mended comes back with its words."""
    found = project_sheet(viewer=request.viewer, project=project)
    slug = request.pole.slug
    empty = {
        "task": TaskForm(people=people(request, project), auto_id="tache_%s"),
        "party": PartyForm(initial={"since": today()}, auto_id="structure_%s"),
        "need": NeedForm(auto_id="lien_%s"),
        "file": FileForm(auto_id="fichier_%s"),
    }
    context = {
        "found": found,
        "row": found.row,
        "is_group": found.row.kind == "group",
        "is_stopped": found.row.stage == ProcessStage.STOPPED,
        "steps": _steps(found.row.stage),
        "moves": _moves(request, project),
        "thread": _thread(found),
        "may_work": not found.work_refusal,
        "may_steer": not found.steer_refusal,
        "stop_reasons": STOP_REASONS,
        "forms": empty | forms,
        "late": sum(1 for one in found.todo if one.is_late),
        "organisations_url": reverse("exchanges:organisations", args=[slug]),
        "needs_url": reverse("projects:needs", args=[slug]),
        "adding": request.GET.get("ajout") == "tache",
        "opened": {name for name, form in forms.items() if form.is_bound},
    }
    return render(request, "projects/detail.html", context, status=status)


def _moves(request: PoleRequest, project: Project) -> list[dict[str, str]]:
    """The steps that are possible from here, those that go on first."""
    return [
        {"verb": move.verb, "label": move.label, "ends": str(ProcessStage(move.ends).label)}
        for move in STAGE_TRANSITIONS.values()
        if move.verb != "stop" and user_can_move_stage(request.viewer, project, verb=move.verb)
    ]


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a project as the viewer may see it."""
    return show(request, project_or_404(request, pk))
