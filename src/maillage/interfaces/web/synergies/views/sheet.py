"""The sheet of a synergy: its parties, its lines, what comes next, its history."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maillage.domain.agreements.templates import read_templates
from maillage.domain.synergies.enums import Answer, ClosingReason, SynergyState
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations.agreeing import SIMPLEST
from maillage.domain.synergies.policies import check_user_can_list_synergies, user_can_run_synergies
from maillage.domain.synergies.queries import SynergySheet, owners_of, synergy_sheet, visible_synergy
from maillage.domain.synergies.states import FOLLOWS, TRANSITIONS, WITH_REASON
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.synergies.forms import FollowForm
from maillage.interfaces.web.synergies.shown import NEXT_VERB, SIGNS, pending_undo

HELP: dict[str, str] = {
    "propose": "Chaque structure reçoit un courriel et répond sans compte.",
    "talk": "Une rencontre ou un appel est prévu.",
    "agree": "Les structures se sont mises d’accord.",
    "run": "C’est commencé.",
    "end": "C’est fini : ce qui revient est de nouveau disponible.",
    "resume": "L’accord ne tient plus, on en reparle.",
    "reopen": "Tout le monde pourra être interrogé de nouveau.",
    "refuse": "Une structure ne veut pas, ou plus.",
    "abandon": "On arrête là ; l’histoire reste.",
}
NOTHING_TYPED = {"verb": "", "party": "", "reason": "", "words": ""}
STARTING = {SynergyState.DETECTED: "propose"} | NEXT_VERB


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the thread."""

    on: date
    kind: str
    state: str
    title: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Gesture:
    """A move of the table: its label, what it does, or why not."""

    verb: str
    label: str
    help: str
    refusal: str
    asks_reason: bool


def synergy_or_404(request: PoleRequest, pk: int) -> Synergy:
    """Return a synergy that the viewer sees, or say that there is none."""
    check_user_can_list_synergies(request.viewer, request.pole)
    found = visible_synergy(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette synergie n’existe pas, ou n’est pas visible pour vous.")
    return found


def _thread(found: SynergySheet) -> list[Fact]:
    return [
        Fact(
            on=timezone.localtime(line.at).date(),
            kind=SIGNS[line.state],
            state="",
            title=line.text,
            text=". ".join(part for part in (line.reason.rstrip("."), line.by) if part),
        )
        for line in found.history
    ]


def _gestures(found: SynergySheet) -> list[Gesture]:
    return [
        Gesture(verb, move.label, HELP[verb], found.refusals[verb], verb in WITH_REASON)
        for verb, move in TRANSITIONS.items()
        if verb not in FOLLOWS
    ]


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a synergy as the viewer may see it."""
    return page(request, synergy_or_404(request, pk))


def page(
    request: PoleRequest,
    synergy: Synergy,
    *,
    form: FollowForm | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the sheet; a mistake comes back with what was typed."""
    found = synergy_sheet(viewer=request.viewer, synergy=synergy)
    runs = user_can_run_synergies(request.viewer, request.pole)
    gestures = _gestures(found)
    main = next((one for one in gestures if one.verb == STARTING.get(found.view.state)), None)
    asked = [one for one in found.view.parties if one.is_needed]
    context = {
        "found": found,
        "view": found.view,
        "sign": SIGNS[found.view.state],
        "runs": runs,
        "possible": [one for one in gestures if not one.refusal and one is not main],
        "impossible": [one for one in gestures if one.refusal],
        "main": main,
        "agreement_first": found.may_open_agreement and found.view.state == SynergyState.TALKS,
        "mine": [
            one
            for one in found.view.parties
            if one.is_mine and one.pk in found.may_answer and one.answer != Answer.YES
        ],
        "said": sum(one.answer != Answer.WAITING for one in asked),
        "asked": len(asked),
        "reasons": ClosingReason.choices,
        "typed": NOTHING_TYPED | (typed or {}),
        "thread": _thread(found),
        "templates": [(one.code, one.label) for one in read_templates().values()],
        "simplest": SIMPLEST,
        "form": form or _follow_form(request, synergy),
        "undo": pending_undo(request.session, request.pole),
    }
    return render(request, "synergies/detail.html", context, status=status)


def _follow_form(request: PoleRequest, synergy: Synergy) -> FollowForm:
    initial = {
        "owner": str(synergy.owner_id or ""),
        "next_step": synergy.next_step,
        "due_on": synergy.due_on,
    }
    return FollowForm(owners=owners_of(pole=request.pole), initial=initial)
