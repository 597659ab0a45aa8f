"""The weights of the criteria: what decisions taught, learned on demand, put back on demand, taken away."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maillage.domain.matching.enums import LearningOutcome
from maillage.domain.matching.learning import last_learning, learn_weights, put_back_weights
from maillage.domain.matching.policies import check_user_can_match
from maillage.domain.matching.studies.learned import ENOUGH, read_learned
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now


@require_safe
@in_pole
def weights(request: PoleRequest) -> HttpResponse:
    """Show the weights in force and what the last learning gave."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    context = {"room": "weights", "told": read_learned(pole=request.pole), "enough": ENOUGH}
    return render(request, "matching/studies/weights.html", context)


@require_POST
@in_pole
def learn(request: PoleRequest) -> HttpResponse:
    """Learn from the decisions; under fifty, nothing changes and the page says so."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    found = learn_weights(pole=request.pole, at=now(), by=account_of(request))
    say = messages.success if found.outcome == LearningOutcome.LEARNED else messages.info
    say(request, f"{found.get_outcome_display()}.")
    return redirect("matching:weights", request.pole.slug)


@require_POST
@in_pole
def put_back(request: PoleRequest) -> HttpResponse:
    """Go back to the weights of the engine."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    put_back_weights(pole=request.pole, at=now(), by=account_of(request))
    messages.success(request, "Les poids d’origine sont remis. Ils serviront au prochain calcul.")
    return redirect("matching:weights", request.pole.slug)


@require_safe
@in_pole
def export(request: PoleRequest) -> HttpResponse:
    """Give the last learning as JSON: weights, replay, certificate; no name in it."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    last = last_learning(pole=request.pole)
    told = (
        {}
        if last is None
        else {"weights": last.weights, "export": last.export, "certificate": last.certificate}
    )
    answer = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="poids.json"'
    return answer
