"""What one does at the desk: launch a run, keep a lead, set it aside, take it back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from maillage.core.errors import UserMistake
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import queries
from maillage.domain.matching.operations import accept_lead, ask_run, set_lead_aside, take_back
from maillage.domain.matching.policies import check_user_can_decide, check_user_can_match
from maillage.interfaces.jobs.operations import open_task
from maillage.interfaces.jobs.tasks import match_pole
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now
from maillage.interfaces.web.matching.views import RUN_TITLE


@require_POST
@in_pole
def launch(request: PoleRequest) -> HttpResponse:
    """Ask for a run and follow it."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    account = account_of(request)
    with transaction.atomic():
        run = ask_run(pole=request.pole, asked_by=account, at=now())
        task = open_task(pole=request.pole, owner=account, title=RUN_TITLE, at=now())
        transaction.on_commit(lambda: match_pole.defer(task_id=task.pk, run_id=run.pk))
    return redirect("jobs:detail", request.pole.slug, task.pk)


def _pair(request: PoleRequest, pk: int) -> tuple[Intent, Intent, Intent]:
    """Return the intent of the address, then the need and the offer of the pair."""
    intent = queries.intent_at_desk(pole=request.pole, pk=pk)
    wanted = line_number(request.POST.get("autre", ""))
    other = queries.intent_at_desk(pole=request.pole, pk=wanted) if wanted is not None else None
    if intent is None or other is None:
        raise Http404("Cette piste n’existe plus : le besoin ou l’offre a été retiré.")
    return (intent, intent, other) if intent.kind == IntentKind.NEED else (intent, other, intent)


def _back(request: PoleRequest, intent: Intent, extra: str = "") -> HttpResponse:
    return redirect(reverse("matching:intent", args=[request.pole.slug, intent.pk]) + extra)


@require_POST
@in_pole
def accept(request: PoleRequest, pk: int) -> HttpResponse:
    """Keep a lead for follow-up."""
    check_user_can_decide(viewer=request.viewer, pole=request.pole)
    intent, need, offer = _pair(request, pk)
    accept_lead(pole=request.pole, need=need, offer=offer, by=account_of(request), at=now())
    messages.success(
        request,
        f"Piste gardée : {need.author.name} et {offer.author.name}. Proposez-la aux structures quand vous voulez.",
    )
    return _back(request, intent, "#pistes")


@require_POST
@in_pole
def set_aside(request: PoleRequest, pk: int) -> HttpResponse:
    """Set a lead aside with its reason; a mistake reopens the question with what was typed."""
    check_user_can_decide(viewer=request.viewer, pole=request.pole)
    intent, need, offer = _pair(request, pk)
    other = offer if intent.pk == need.pk else need
    try:
        set_lead_aside(
            pole=request.pole,
            need=need,
            offer=offer,
            reason=request.POST.get("raison", ""),
            words=request.POST.get("precision", ""),
            by=account_of(request),
            at=now(),
        )
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        kept = {
            "ecarter": other.pk,
            "raison": request.POST.get("raison", ""),
            "precision": request.POST.get("precision", ""),
        }
        return _back(request, intent, f"?{urlencode(kept)}#piste-{other.pk}")
    messages.success(
        request, "Piste mise de côté. Elle ne sera plus proposée ; vous pouvez la reprendre plus bas."
    )
    return _back(request, intent, "#pistes")


@require_POST
@in_pole
def take_back_lead(request: PoleRequest, pk: int) -> HttpResponse:
    """Forget what was decided of a pair."""
    check_user_can_decide(viewer=request.viewer, pole=request.pole)
    intent, need, offer = _pair(request, pk)
    take_back(pole=request.pole, need=need, offer=offer)
    messages.success(request, "Décision annulée : la piste est de nouveau proposée.")
    return _back(request, intent, "#pistes")
