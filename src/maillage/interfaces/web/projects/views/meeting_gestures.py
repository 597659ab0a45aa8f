"""What one does on a meeting's page: dates, agenda, people, invitations, presence, states."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.projects import operations, policies
from maillage.domain.projects.models import AgendaItem, Meeting
from maillage.domain.projects.queries import agenda_item_of, date_of, invitee_of
from maillage.domain.projects.seats import seats_of_members, seats_of_project
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number, now, today
from maillage.interfaces.web.projects.forms import AgendaForm, DateForm, GuestForm
from maillage.interfaces.web.projects.links import own_address, site_host
from maillage.interfaces.web.projects.reading import (
    kept,
    meeting_or_404,
    moment_typed,
    people,
    person_typed,
    told,
    whole,
)
from maillage.interfaces.web.projects.views.meetings import show


@require_POST
@in_pole
def act(request: PoleRequest, pk: int) -> HttpResponse:
    """Do the gesture that was asked; the meeting comes back."""
    meeting = meeting_or_404(request, pk)
    policies.check_user_can_prepare_meeting(request.viewer, meeting)
    act_of = _GESTURES.get(request.POST.get("geste", ""))
    if act_of is None:
        raise SuspiciousOperation("Geste inconnu.")
    return act_of(request, meeting)


def _back(request: PoleRequest, meeting: Meeting, anchor: str = "") -> HttpResponse:
    answer = redirect("projects:meeting", request.pole.slug, meeting.pk)
    answer["Location"] += f"#{anchor}" if anchor else ""
    return answer


def _number(request: PoleRequest) -> int:
    number = line_number(request.POST.get("numero", ""))
    if number is None:
        raise Http404("Cette ligne n’existe pas.")
    return number


# ---------- dates ----------


def _propose(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    policies.check_user_can_change_meeting(request.viewer, meeting)
    form = DateForm(request.POST, auto_id="date_%s")

    def write() -> object:
        moment = moment_typed(form, required=True)
        if moment is None:
            raise UserMistake("Donnez la date et l’heure.", field="day")
        return operations.propose_date(meeting=meeting, starts_at=moment, at=now())

    if kept(form, write) is None:
        return show(request, meeting, status=422, date=form)
    return _back(request, meeting, "dates")


def _withdraw_date(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    date = date_of(meeting=meeting, pk=_number(request))
    if date is None:
        raise Http404("Cette date n’est pas proposée.")
    told(request, lambda: operations.withdraw_date(date=date), "La date est retirée.")
    return _back(request, meeting, "dates")


def _settle(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    policies.check_user_can_move_meeting(request.viewer, meeting, verb="settle")
    date = date_of(meeting=meeting, pk=_number(request))
    if date is None:
        raise Http404("Cette date n’est pas proposée.")
    if told(request, lambda: operations.settle_date(date=date, at=now()), "La date est retenue."):
        _tell_everybody(request, meeting)
    return _back(request, meeting)


# ---------- agenda ----------


def _add_item(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    policies.check_user_can_change_meeting(request.viewer, meeting)
    form = AgendaForm(request.POST, auto_id="sujet_%s")

    def write() -> object:
        return operations.add_agenda_item(
            meeting=meeting, title=form.cleaned_data["title"], minutes_long=whole(form, "agenda_minutes")
        )

    if kept(form, write) is None:
        return show(request, meeting, status=422, agenda=form)
    answer = redirect("projects:meeting", request.pole.slug, meeting.pk)
    answer["Location"] += "?ajout=sujet#ordre-du-jour"
    return answer


def _item(request: PoleRequest, meeting: Meeting) -> AgendaItem:
    policies.check_user_can_change_meeting(request.viewer, meeting)
    item = agenda_item_of(meeting=meeting, pk=_number(request))
    if item is None:
        raise Http404("Ce sujet n’est pas à l’ordre du jour.")
    return item


def _remove_item(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    operations.remove_agenda_item(item=_item(request, meeting))
    return _back(request, meeting, "ordre-du-jour")


def _item_before(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    operations.shift_agenda_item(item=_item(request, meeting), earlier=True)
    return _back(request, meeting, "ordre-du-jour")


def _item_after(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    operations.shift_agenda_item(item=_item(request, meeting), earlier=False)
    return _back(request, meeting, "ordre-du-jour")


# ---------- people ----------


def _add_guest(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    form = GuestForm(request.POST, people=people(request, meeting.project), auto_id="invite_%s")

    def write() -> object:
        return operations.add_invitee(
            meeting=meeting,
            person=person_typed(request, form, "person"),
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
        )

    if kept(form, write) is None:
        return show(request, meeting, status=422, guest=form)
    return _back(request, meeting, "personnes")


def _add_all(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    """Ask the structures of the project, or every member of the pole."""
    seats = (
        seats_of_project(project=meeting.project, on=today())
        if meeting.project is not None
        else seats_of_members(pole=meeting.pole, on=today())
    )
    count = operations.add_seats(meeting=meeting, seats=seats)
    word = plural(count, "personne ajoutée", "personnes ajoutées")
    messages.success(request, f"{count}{NBSP}{word}." if count else "Tout le monde est déjà dans la liste.")
    return _back(request, meeting, "personnes")


def _remove_guest(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    invitee = invitee_of(meeting=meeting, pk=_number(request))
    if invitee is None:
        raise Http404("Cette personne n’est pas dans la liste.")
    told(
        request,
        lambda: operations.remove_invitee(invitee=invitee),
        f"{invitee.name} n’est plus dans la liste.",
    )
    return _back(request, meeting, "personnes")


def _invite(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    _tell_everybody(request, meeting, asked=True)
    return _back(request, meeting, "personnes")


def _tell_everybody(request: PoleRequest, meeting: Meeting, *, asked: bool = False) -> None:
    """Write to those who are asked; the letters leave by themselves."""
    try:
        count = operations.send_invitations(meeting=meeting, at=now(), address=own_address, host=site_host())
    except UserMistake as mistake:
        if asked:
            messages.error(request, mistake.message)
        return
    word = plural(count, "courriel part", "courriels partent")
    if count:
        messages.success(request, f"{count}{NBSP}{word}.")
    elif asked:
        messages.info(request, "Tout le monde a déjà reçu cette invitation. Rien ne part deux fois.")


def _mark(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    marks: dict[int, str] = {}
    for name, value in request.POST.items():
        number = line_number(name.removeprefix("presence-")) if name.startswith("presence-") else None
        if number is not None and value:
            marks[number] = str(value)
    told(
        request,
        lambda: operations.note_attendance(meeting=meeting, marks=marks, on=today()),
        "Les présences sont notées.",
    )
    return _back(request, meeting, "personnes")


# ---------- states ----------


def _hold(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    policies.check_user_can_move_meeting(request.viewer, meeting, verb="hold")
    told(request, lambda: operations.hold_meeting(meeting=meeting, at=now()), "La réunion a eu lieu.")
    return _back(request, meeting)


def _cancel(request: PoleRequest, meeting: Meeting) -> HttpResponse:
    policies.check_user_can_move_meeting(request.viewer, meeting, verb="cancel")
    if told(request, lambda: operations.cancel_meeting(meeting=meeting), "La réunion est annulée."):
        _tell_everybody(request, meeting)
    return _back(request, meeting)


_GESTURES: dict[str, Callable[[PoleRequest, Meeting], HttpResponse]] = {
    "date": _propose,
    "sans-date": _withdraw_date,
    "retenir": _settle,
    "sujet": _add_item,
    "sans-sujet": _remove_item,
    "sujet-avant": _item_before,
    "sujet-apres": _item_after,
    "personne": _add_guest,
    "tous": _add_all,
    "sans-personne": _remove_guest,
    "inviter": _invite,
    "presences": _mark,
    "tenue": _hold,
    "annuler": _cancel,
}
