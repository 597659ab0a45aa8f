"""The facilitators' side of a workshop: prepare it, lead it, share its screen, close it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.gathering import policies
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import Workshop
from maillage.domain.gathering.operations import closing, review, room, workshops
from maillage.domain.gathering.queries.review import drafts_of_workshop
from maillage.domain.gathering.queries.screen import screen_since
from maillage.domain.gathering.queries.workshops import card_of, findings_of, workshop_numbered
from maillage.domain.gathering.states import WORKSHOP_MOVES
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today
from maillage.interfaces.web.gathering.addresses import workshop_token
from maillage.interfaces.web.gathering.forms import WorkshopForm
from maillage.interfaces.web.gathering.live import since_of, state_answer, stream_answer
from maillage.interfaces.web.gathering.qr import qr_svg

NOT_HERE = "Cet atelier n’existe pas, ou n’existe plus."
_TEXTS = ("title", "question", "held_on", "place", "votes_each", "consent_text")


def _workshop(request: PoleRequest, pk: int) -> Workshop:
    policies.check_user_can_gather(request.viewer, request.pole)
    found = workshop_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404(NOT_HERE)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Prepare a workshop."""
    policies.check_user_can_gather(request.viewer, request.pole)
    if request.method != "POST":
        return _form(request, WorkshopForm(initial={"held_on": today(), "votes_each": 3}), None)
    form = WorkshopForm(request.POST)
    if form.is_valid():
        try:
            made = workshops.prepare_workshop(
                pole=request.pole,
                fields=workshops.WorkshopFields(**form.cleaned_data),
                by=account_of(request),
                on=today(),
            )
        except UserMistakes as several:
            form.tell(several.by_field)
        else:
            messages.success(request, "L’atelier est prêt. Ouvrez l’écriture quand la salle est là.")
            return redirect("gathering:workshop", request.pole.slug, made.pk)
    return _form(request, form, None, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change a workshop that is not closed."""
    workshop = _workshop(request, pk)
    if request.method != "POST":
        return _form(
            request, WorkshopForm(initial={name: getattr(workshop, name) for name in _TEXTS}), workshop
        )
    form = WorkshopForm(request.POST)
    if form.is_valid():
        fields = workshops.WorkshopFields(**form.cleaned_data, municipality=workshop.municipality)
        try:
            workshops.update_workshop(workshop=workshop, fields=fields, on=today())
        except UserMistakes as several:
            form.tell(several.by_field)
        except UserMistake as mistake:
            form.tell({"": mistake.message})
        else:
            messages.success(request, "C’est enregistré.")
            return redirect("gathering:workshop", request.pole.slug, pk)
    return _form(request, form, workshop, status=422)


def _form(
    request: PoleRequest, form: WorkshopForm, workshop: Workshop | None, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "workshop": workshop, "no_bar": True, "no_capture": True}
    return render(request, "gathering/workshop_form.html", context, status=status)


def _address(request: PoleRequest, workshop: Workshop) -> str:
    token = workshop_token(workshop.key)
    return request.build_absolute_uri(reverse("gathering:phone", args=[request.pole.slug, token]))


def _context(request: PoleRequest, workshop: Workshop) -> dict[str, Any]:
    slug, address = request.pole.slug, _address(request, workshop)
    state = screen_since(workshop_id=workshop.pk)
    return {
        "workshop": workshop,
        "address": address,
        "qr": qr_svg(address, label=f"Rejoindre l’atelier {workshop.title}"),
        "screen": state,
        "needs": [card for card in state["cards"] if card["kind"] == "need"],
        "offers": [card for card in state["cards"] if card["kind"] == "offer"],
        "links": _links(state),
        "stream_url": reverse("gathering:stream", args=[slug, workshop.pk]),
        "state_url": reverse("gathering:state", args=[slug, workshop.pk]),
        "is_voting": workshop.state == WorkshopState.VOTING,
        "is_closed": workshop.state == WorkshopState.CLOSED,
    }


def _links(state: dict[str, Any]) -> list[dict[str, Any]]:
    titles = {card["id"]: card["title"] for card in state["cards"]}
    return [
        link | {"need_title": titles[link["need"]], "offer_title": titles[link["offer"]]}
        for link in state["links"]
        if link["need"] in titles and link["offer"] in titles
    ]


@require_safe
@in_pole
def workshop(request: PoleRequest, pk: int) -> HttpResponse:
    """Lead a workshop: its address, its steps, its cards; once closed, what it found."""
    found = _workshop(request, pk)
    steps = [
        {"verb": move.verb, "label": move.label}
        for move in WORKSHOP_MOVES.values()
        if found.state in move.starts and move.verb != "close"
    ]
    context = _context(request, found) | {
        "steps": steps,
        "can_close": found.state in WORKSHOP_MOVES["close"].starts,
    }
    if found.state == WorkshopState.CLOSED:
        drafts = list(drafts_of_workshop(found))
        context |= {
            "drafts": {draft.card_id: draft for draft in drafts},
            "lines": [
                (one, next((d for d in drafts if d.card_id == one.card.pk), None))
                for one in findings_of(found)
            ],
            "known": sum(1 for one in drafts if one.organisation_id and one.state == "waiting"),
        }
    else:
        context["lines"] = [(one, None) for one in findings_of(found)]
    return render(request, "gathering/workshop.html", context)


@require_safe
@in_pole
def screen(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the shared screen: the question, the code to join, the cards and what answers what."""
    found = _workshop(request, pk)
    return render(request, "gathering/screen.html", _context(request, found) | {"no_bar": True, "wide": True})


@require_POST
@in_pole
def move(request: PoleRequest, pk: int) -> HttpResponse:
    """Lead the workshop one step, or close it."""
    found = _workshop(request, pk)
    verb = request.POST.get("verbe", "")
    try:
        if verb == "close":
            drafts = closing.close_workshop(
                workshop=found, by=account_of(request), at=now(), address=_address(request, found)
            )
            messages.success(request, f"L’atelier est clos. {_to_read(len(drafts))}")
        elif verb in WORKSHOP_MOVES:
            workshops.move_workshop(workshop=found, verb=verb, at=now())
        else:
            raise Http404("Ce geste n’existe pas.")
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    return redirect("gathering:workshop", request.pole.slug, pk)


def _to_read(count: int) -> str:
    if not count:
        return "Aucune carte n’a été écrite."
    return f"{count} cartes attendent d’être notées." if count > 1 else "Une carte attend d’être notée."


@require_POST
@in_pole
def hide(request: PoleRequest, pk: int) -> HttpResponse:
    """Take a card away from the screens, or bring it back."""
    found = _workshop(request, pk)
    card = card_of(workshop=found, pk=line_number(request.POST.get("carte", "")) or 0)
    if card is None:
        raise Http404("Cette carte n’existe pas.")
    room.show_card(card=card, is_hidden=request.POST.get("geste") != "remettre")
    return redirect("gathering:workshop", request.pole.slug, pk)


@require_POST
@in_pole
def note_known(request: PoleRequest, pk: int) -> HttpResponse:
    """Note at once the cards whose structure is known."""
    found = _workshop(request, pk)
    try:
        noted = review.accept_known(
            drafts=list(drafts_of_workshop(found)), by=account_of(request), on=today(), at=now()
        )
    except (UserMistake, UserMistakes) as mistake:
        messages.error(request, mistake.message)
    else:
        count = len(noted)
        messages.success(request, f"{count} cartes sont notées." if count > 1 else "C’est noté.")
    return redirect("gathering:workshop", request.pole.slug, pk)


@require_safe
@in_pole
def state(request: PoleRequest, pk: int) -> JsonResponse:
    """Answer what changed since a version, to a screen that has no stream."""
    return state_answer(_workshop(request, pk), since_of(request))


@require_safe
@in_pole
def stream(request: PoleRequest, pk: int) -> HttpResponse:
    """Open the stream of a shared screen."""
    return stream_answer(_workshop(request, pk), since_of(request))
