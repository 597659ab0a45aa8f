"""See the network: who deals with whom, what is fragile, who should meet."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.policies import check_user_can_match
from maillage.domain.matching.studies.networking import read_network
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.matching.studies.launching import (
    chosen_study,
    earlier,
    launch_study,
    open_study,
)
from maillage.interfaces.web.matching.studies.pictures import network_picture

METHODS = (RunMethod.NETWORK,)


@require_safe
@in_pole
def network(request: PoleRequest, pk: int | None = None) -> HttpResponse:
    """Show the last measure of the network, or the one of the address."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    run = chosen_study(request, pk=pk, methods=METHODS)
    shown = read_network(run=run) if run else None
    context: dict[str, object] = {
        "room": "network",
        "run": run,
        "told": shown.told if shown else None,
        "picture": network_picture(shown) if shown else None,
        "earlier": earlier(request, methods=METHODS),
        "task": open_study(request, methods=METHODS),
    }
    return render(request, "matching/studies/network.html", context)


@require_POST
@in_pole
def launch(request: PoleRequest) -> HttpResponse:
    """Ask for a measure of the network as it stands."""
    check_user_can_match(viewer=request.viewer, pole=request.pole)
    return launch_study(request, method=RunMethod.NETWORK, parameters={})
