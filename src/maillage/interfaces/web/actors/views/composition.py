"""The « article 9 » composition of the pole: what is there, what is missing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.domain.actors.policies import check_user_can_see_composition
from maillage.domain.actors.queries import article_9_composition
from maillage.interfaces.web.door import PoleRequest, in_pole, today


@require_safe
@in_pole
def composition(request: PoleRequest) -> HttpResponse:
    """Show the four things the decree asks, and thanks to whom each is met."""
    check_user_can_see_composition(request.viewer, request.pole)
    found = article_9_composition(pole=request.pole, on=today())
    lacking = [one for one in found.requirements if not one.is_met]
    return render(request, "actors/composition.html", {"found": found, "lacking": lacking, "wide": True})
