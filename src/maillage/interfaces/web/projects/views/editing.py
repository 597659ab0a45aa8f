"""Opening a project, from nothing or from a need; changing its sheet."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.domain.exchanges.queries import IntentFilters, intents_list, visible_intent
from maillage.domain.projects import operations, policies
from maillage.domain.projects.drafts import ProjectDraft
from maillage.domain.projects.enums import ProjectKind, ProjectVisibility
from maillage.domain.projects.models import Project
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.projects.forms import ProjectForm
from maillage.interfaces.web.projects.reading import kept, organisation_typed, project_or_404

SHORTEST, MOST = 2, 8


def _draft(request: PoleRequest, form: ProjectForm) -> ProjectDraft:
    said = form.cleaned_data
    return ProjectDraft(
        name=said["name"],
        kind=said["kind"],
        summary=said["summary"],
        description=said["description"],
        visibility=said["visibility"],
        since=said["since"],
        lead=organisation_typed(request, form, "lead"),
    )


def _page(request: PoleRequest, form: ProjectForm, project: Project | None, *, status: int) -> HttpResponse:
    lead = project.process.lead if project is not None else None
    context = {
        "form": form,
        "project": project,
        "lead_text": form.text("lead_text") or (lead.name if lead is not None and not form.is_bound else ""),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "no_bar": True,
    }
    return render(request, "projects/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Open a project or a working group."""
    policies.check_user_can_open_project(request.viewer, request.pole)
    if request.method != "POST":
        first: dict[str, Any] = {
            "kind": ProjectKind.GROUP if request.GET.get("nature") == "groupe" else ProjectKind.PROJECT,
            "visibility": ProjectVisibility.MEMBERS,
            "since": today(),
        }
        return _page(request, ProjectForm(initial=first), None, status=200)
    form = ProjectForm(request.POST)
    made = kept(
        form,
        lambda: operations.open_project(
            pole=request.pole, data=_draft(request, form), on=today(), at=now(), by=account_of(request)
        ),
    )
    if made is None:
        return _page(request, form, None, status=422)
    messages.success(request, "C’est ouvert. Ajoutez qui en est, et la première tâche.")
    return redirect("projects:detail", request.pole.slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change what the sheet says."""
    project = project_or_404(request, pk)
    policies.check_user_can_steer_project(request.viewer, project)
    if request.method != "POST":
        return _page(request, ProjectForm(initial=_said(project)), project, status=200)
    form = ProjectForm(request.POST)
    done = kept(form, lambda: operations.update_project(project=project, data=_draft(request, form)))
    if done is None:
        return _page(request, form, project, status=422)
    messages.success(request, "La fiche est enregistrée.")
    return redirect("projects:detail", request.pole.slug, pk)


def _said(project: Project) -> dict[str, Any]:
    process = project.process
    return {
        "name": process.name,
        "kind": project.kind,
        "summary": project.summary,
        "description": project.description,
        "visibility": project.visibility,
        "since": process.since,
        "lead": process.lead_id or "",
    }


@require_POST
@in_pole
def from_need(request: PoleRequest, pk: int) -> HttpResponse:
    """Make a need into a working group, in one click."""
    policies.check_user_can_open_project(request.viewer, request.pole)
    need = visible_intent(viewer=request.viewer, pole=request.pole, pk=pk)
    if need is None or need.kind != "need":
        raise Http404("Ce besoin n’existe pas, ou n’est pas visible pour vous.")
    group, is_new = operations.open_group_for_need(need=need, on=today(), at=now(), by=account_of(request))
    if is_new:
        messages.success(request, "Le groupe de travail est ouvert. Trouvez une première date.")
    else:
        messages.info(request, "Un groupe de travail s’occupe déjà de ce besoin. Le voici.")
    return redirect("projects:detail", request.pole.slug, group.pk)


@require_safe
@in_pole
def needs(request: PoleRequest) -> JsonResponse:
    """The needs that the viewer sees, by the words of their title, for the field that links one."""
    text = request.GET.get("q", "").strip()[:80]
    found = []
    if len(text) >= SHORTEST and request.viewer.belongs(request.pole.pk):
        rows = intents_list(
            viewer=request.viewer, pole=request.pole, filters=IntentFilters(kind="need", text=text)
        )
        found = rows[:MOST]
    results = [
        {"value": str(one.pk), "label": one.title, "detail": one.author.name if one.author else ""}
        for one in found
    ]
    return JsonResponse({"results": results}, headers={"Cache-Control": "private, max-age=30"})
