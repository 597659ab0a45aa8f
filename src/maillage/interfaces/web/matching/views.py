"""The matching desk: a queue, the intent and its leads, the map, what was refused and why."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.policies import user_can_see_intent
from maillage.domain.matching import queries
from maillage.domain.matching.board import desk as desk_of
from maillage.domain.matching.enums import SetAsideReason
from maillage.domain.matching.models import MatchingRun
from maillage.domain.matching.policies import (
    check_user_can_match,
    check_user_can_see_matches_of,
    user_can_decide,
    user_can_match,
)
from maillage.domain.matching.problem_rows import PairFound, PairRefused
from maillage.domain.matching.studies.missing import missing_summary
from maillage.domain.matching.unanswered import MissingList
from maillage.domain.synergies.queries import followed_decisions
from maillage.interfaces.jobs.operations import open_task_titled
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number
from maillage.interfaces.web.matching.desk_map import desk_map
from maillage.interfaces.web.matching.forms import OtherForm

SIDES = {"besoins": IntentKind.NEED, "offres": IntentKind.OFFER}
SHORTEST = 2
REFUSED = 4
LINES_A_PAGE = 50
PLACES_AT_FIRST = 25
RUN_TITLE = "Rapprocher les besoins et les offres"


def _named(request: PoleRequest, pk: int) -> Intent:
    intent = queries.intent_at_desk(pole=request.pole, pk=pk)
    if intent is None or not user_can_see_intent(request.viewer, intent):
        raise Http404("Ce besoin ou cette offre n’existe pas, ou a été retiré.")
    return intent


@require_safe
@in_pole
def desk(request: PoleRequest, pk: int | None = None) -> HttpResponse:
    """Show the queue and one intent with its leads; a member sees the leads of its own intents, without the queue."""
    if pk is None or not request.viewer.is_signed_in:
        check_user_can_match(viewer=request.viewer, pole=request.pole)
    is_team = user_can_match(viewer=request.viewer, pole=request.pole)
    intent = _named(request, pk) if pk is not None else None
    kind = IntentKind(intent.kind) if intent else SIDES.get(request.GET.get("cote", ""), IntentKind.NEED)
    board = desk_of(pole=request.pole, kind=kind) if is_team else None
    run = board.run if board else queries.last_run(pole=request.pole)
    if intent is None and board is not None and board.lines:
        intent = board.lines[0].intent
    context: dict[str, object] = {
        "board": board,
        "kind": kind,
        "other_kind": IntentKind.OFFER if kind == IntentKind.NEED else IntentKind.NEED,
        "intent": intent,
        "task": open_task_titled(pole=request.pole, title=RUN_TITLE) if is_team else None,
        "run": run,
        "wide": True,
        "may_decide": user_can_decide(viewer=request.viewer, pole=request.pole),
    }
    if intent is not None:
        check_user_can_see_matches_of(viewer=request.viewer, intent=intent)
        context |= _of_intent(request, intent, run, is_team=is_team)
    return render(request, "matching/desk.html", context)


def _of_intent(
    request: PoleRequest, intent: Intent, run: MatchingRun | None, *, is_team: bool
) -> dict[str, object]:
    found = queries.at_desk(viewer=request.viewer, intent=intent, run=run, refused=REFUSED if is_team else 0)
    shown = [lead for lead in found.leads if lead.decision is None]
    return {
        "view": found.view,
        "leads": shown,
        "decided": [lead for lead in found.leads if lead.decision is not None],
        "refused": found.refused,
        "followed": followed_decisions(pole=request.pole) if is_team else {},
        "map": desk_map(pole=request.pole, view=found.view, leads=shown, refused=found.refused),
        "is_new": not found.leads and not queries.was_in_last_run(intent=intent),
        "map_legend": "sides" if intent.kind == IntentKind.NEED else "offer",
        "aside_reasons": queries.set_aside_reasons(),
        "asked": _asked(request, intent) if is_team else None,
        "other_form": OtherForm(request.GET if "autre" in request.GET else None),
        "asked_text": request.GET.get("autre_text", ""),
        "options_url": f"{reverse('matching:options', args=[request.pole.slug])}?cote={_other_side(intent)}",
        "aside_open": request.GET.get("ecarter", ""),
        "evidence": intent.evidence.first(),
        "typed": {"reason": request.GET.get("raison", ""), "words": request.GET.get("precision", "")},
        "other_reason": SetAsideReason.OTHER,
    }


def _other_side(intent: Intent) -> str:
    return "offres" if intent.kind == IntentKind.NEED else "besoins"


def _asked(request: PoleRequest, intent: Intent) -> dict[str, object] | None:
    """Answer « pourquoi pas celle-ci ? » for the intent named in the address."""
    wanted = line_number(request.GET.get("autre", ""))
    if wanted is None:
        return None
    other = queries.intent_at_desk(pole=request.pole, pk=wanted)
    if other is None or other.kind == intent.kind:
        return {"problem": "Choisissez une ligne de la liste proposée."}
    need, offer = (intent, other) if intent.kind == IntentKind.NEED else (other, intent)
    found = queries.why_not_this(need=need, offer=offer)
    return {
        "intent": other,
        "refused": found if isinstance(found, PairRefused) else None,
        "found": found if isinstance(found, PairFound) else None,
    }


@require_safe
@in_pole
def kept(request: PoleRequest) -> HttpResponse:
    """List the leads kept for follow-up."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    context = {
        "decisions": queries.kept_pairs(pole=request.pole),
        "followed": followed_decisions(pole=request.pole),
    }
    return render(request, "matching/kept.html", context)


@require_safe
@in_pole
def options(request: PoleRequest) -> JsonResponse:
    """Answer the combobox of « pourquoi pas celle-ci ? »: intents of one side by title or structure."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    text = request.GET.get("q", "").strip()
    kind = SIDES.get(request.GET.get("cote", ""), IntentKind.OFFER)
    found = queries.named(pole=request.pole, kind=kind, text=text) if len(text) >= SHORTEST else []
    return JsonResponse(
        {"results": [{"value": str(one.pk), "label": one.title, "detail": one.author.name} for one in found]}
    )


@require_safe
@in_pole
def missing(request: PoleRequest) -> HttpResponse:
    """Show what nothing answers, to anybody: by theme for all, need by need for those who may read them."""
    kind = SIDES.get(request.GET.get("cote", ""), IntentKind.NEED)
    run = queries.last_run(pole=request.pole)
    found = MissingList(viewer=request.viewer, pole=request.pole, kind=kind, run=run)
    page = Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page"))
    summary = None
    if kind == IntentKind.NEED and page.number == 1:
        summary = missing_summary(viewer=request.viewer, pole=request.pole, searched=run)
    wanted = None if request.GET.get("lieux") == "tous" else PLACES_AT_FIRST
    places = summary.places[:wanted] if summary else []
    return render(
        request,
        "matching/missing.html",
        {
            "kind": kind,
            "missing": page,
            "page_obj": page,
            "summary": summary,
            "places": places,
            "more_places": len(summary.places) - len(places) if summary else 0,
            "run": run,
            "desk_url": reverse("matching:desk", args=[request.pole.slug]),
            "is_team": user_can_match(viewer=request.viewer, pole=request.pole),
        },
    )
