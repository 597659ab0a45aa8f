"""A phone in the room: no account, a signed address; cards and votes, with or without script."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Seat, Workshop
from maillage.domain.gathering.operations import room
from maillage.domain.gathering.queries.screen import screen_since
from maillage.domain.gathering.queries.workshops import (
    card_of,
    cards_written_by,
    findings_of,
    seat_keyed,
    voted_by,
    workshop_keyed,
)
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number, now, today
from maillage.interfaces.web.gathering.addresses import workshop_key
from maillage.interfaces.web.gathering.forms import CardForm, SeatForm
from maillage.interfaces.web.gathering.live import since_of, state_answer, stream_answer

A_DAY_S = 86_400


def _room(request: PoleRequest, token: str) -> Workshop:
    key = workshop_key(token)
    found = workshop_keyed(pole=request.pole, key=key) if key else None
    if found is None:
        raise Http404(
            "Cette adresse d’atelier n’est pas la bonne. Visez de nouveau le code affiché à l’écran."
        )
    return found


def _cookie(workshop: Workshop) -> str:
    return f"atelier-{workshop.pk}"


def _seat(request: HttpRequest, workshop: Workshop) -> Seat | None:
    key = request.get_signed_cookie(_cookie(workshop), default="", salt="gathering.seat")
    return seat_keyed(workshop=workshop, key=str(key or ""))


def _seated(request: PoleRequest, workshop: Workshop, answer: HttpResponse, seat: Seat) -> HttpResponse:
    """Remember the phone for a day."""
    answer.set_signed_cookie(
        _cookie(workshop),
        seat.key,
        salt="gathering.seat",
        max_age=A_DAY_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


@require_safe
@in_pole
def phone(request: PoleRequest, atelier: str) -> HttpResponse:
    """Show the room on a phone; the first visit takes a seat."""
    workshop = _room(request, atelier)
    seat = _seat(request, workshop)
    if seat is None and workshop.state != WorkshopState.CLOSED and request.method == "GET":
        try:
            seat = room.take_seat(workshop=workshop, at=now())
        except UserMistake as mistake:
            messages.error(request, mistake.message)
    context = _context(request, workshop, seat, atelier)
    context |= {
        "card_form": CardForm(initial={"kind": request.GET.get("sens", "need")}),
        "seat_form": _seat_form(seat),
    }
    answer = render(request, "gathering/phone.html", context)
    return _seated(request, workshop, answer, seat) if seat is not None else answer


def _seat_form(seat: Seat | None) -> SeatForm:
    if seat is None:
        return SeatForm()
    names = ("table_number", "organisation", "name", "email")
    initial = {name: getattr(seat, name) for name in names}
    return SeatForm(initial=initial | {"consents": seat.consented_at is not None})


def _context(request: PoleRequest, workshop: Workshop, seat: Seat | None, token: str) -> dict[str, Any]:
    slug = request.pole.slug
    voted = voted_by(seat) if seat is not None else []
    state = screen_since(workshop_id=workshop.pk)
    is_closed = workshop.state == WorkshopState.CLOSED
    return {
        "workshop": workshop,
        "seat": seat,
        "token": token,
        "screen": state,
        "cards": state["cards"],
        "mine": [card.pk for card in cards_written_by(seat)] if seat is not None else [],
        "voted": voted,
        "left": max(workshop.votes_each - len(voted), 0),
        "findings": findings_of(workshop) if is_closed else [],
        "is_writing": workshop.state == WorkshopState.GATHERING,
        "is_voting": workshop.state == WorkshopState.VOTING,
        "is_closed": is_closed,
        "stream_url": reverse("gathering:phone_stream", args=[slug, token]),
        "state_url": reverse("gathering:phone_state", args=[slug, token]),
        "no_bar": True,
        "no_capture": True,
    }


def _needed(request: PoleRequest, workshop: Workshop) -> Seat:
    seat = _seat(request, workshop)
    return seat if seat is not None else room.take_seat(workshop=workshop, at=now())


@require_POST
@in_pole
def card(request: PoleRequest, atelier: str) -> HttpResponse:
    """Write a card."""
    workshop = _room(request, atelier)
    form = CardForm(request.POST)
    seat = None
    try:
        seat = _needed(request, workshop)
        if form.is_valid():
            room.write_card(
                workshop=workshop,
                seat=seat,
                kind=form.cleaned_data["kind"],
                title=form.cleaned_data["title"],
                people_concerned=form.cleaned_data["people"],
                on=today(),
                at=now(),
            )
            messages.success(request, "Votre carte est à l’écran.")
            answer: HttpResponse = redirect("gathering:phone", request.pole.slug, atelier)
            answer["Location"] += f"?sens={form.cleaned_data['kind']}"
            return _seated(request, workshop, answer, seat)
    except UserMistake as mistake:
        form.is_valid()
        form.tell({mistake.field or "title": mistake.message})
    context = _context(request, workshop, seat, atelier) | {"card_form": form, "seat_form": _seat_form(seat)}
    answer = render(request, "gathering/phone.html", context, status=422)
    return _seated(request, workshop, answer, seat) if seat is not None else answer


@require_POST
@in_pole
def introduce(request: PoleRequest, atelier: str) -> HttpResponse:
    """Say at which table one is and, if one likes, who one is."""
    workshop = _room(request, atelier)
    form = SeatForm(request.POST)
    seat = None
    try:
        seat = _needed(request, workshop)
        if form.is_valid():
            room.introduce_seat(seat=seat, at=now(), **form.cleaned_data)
            messages.success(request, "C’est noté.")
            return _seated(request, workshop, redirect("gathering:phone", request.pole.slug, atelier), seat)
    except UserMistakes as several:
        form.tell(several.by_field)
    except UserMistake as mistake:
        form.is_valid()
        form.tell({"": mistake.message})
    context = _context(request, workshop, seat, atelier)
    context |= {"card_form": CardForm(), "seat_form": form, "is_seat_open": True}
    answer = render(request, "gathering/phone.html", context, status=422)
    return _seated(request, workshop, answer, seat) if seat is not None else answer


@require_POST
@in_pole
def vote(request: PoleRequest, atelier: str) -> HttpResponse:
    """Vote for a card, or take the vote back; a script reads the answer as JSON."""
    workshop = _room(request, atelier)
    said, seat = "", None
    try:
        seat = _needed(request, workshop)
        found = card_of(workshop=workshop, pk=line_number(request.POST.get("carte", "")) or 0, is_shown=True)
        if found is None:
            raise UserMistake("Cette carte n’est plus à l’écran.")
        if request.POST.get("geste") == "reprendre":
            room.take_vote_back(card=found, seat=seat)
        else:
            room.cast_vote(card=found, seat=seat, at=now())
    except UserMistake as mistake:
        said = mistake.message
    answer: HttpResponse
    if "application/json" in request.headers.get("Accept", ""):
        voted = voted_by(seat) if seat is not None else []
        left = max(workshop.votes_each - len(voted), 0)
        answer = JsonResponse({"voted": voted, "left": left, "said": said}, status=422 if said else 200)
    else:
        if said:
            messages.error(request, said)
        answer = redirect("gathering:phone", request.pole.slug, atelier)
    return _seated(request, workshop, answer, seat) if seat is not None else answer


@require_safe
@in_pole
def state(request: PoleRequest, atelier: str) -> JsonResponse:
    """Answer what changed since a version, to a phone that has no stream."""
    return state_answer(_room(request, atelier), since_of(request))


@require_safe
@in_pole
def stream(request: PoleRequest, atelier: str) -> HttpResponse:
    """Open the stream of a phone."""
    return stream_answer(_room(request, atelier), since_of(request))
