"""Écouter: what the pole listens to now, and what waits to be read."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.domain.gathering.policies import user_can_gather
from maillage.domain.gathering.queries.campaigns import campaigns_of, open_campaigns
from maillage.domain.gathering.queries.interviews import interviews_of
from maillage.domain.gathering.queries.review import waiting_counts
from maillage.domain.gathering.queries.workshops import workshops_of
from maillage.interfaces.web.door import PoleRequest, in_pole, today

FEW = 5


@require_safe
@in_pole
def home(request: PoleRequest) -> HttpResponse:
    """Show the facilitators their listening, anybody else the questionnaires that are open."""
    if not user_can_gather(request.viewer, request.pole):
        campaigns = open_campaigns(pole=request.pole, on=today())
        return render(request, "gathering/open.html", {"campaigns": campaigns})
    counts = waiting_counts(request.pole)
    context = {
        "waiting": counts["all"],
        "workshops": workshops_of(request.pole)[:FEW],
        "campaigns": campaigns_of(request.pole)[:FEW],
        "interviews": interviews_of(request.pole)[:FEW],
        "mails": counts["mail"],
        "today": today(),
    }
    return render(request, "gathering/home.html", context)
