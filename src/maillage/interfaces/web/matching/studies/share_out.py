"""Share out: who gets what when it is scarce, what stays without, why, and what would unlock most."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.policies import check_user_can_match
from maillage.domain.matching.studies.compared import compared
from maillage.domain.matching.studies.shared_out import offers_to_move, read_share_out
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number
from maillage.interfaces.web.matching.studies.forms import ShareOutForm, WhatIfForm
from maillage.interfaces.web.matching.studies.launching import (
    chosen_study,
    earlier,
    launch_study,
    open_study,
)
from maillage.interfaces.web.matching.studies.pictures import share_out_flows

METHODS = (RunMethod.ALLOCATE,)


@require_safe
@in_pole
def share_out(request: PoleRequest, pk: int | None = None) -> HttpResponse:
    """Show the last sharing out, or the one of the address, and what one may ask next."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    return _page(request, pk, form=None, what_if=None)


@require_POST
@in_pole
def launch(request: PoleRequest) -> HttpResponse:
    """Ask for a sharing out."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    form = ShareOutForm(request.POST)
    if not form.is_valid():
        return _page(request, None, form=form, what_if=None, status=422)
    return launch_study(request, method=RunMethod.ALLOCATE, parameters=form.asked())


@require_POST
@in_pole
def suppose(request: PoleRequest, pk: int) -> HttpResponse:
    """Ask for the same sharing out with one offer added, removed, moved or resized."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    run = chosen_study(request, pk=pk, methods=METHODS)
    if run is None:
        raise Http404("Ce calcul n’existe pas, ou n’est pas fini.")
    form = WhatIfForm(request.POST, offers=offers_to_move(pole=request.pole), pole=request.pole)
    if not form.is_valid():
        return _page(request, pk, form=None, what_if=form, status=422)
    changes = [*run.parameters.get("changes", []), form.change()]
    return launch_study(
        request,
        method=RunMethod.ALLOCATE,
        parameters={**run.parameters, "changes": changes, "base": run.parameters.get("base", run.pk)},
    )


@require_safe
@in_pole
def compare(request: PoleRequest) -> HttpResponse:
    """Show two sharings out side by side."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    keys = [line_number(request.GET.get(name, "")) for name in ("a", "b")]
    runs = [chosen_study(request, pk=key, methods=METHODS) if key is not None else None for key in keys]
    one, other = runs
    both = compared(viewer=request.viewer, one=one, other=other) if one and other else None
    context = {"room": "share_out", "one": one, "other": other, "compared": both}
    return render(
        request, "matching/studies/compare.html", context | {"earlier": earlier(request, methods=METHODS)}
    )


def _page(
    request: PoleRequest,
    pk: int | None,
    *,
    form: ShareOutForm | None,
    what_if: WhatIfForm | None,
    status: int = 200,
) -> HttpResponse:
    run = chosen_study(request, pk=pk, methods=METHODS)
    told = read_share_out(viewer=request.viewer, run=run) if run else None
    offers = offers_to_move(pole=request.pole) if run else []
    context: dict[str, object] = {
        "room": "share_out",
        "run": run,
        "told": told,
        "picture": share_out_flows(told) if told else None,
        "form": form or ShareOutForm(initial=ShareOutForm.initial_from(run.parameters if run else {})),
        "what_if": what_if or (WhatIfForm(offers=offers, pole=request.pole) if run else None),
        "earlier": earlier(request, methods=METHODS),
        "task": open_study(request, methods=METHODS),
    }
    return render(request, "matching/studies/share_out.html", context, status=status)
