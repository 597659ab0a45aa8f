"""Meetings: the list, calling one, its page, its sign-in sheet, its line for a calendar."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import Refused
from maillage.domain.projects import operations, policies
from maillage.domain.projects.calendar_file import calendar_of
from maillage.domain.projects.drafts import MeetingDraft
from maillage.domain.projects.enums import Attendance, MeetingKind, MeetingState
from maillage.domain.projects.models import Meeting, Project
from maillage.domain.projects.queries import coming_meetings, meeting_sheet, past_meetings, was_sent
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now
from maillage.interfaces.web.projects.forms import AgendaForm, DateForm, GuestForm, MeetingForm
from maillage.interfaces.web.projects.links import site_host
from maillage.interfaces.web.projects.reading import (
    here,
    kept,
    meeting_or_404,
    moment_typed,
    people,
    project_or_404,
    whole,
)

SIGNS = {
    MeetingState.POLLING: "proposed",
    MeetingState.PLANNED: "promised",
    MeetingState.HELD: "done",
    MeetingState.CANCELLED: "aside",
}
MARKS = [one for one in Attendance if one != Attendance.UNKNOWN]


@require_safe
@in_pole
def agenda(request: PoleRequest) -> HttpResponse:
    """Show the meetings to come and those that are over."""
    if not request.viewer.belongs(request.pole.pk):
        raise Refused("Les réunions sont réservées aux membres du pôle.")
    context = {
        "coming": coming_meetings(viewer=request.viewer, pole=request.pole, at=now()),
        "past": past_meetings(viewer=request.viewer, pole=request.pole, at=now()),
        "may_call": policies.user_can_hold_pole_meeting(request.viewer, request.pole),
    }
    return render(request, "projects/meetings.html", context)


def _draft(request: PoleRequest, form: MeetingForm, project: Project | None, *, dated: bool) -> MeetingDraft:
    said = form.cleaned_data
    long = whole(form, "minutes_long")
    return MeetingDraft(
        pole=request.pole,
        project=project,
        title=said["title"],
        kind=said["kind"],
        starts_at=moment_typed(form, required=dated),
        minutes_long=120 if long is None else long,
        place=said["place"],
        visio_url=said["visio_url"],
        words=said["words"],
    )


def _form_page(
    request: PoleRequest, form: MeetingForm, *, project: Project | None, meeting: Meeting | None, status: int
) -> HttpResponse:
    context = {
        "form": form,
        "project": project,
        "meeting": meeting,
        "is_dated": meeting is None or meeting.state == MeetingState.PLANNED,
        "no_bar": True,
    }
    return render(request, "projects/edit_meeting.html", context, status=status)


def _called(request: PoleRequest, project: Project | None, kind: str) -> HttpResponse:
    if request.method != "POST":
        first = {"kind": kind, "minutes_long": 120}
        return _form_page(request, MeetingForm(initial=first), project=project, meeting=None, status=200)
    form = MeetingForm(request.POST)
    made = kept(
        form,
        lambda: operations.call_meeting(
            data=_draft(request, form, project, dated=False), at=now(), by=account_of(request)
        ),
    )
    if made is None:
        return _form_page(request, form, project=project, meeting=None, status=422)
    next_step = "Proposez des dates" if made.state == MeetingState.POLLING else "Écrivez l’ordre du jour"
    messages.success(request, f"La réunion est créée. {next_step}, puis invitez.")
    return redirect("projects:meeting", request.pole.slug, made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest, pk: int) -> HttpResponse:
    """Call a meeting of a project."""
    project = project_or_404(request, pk)
    policies.check_user_can_work_on_project(request.viewer, project)
    return _called(request, project, MeetingKind.WORK)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new_for_pole(request: PoleRequest) -> HttpResponse:
    """Call a meeting of the whole pole, an assembly for instance."""
    policies.check_user_can_hold_pole_meeting(request.viewer, request.pole)
    return _called(request, None, MeetingKind.ASSEMBLY)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change a meeting that is not over."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_change_meeting(request.viewer, meeting)
    dated = meeting.state == MeetingState.PLANNED
    if request.method != "POST":
        form = MeetingForm(initial=_said(meeting))
        return _form_page(request, form, project=meeting.project, meeting=meeting, status=200)
    form = MeetingForm(request.POST)
    done = kept(
        form,
        lambda: operations.update_meeting(
            meeting=meeting, data=_draft(request, form, meeting.project, dated=dated)
        ),
    )
    if done is None:
        return _form_page(request, form, project=meeting.project, meeting=meeting, status=422)
    again = done.sequence != meeting.sequence and was_sent(done)
    messages.success(
        request,
        "La réunion est enregistrée. Invitez de nouveau : la date ou le lieu a changé."
        if again
        else "La réunion est enregistrée.",
    )
    return redirect("projects:meeting", request.pole.slug, pk)


def _said(meeting: Meeting) -> dict[str, Any]:
    names = ("title", "kind", "minutes_long", "place", "visio_url", "words")
    said: dict[str, Any] = {name: getattr(meeting, name) for name in names}
    if meeting.starts_at is not None:
        moment = here(meeting.starts_at)
        said |= {"day": moment.date(), "hour": moment.time()}
    return said


def show(request: PoleRequest, meeting: Meeting, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Show a meeting; a form that is to be mended comes back with its words."""
    found = meeting_sheet(viewer=request.viewer, meeting=meeting)
    viewer, started = request.viewer, found.starts_at is not None and found.starts_at <= now()
    may_prepare = policies.user_can_prepare_meeting(viewer, meeting)
    empty: dict[str, Any] = {
        "date": DateForm(auto_id="date_%s"),
        "agenda": AgendaForm(auto_id="sujet_%s"),
    }
    if may_prepare:
        empty["guest"] = GuestForm(people=people(request, meeting.project), auto_id="invite_%s")
    context = {
        "found": found,
        "sign": SIGNS[MeetingState(found.state)],
        "forms": empty | forms,
        "opened": set(forms),
        "may_prepare": may_prepare,
        "prepare_refusal": policies.reason_of(
            lambda: policies.check_user_can_prepare_meeting(viewer, meeting)
        ),
        "may_change": policies.user_can_change_meeting(viewer, meeting),
        "may_write": policies.user_can_write_minutes(viewer, meeting),
        "has_started": started,
        "is_polling": found.state == MeetingState.POLLING,
        "is_planned": found.state == MeetingState.PLANNED,
        "is_over": found.state in {MeetingState.HELD, MeetingState.CANCELLED},
        "may_mark": may_prepare and _is_the_day(meeting) and found.published_at is None,
        "to_invite": sum(1 for one in found.invitees if one.email and one.invited_at is None),
        "marks": [(one.value, str(one.label)) for one in MARKS],
        "is_assembly": found.kind == MeetingKind.ASSEMBLY,
    }
    return render(request, "projects/meeting.html", context, status=status)


def _is_the_day(meeting: Meeting) -> bool:
    held = meeting.state in {MeetingState.PLANNED, MeetingState.HELD}
    return held and meeting.starts_at is not None and here(meeting.starts_at).date() <= here(now()).date()


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a meeting."""
    return show(request, meeting_or_404(request, pk))


@require_safe
@in_pole
def sign_in_sheet(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the sheet that people sign as they come in, to be printed."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_prepare_meeting(request.viewer, meeting)
    context = {"found": meeting_sheet(viewer=request.viewer, meeting=meeting), "blank": range(6)}
    return render(request, "projects/sign_in_sheet.html", context)


@require_safe
@in_pole
def calendar_file(request: PoleRequest, pk: int) -> HttpResponse:
    """Give the meeting as a line for a calendar."""
    meeting = meeting_or_404(request, pk)
    return calendar_answer(meeting)


def calendar_answer(meeting: Meeting) -> HttpResponse:
    """Return the file of a meeting that has a date."""
    if meeting.starts_at is None:
        raise Http404("Cette réunion n’a pas encore de date.")
    return HttpResponse(
        calendar_of(meeting=meeting, at=now(), host=site_host()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reunion.ics"', "Cache-Control": "no-store"},
    )
