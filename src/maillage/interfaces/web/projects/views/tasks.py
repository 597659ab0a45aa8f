"""Tasks: added in one line, moved, changed; those of one person across projects."""

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import Refused
from maillage.domain.projects import operations, policies
from maillage.domain.projects.drafts import TaskDraft
from maillage.domain.projects.models import ProjectTask
from maillage.domain.projects.queries import all_tasks, my_tasks, task_row
from maillage.domain.projects.states import TASK_TRANSITIONS
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.projects.forms import TaskForm
from maillage.interfaces.web.projects.reading import (
    kept,
    people,
    person_typed,
    project_or_404,
    task_or_404,
    told,
)
from maillage.interfaces.web.projects.views.sheet import show

SAID = {
    "finish": "C’est fait, bravo.",
    "drop": "La tâche est abandonnée, avec sa raison.",
    "reopen": "La tâche est de nouveau à faire.",
}


@require_safe
@in_pole
def mine(request: PoleRequest) -> HttpResponse:
    """Show what I have to do in every project, late first; or what everybody has."""
    if not request.viewer.belongs(request.pole.pk):
        raise Refused("Les tâches sont réservées aux membres du pôle.")
    everybody = request.GET.get("qui") == "tous"
    rows = (
        all_tasks(viewer=request.viewer, pole=request.pole)
        if everybody
        else my_tasks(viewer=request.viewer, pole=request.pole)
    )
    context = {
        "everybody": everybody,
        "late": [one for one in rows if one.is_late],
        "rest": [one for one in rows if not one.is_late],
        "back": request.get_full_path(),
    }
    return render(request, "projects/tasks.html", context)


@require_POST
@in_pole
def add(request: PoleRequest, pk: int) -> HttpResponse:
    """Add a task in one line; the field has the focus again."""
    project = project_or_404(request, pk)
    policies.check_user_can_work_on_project(request.viewer, project)
    form = TaskForm(request.POST, people=people(request, project), auto_id="tache_%s")
    made = kept(
        form,
        lambda: operations.add_task(
            data=_draft(request, form), project=project, at=now(), by=account_of(request)
        ),
    )
    if made is None:
        return show(request, project, status=422, task=form)
    messages.success(request, f"« {made.title} » est ajoutée.")
    return redirect(f"{reverse('projects:detail', args=[request.pole.slug, pk])}?ajout=tache#taches")


def _draft(request: PoleRequest, form: TaskForm) -> TaskDraft:
    return TaskDraft(
        title=form.cleaned_data["title"],
        owner=person_typed(request, form, "owner"),
        due_on=form.cleaned_data["due_on"],
    )


@require_POST
@in_pole
def move(request: PoleRequest, pk: int) -> HttpResponse:
    """Finish, drop, take up again, or put before or after."""
    task = task_or_404(request, pk)
    verb = request.POST.get("geste", "")
    if verb in {"avant", "apres"}:
        policies.check_user_can_change_task(request.viewer, task)
        told(request, lambda: operations.shift_task(task=task, earlier=verb == "avant"), "")
        return redirect(_return(request, task))
    if verb not in TASK_TRANSITIONS:
        policies.check_user_can_change_task(request.viewer, task)
        raise SuspiciousOperation("Geste inconnu.")
    policies.check_user_can_move_task(request.viewer, task, verb=verb)
    reason = request.POST.get("raison", "")
    told(
        request,
        lambda: operations.move_task(task=task, verb=verb, at=now(), reason=reason),
        SAID[verb],
    )
    return redirect(_return(request, task))


def _return(request: PoleRequest, task: ProjectTask) -> str:
    """Go back where one was, when it is one of our pages."""
    asked = request.POST.get("retour", "")
    home = reverse("projects:list", args=[request.pole.slug])
    if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(home):
        return asked
    if task.project_id is not None:
        return reverse("projects:detail", args=[request.pole.slug, task.project_id]) + "#taches"
    return reverse("projects:tasks", args=[request.pole.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change what a task says, whose it is and when it is due."""
    task = task_or_404(request, pk)
    policies.check_user_can_change_task(request.viewer, task)
    choices = people(request, task.project)
    status = 200
    if request.method == "POST":
        form = TaskForm(request.POST, people=choices)
        done = kept(form, lambda: operations.update_task(task=task, data=_draft(request, form), on=today()))
        if done is not None:
            messages.success(request, "La tâche est enregistrée.")
            return redirect(_return(request, task))
        status = 422
    else:
        said = {"title": task.title, "owner": task.owner_id or "", "due_on": task.due_on}
        form = TaskForm(initial=said, people=choices)
    context = {"form": form, "task": task_row(viewer=request.viewer, task=task)}
    return render(request, "projects/task.html", context, status=status)
