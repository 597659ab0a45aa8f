"""Besoins et offres: the list, its map, the file one takes away."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.policies import user_can_note_intent
from maillage.domain.exchanges.queries import choices, intents_list, map_points
from maillage.interfaces.web.door import PoleRequest, in_pole, today
from maillage.interfaces.web.exchanges import bulk
from maillage.interfaces.web.exchanges.filters import FRESHNESS, ORDERS, STATES, Asked, asked_of
from maillage.interfaces.web.exchanges.mapping import list_map
from maillage.interfaces.web.exchanges.records import INTENTS
from maillage.interfaces.web.exchanges.rows import rows_of
from maillage.interfaces.web.takeaway import FORMATS

LINES_A_PAGE = 50


def _asked(request: PoleRequest) -> Asked:
    return asked_of(query=request.GET, viewer=request.viewer, pole=request.pole, on=today())


@require_safe
@in_pole
def listing(request: PoleRequest) -> HttpResponse:
    """Show the needs and offers that answer the filters."""
    asked = _asked(request)
    rows = intents_list(viewer=request.viewer, pole=request.pole, filters=replace(asked.filters, kind=""))
    counts = rows.count_by_kind()
    if asked.filters.kind:
        rows = rows.of_kind(asked.filters.kind, count=counts[asked.filters.kind])
    page = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = _shown(request, asked) | {
        "tabs": _tabs(asked, counts),
        "total": sum(counts.values()),
        "page_obj": page,
        "rows": rows_of(pole=request.pole, views=page.object_list),
        "wide": True,
        "undo": bulk.pending(request.session, request.pole),
    }
    return render(request, "exchanges/list.html", context)


def _tabs(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    side = asked.values["sens"]
    return [
        {
            "label": label,
            "url": asked.with_side(word),
            "count": count,
            "side": kind,
            "is_current": side == word,
        }
        for word, kind, label, count in (
            ("", "", "Tout", sum(counts.values())),
            ("besoin", "need", "Besoins", counts["need"]),
            ("offre", "offer", "Offres", counts["offer"]),
        )
    ]


def _shown(request: PoleRequest, asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked,
        "runs": request.viewer.runs(request.pole.pk),
        "can_note": user_can_note_intent(request.viewer, request.pole.pk),
        "states": [(word, label) for word, (_, label) in STATES.items()],
        "orders": list(ORDERS.items()),
        "freshness": list(FRESHNESS.items()),
        "visibilities": Visibility.choices,
        "bodies": choices.bodies_of(request.pole),
        "formats": list(FORMATS.values()),
    }


@require_safe
@in_pole
def points(request: PoleRequest) -> JsonResponse:
    """Give the map of the list its points."""
    found = map_points(viewer=request.viewer, pole=request.pole, filters=_asked(request).filters)
    return JsonResponse(list_map(pole=request.pole, points=found))


@require_safe
@in_pole
def export(request: PoleRequest, ending: str) -> HttpResponse:
    """Give the list as a file, masked as the page is."""
    if ending not in FORMATS:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel, GeoJSON ou JSON.")
    views = intents_list(viewer=request.viewer, pole=request.pole, filters=_asked(request).filters)
    content = INTENTS.written(views, ending=ending)
    name = f"besoins-et-offres-{request.pole.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
