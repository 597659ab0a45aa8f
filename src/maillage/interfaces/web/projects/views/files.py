"""Files of a project: given, read, taken out of the list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from maillage.domain.projects import operations, policies
from maillage.domain.projects.models import Project, ProjectFile
from maillage.domain.projects.queries import file_of
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now
from maillage.interfaces.web.kept_files import as_kept_file
from maillage.interfaces.web.projects.forms import FileForm
from maillage.interfaces.web.projects.reading import kept, project_or_404
from maillage.interfaces.web.projects.views.sheet import show


def _back(request: PoleRequest, pk: int) -> HttpResponse:
    answer = redirect("projects:detail", request.pole.slug, pk)
    answer["Location"] += "#fichiers"
    return answer


@require_POST
@in_pole
def add(request: PoleRequest, pk: int) -> HttpResponse:
    """Keep a file that was given."""
    project = project_or_404(request, pk)
    policies.check_user_can_work_on_project(request.viewer, project)
    form = FileForm(request.POST, request.FILES, auto_id="fichier_%s")

    def write() -> object:
        given = form.cleaned_data["file"]
        return operations.add_file(
            project=project,
            name=given.name,
            content=given.file,
            words=form.cleaned_data["words"],
            at=now(),
            by=account_of(request),
        )

    if kept(form, write) is None:
        return show(request, project, status=422, file=form)
    messages.success(request, "Le fichier est gardé.")
    return _back(request, pk)


def _file(project: Project, number: int) -> ProjectFile:
    found = file_of(project=project, pk=number)
    if found is None:
        raise Http404("Ce fichier n’existe pas, ou n’existe plus.")
    return found


@require_safe
@in_pole
def download(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Hand over a file to who reads the project."""
    project = project_or_404(request, pk)
    policies.check_user_can_read_project(request.viewer, project)
    return as_kept_file(_file(project, number).stored)


@require_POST
@in_pole
def remove(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Take a file out of the list."""
    project = project_or_404(request, pk)
    policies.check_user_can_work_on_project(request.viewer, project)
    operations.remove_file(file=_file(project, number))
    messages.success(request, "Le fichier n’est plus dans la liste.")
    return _back(request, pk)
