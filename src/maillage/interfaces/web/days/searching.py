"""Search everything one may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.domain.days.queries import search_everything
from maillage.interfaces.web.days.recent import recent_pages
from maillage.interfaces.web.days.where import page_of
from maillage.interfaces.web.door import PoleRequest, in_pole

LONGEST = 100


@require_safe
@in_pole
def search(request: PoleRequest) -> HttpResponse:
    """Show what resembles ``?q=``, a piece of page for a request that types on; the recent pages when it is empty."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = search_everything(viewer=request.viewer, pole=request.pole, text=text) if text else []
    context = {
        "text": text,
        "groups": [
            (group.label, [(row, page_of(row.subject, row.pk, request.pole)) for row in group.rows])
            for group in groups
        ],
        "recent": recent_pages(request),
    }
    is_piece = request.headers.get("HX-Request") == "true"
    return render(request, "days/_found.html" if is_piece else "days/search.html", context)
