"""Structures: the directory, its map, the file one takes away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from maillage.domain.actors import policies
from maillage.domain.actors.enums import ActorFamily, InclusionType, LegalForm
from maillage.domain.actors.queries import (
    DirectoryTallies,
    directory,
    directory_points,
    directory_records,
    directory_tallies,
)
from maillage.interfaces.web.actors.filters import LINKS, ORDERS, Asked, asked_of
from maillage.interfaces.web.actors.mapping import list_map
from maillage.interfaces.web.actors.records import DIRECTORY
from maillage.interfaces.web.door import PoleRequest, in_pole, today
from maillage.interfaces.web.takeaway import FORMATS

LINES_A_PAGE = 40


def _asked(request: PoleRequest) -> Asked:
    return asked_of(query=request.GET, pole=request.pole)


@require_safe
@in_pole
def listing(request: PoleRequest) -> HttpResponse:
    """Show the structures that answer the filters, beside their map or as a table."""
    asked, viewer, pole = _asked(request), request.viewer, request.pole
    tallies = directory_tallies(viewer=viewer, pole=pole, filters=asked.filters)
    found = directory(
        viewer=viewer,
        pole=pole,
        filters=asked.filters,
        order=asked.order,
        count=tallies.of(asked.filters.membership),
    )
    context = {
        "asked": asked,
        "tabs": _tabs(asked, tallies),
        "page_obj": Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page")),
        "columns": _columns(asked),
        "kept": [(name, asked.values[name]) for name in ("lien", "vue") if asked.values[name]],
        "view_urls": {"map": asked.with_value("vue", ""), "table": asked.with_value("vue", "tableau")},
        "orders": [(word, label) for word, (_, label) in ORDERS.items()],
        "families": ActorFamily.choices,
        "legal_forms": LegalForm.choices,
        "inclusion_types": InclusionType.choices,
        "formats": list(FORMATS.values()),
        "places_url": f"{reverse('places:search')}?pole={pole.slug}",
        "may_create": policies.user_can_create_organisation(viewer, pole),
        "may_merge": policies.user_can_merge_organisations(viewer, pole),
        "may_mandate": policies.user_can_manage_mandates(viewer, pole),
        "may_answer": policies.user_can_answer_access_request(viewer, pole),
        "may_compose": policies.user_can_see_composition(viewer, pole),
        "wide": True,
    }
    return render(request, "actors/list.html", context)


def _tabs(asked: Asked, tallies: DirectoryTallies) -> list[dict[str, Any]]:
    tabs = [("", "", "Toutes"), *((word, code, label) for word, (code, label) in LINKS.items())]
    return [
        {
            "label": label,
            "url": asked.with_value("lien", word),
            "count": tallies.of(code),
            "is_current": asked.values["lien"] == word,
        }
        for word, code, label in tabs
    ]


def _columns(asked: Asked) -> list[dict[str, Any]]:
    """The heads of the table that sort it."""
    now = asked.values["tri"] or "nom"
    heads = (
        ("nom", "Nom"),
        ("famille", "Famille"),
        ("", "Forme"),
        ("commune", "Commune"),
        ("", "Dans le pôle"),
    )
    return [
        {
            "label": label,
            "url": asked.with_value("tri", word) if word else "",
            "is_current": word == now,
        }
        for word, label in heads
    ]


@gzip_page
@require_safe
@in_pole
def points(request: PoleRequest) -> HttpResponse:
    """Give the map its points: light enough for ten thousand structures."""
    found = directory_points(viewer=request.viewer, pole=request.pole, filters=_asked(request).filters)
    described = list_map(pole=request.pole, points=found)
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@require_safe
@in_pole
def export(request: PoleRequest, extension: str) -> HttpResponse:
    """Give the directory as a file; contacts only to those of the pole."""
    if extension not in FORMATS:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel, GeoJSON ou JSON.")
    records = directory_records(viewer=request.viewer, pole=request.pole, filters=_asked(request).filters)
    name = f"structures-{request.pole.slug}-{today():%Y-%m-%d}.{extension}"
    return HttpResponse(
        DIRECTORY.written(records, ending=extension),
        content_type=FORMATS[extension].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
