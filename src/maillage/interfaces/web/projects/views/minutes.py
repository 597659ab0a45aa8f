"""Minutes: written in the page, saved as one types, published once; their actions become tasks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.projects import operations, policies
from maillage.domain.projects.drafts import TaskDraft
from maillage.domain.projects.models import Meeting
from maillage.domain.projects.operations import SomebodyElseWrote
from maillage.domain.projects.queries import meeting_sheet
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now
from maillage.interfaces.web.projects.forms import AddendumForm, TaskForm
from maillage.interfaces.web.projects.links import minutes_address
from maillage.interfaces.web.projects.reading import here, kept, meeting_or_404, people, person_typed


def _show(request: PoleRequest, meeting: Meeting, *, status: int = 200, **changed: Any) -> HttpResponse:
    found = meeting_sheet(viewer=request.viewer, meeting=meeting)
    may_write = policies.user_can_write_minutes(request.viewer, meeting)
    text = changed.pop("text", None)
    context = {
        "found": found,
        "meeting": meeting,
        "may_write": may_write,
        "may_add": policies.user_can_add_to_minutes(request.viewer, meeting),
        "text": _first_words(found) if text is None else text,
        "action": changed.get("action")
        or TaskForm(people=people(request, meeting.project), auto_id="action_%s")
        if may_write
        else None,
        "addendum": changed.get("addendum") or AddendumForm(auto_id="complement_%s"),
        "opened": set(changed),
        "mistake": changed.get("mistake", ""),
        "adding": request.GET.get("ajout") == "action",
        "has_started": found.starts_at is not None and found.starts_at <= now(),
        "no_bar": True,
    }
    return render(request, "projects/minutes.html", context, status=status)


def _first_words(found: Any) -> str:
    """The draft; an empty one starts from the agenda."""
    if found.minutes or not found.agenda:
        return str(found.minutes)
    return "\n\n\n".join(f"{at}. {item.title}" for at, item in enumerate(found.agenda, start=1)) + "\n"


@require_safe
@in_pole
def minutes(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the minutes: the draft to who writes it, the published text to who reads the meeting."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_read_minutes(request.viewer, meeting)
    return _show(request, meeting)


@require_POST
@in_pole
def draft(request: PoleRequest, pk: int) -> HttpResponse:
    """Keep the draft, as one types (a fragment) or by the button (the page)."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_write_minutes(request.viewer, meeting)
    is_typing = request.headers.get("HX-Request") == "true"
    text = request.POST.get("minutes", "")
    version = line_number(request.POST.get("version", ""))
    said: dict[str, Any]
    try:
        done = operations.save_draft(meeting=meeting, text=text, version=-1 if version is None else version)
        said = {"version": done.minutes_version, "at": here(now()), "mistake": ""}
    except SomebodyElseWrote as other:
        said = {"version": version or 0, "at": None, "mistake": other.message}
    except UserMistake as mistake:
        said = {"version": version or 0, "at": None, "mistake": mistake.message}
    if is_typing:
        return render(request, "projects/_draft.html", said)
    if said["mistake"]:
        return _show(request, meeting, status=422, text=text, mistake=said["mistake"])
    messages.success(request, "Le brouillon est enregistré.")
    return redirect("projects:minutes", request.pole.slug, pk)


@require_POST
@in_pole
def publish(request: PoleRequest, pk: int) -> HttpResponse:
    """Save what is typed, freeze it, and send it."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_write_minutes(request.viewer, meeting)
    text = request.POST.get("minutes", "")
    version = line_number(request.POST.get("version", ""))
    try:
        saved = operations.save_draft(meeting=meeting, text=text, version=-1 if version is None else version)
        done = operations.publish_minutes(meeting=saved, at=now(), by=account_of(request))
    except UserMistake as mistake:
        return _show(request, meeting, status=422, text=text, mistake=mistake.message)
    count = operations.send_minutes(meeting=done, at=now(), address=minutes_address(done))
    word = plural(count, "personne le reçoit", "personnes le reçoivent")
    messages.success(
        request,
        f"Le compte rendu est publié. {count}{NBSP}{word} par courriel."
        if count
        else "Le compte rendu est publié.",
    )
    return redirect("projects:minutes", request.pole.slug, pk)


@require_POST
@in_pole
def add_action(request: PoleRequest, pk: int) -> HttpResponse:
    """An action of the minutes becomes a task: what, who, by when."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_write_minutes(request.viewer, meeting)
    form = TaskForm(request.POST, people=people(request, meeting.project), auto_id="action_%s")

    def write() -> object:
        data = TaskDraft(
            title=form.cleaned_data["title"],
            owner=person_typed(request, form, "owner"),
            due_on=form.cleaned_data["due_on"],
        )
        return operations.add_task(data=data, meeting=meeting, at=now(), by=account_of(request))

    if kept(form, write) is None:
        return _show(request, meeting, status=422, action=form)
    messages.success(request, "L’action est notée : c’est une tâche.")
    return redirect(f"{reverse('projects:minutes', args=[request.pole.slug, pk])}?ajout=action#actions")


@require_POST
@in_pole
def add(request: PoleRequest, pk: int) -> HttpResponse:
    """Add to published minutes."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_add_to_minutes(request.viewer, meeting)
    form = AddendumForm(request.POST, auto_id="complement_%s")
    done = kept(
        form,
        lambda: operations.add_to_minutes(
            meeting=meeting, text=form.cleaned_data["addendum"], at=now(), by=account_of(request)
        ),
    )
    if done is None:
        return _show(request, meeting, status=422, addendum=form)
    messages.success(request, "Le complément est ajouté au compte rendu.")
    return redirect("projects:minutes", request.pole.slug, pk)
