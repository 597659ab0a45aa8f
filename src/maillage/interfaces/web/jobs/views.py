"""Follow a long task, leave it, find it again, stop it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import Refused
from maillage.interfaces.jobs.models import LongTask
from maillage.interfaces.jobs.operations import OPEN_STATES, ask_stop, task_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole

HALF, WHOLE = 50, 100


def _task(request: PoleRequest, pk: int) -> LongTask:
    task = task_of(pole=request.pole, pk=pk)
    if task is None:
        raise Http404("Ce travail n’existe pas, ou a été oublié.")
    account = account_of(request)
    is_owner = account is not None and task.owner_id == account.pk
    if not is_owner and not request.viewer.runs(request.pole.pk):
        raise Refused("Ce travail est celui de quelqu’un d’autre.")
    return task


def _context(task: LongTask) -> dict[str, object]:
    percent = task.done * WHOLE // task.total if task.total else 0
    announce = "Le travail a commencé." if percent < HALF else "La moitié est faite."
    return {
        "task": task,
        "percent": percent,
        "announce": announce,
        "is_over": task.state not in OPEN_STATES,
    }


@require_safe
@never_cache
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show one task."""
    return render(request, "jobs/detail.html", _context(_task(request, pk)))


@require_safe
@never_cache
@in_pole
def progress(request: PoleRequest, pk: int) -> HttpResponse:
    """Give the moving part of the page."""
    return render(request, "jobs/progress.html", _context(_task(request, pk)))


@require_POST
@in_pole
def stop(request: PoleRequest, pk: int) -> HttpResponse:
    """Ask the task to stop."""
    task = _task(request, pk)
    ask_stop(task=task)
    return redirect("jobs:detail", request.pole.slug, pk)
