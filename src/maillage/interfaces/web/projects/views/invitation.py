"""The page of somebody who is asked, without an account: which date suits, whether they come."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.domain.projects import operations
from maillage.domain.projects.enums import Coming, MeetingState, PollChoice
from maillage.domain.projects.models import Invitee
from maillage.domain.projects.queries import agenda_of, choices_of, dates_of
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number, now
from maillage.interfaces.web.projects.links import invitee_named
from maillage.interfaces.web.projects.reading import told
from maillage.interfaces.web.projects.views.meetings import calendar_answer

ANSWERS = {"oui": Coming.YES.value, "non": Coming.NO.value}


def _invitee(request: PoleRequest, token: str) -> Invitee:
    found = invitee_named(pole=request.pole, token=token)
    if found is None:
        raise Http404("Ce lien n’est plus valable. Demandez-en un autre à la personne qui vous invite.")
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def invitation(request: PoleRequest, token: str) -> HttpResponse:
    """Show what is asked of this person, and keep their answer."""
    invitee = _invitee(request, token)
    if request.method == "POST":
        if _answered(request, invitee):
            return redirect("projects:invitation", request.pole.slug, token)
        invitee = _invitee(request, token)
    meeting = invitee.meeting
    said = choices_of(invitee)
    context = {
        "invitee": invitee,
        "meeting": meeting,
        "token": token,
        "agenda": agenda_of(meeting),
        "is_polling": meeting.state == MeetingState.POLLING,
        "is_planned": meeting.state == MeetingState.PLANNED,
        "is_cancelled": meeting.state == MeetingState.CANCELLED,
        "is_over": meeting.state == MeetingState.HELD,
        "dates": [(one, said.get(one.pk, "")) for one in dates_of(meeting)],
        "choices": PollChoice.choices,
        "has_answered": bool(said),
        "leaning": request.GET.get("reponse", ""),
    }
    return render(request, "projects/invitation.html", context)


def _answered(request: PoleRequest, invitee: Invitee) -> bool:
    if invitee.meeting.state == MeetingState.POLLING:
        choices: dict[int, str] = {}
        for name, value in request.POST.items():
            number = line_number(name.removeprefix("date-")) if name.startswith("date-") else None
            if number is not None:
                choices[number] = str(value)
        return told(
            request,
            lambda: operations.answer_poll(invitee=invitee, choices=choices, at=now()),
            "Merci, c’est noté. Vous pouvez changer d’avis avec le même lien.",
        )
    coming = ANSWERS.get(request.POST.get("reponse", ""), "")
    return told(
        request,
        lambda: operations.answer_invitation(invitee=invitee, coming=coming, at=now()),
        "Merci, c’est noté. À bientôt." if coming == Coming.YES else "Merci de l’avoir dit.",
    )


@never_cache
@require_safe
@in_pole
def calendar_file(request: PoleRequest, token: str) -> HttpResponse:
    """Give the meeting as a line for a calendar."""
    return calendar_answer(_invitee(request, token).meeting)
