"""Assemble: an answer by several, or a chain with its recipes and what is missing in it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.policies import check_user_can_match
from maillage.domain.matching.studies.assembled import needs_to_answer, read_assembled
from maillage.domain.synergies.queries import followed_answers
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.matching.studies.forms import AssembleForm
from maillage.interfaces.web.matching.studies.launching import (
    chosen_study,
    earlier,
    launch_study,
    open_study,
)
from maillage.interfaces.web.matching.studies.pictures import chain_pictures

METHODS = (RunMethod.BUNDLE, RunMethod.CHAIN)
USUAL = 3
CHAIN = "chain"


@require_safe
@in_pole
def assemble(request: PoleRequest, pk: int | None = None) -> HttpResponse:
    """Show the last assembling, or the one of the address, and the form of the next."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    return _page(request, pk, form=None)


@require_POST
@in_pole
def launch(request: PoleRequest) -> HttpResponse:
    """Ask for an answer by several, or for a chain."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    form = AssembleForm(request.POST, needs=needs_to_answer(pole=request.pole))
    if not form.is_valid():
        return _page(request, None, form=form, status=422)
    told = form.cleaned_data
    parameters: dict[str, Any] = {"need": int(told["need"]), "k": told["k"], "way": told["way"]}
    if told["way"] == CHAIN:
        priced = {"worth": told["worth"], "km_cost": told["km_cost"]}
        return launch_study(request, method=RunMethod.CHAIN, parameters={**parameters, **priced})
    return launch_study(request, method=RunMethod.BUNDLE, parameters={**parameters, "goal": told["way"]})


def _page(
    request: PoleRequest, pk: int | None, *, form: AssembleForm | None, status: int = 200
) -> HttpResponse:
    run = chosen_study(request, pk=pk, methods=METHODS)
    told = read_assembled(viewer=request.viewer, run=run) if run else None
    needs = needs_to_answer(pole=request.pole)
    asked = request.GET.get("besoin", "") or (str(run.parameters["need"]) if run else "")
    initial = {"need": asked, "way": run.parameters["way"] if run else "smallest", "k": USUAL}
    context: dict[str, object] = {
        "room": "assemble",
        "run": run,
        "told": told,
        "pictures": chain_pictures(told) if told else [],
        "followed": followed_answers(run=run) if run else {},
        "form": form or AssembleForm(needs=needs, initial=initial),
        "earlier": earlier(request, methods=METHODS),
        "task": open_study(request, methods=METHODS),
    }
    return render(request, "matching/studies/assemble.html", context, status=status)
