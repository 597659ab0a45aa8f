"""Projects: the list, its stages, the file one takes away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects import policies
from maillage.domain.projects.enums import ProjectKind
from maillage.domain.projects.queries import (
    ProjectFilters,
    coming_meetings,
    my_tasks,
    projects_list,
    stage_funnel,
)
from maillage.interfaces.web.door import PoleRequest, in_pole, now, today
from maillage.interfaces.web.projects.records import PROJECTS
from maillage.interfaces.web.takeaway import FORMATS

LINES_A_PAGE = 30
LONGEST_QUESTION = 100
KINDS = {"projets": ProjectKind.PROJECT.value, "groupes": ProjectKind.GROUP.value}
WRITTEN = ("csv", "xlsx", "json")
STAGES = {
    "idee": ProcessStage.IDEA,
    "etude": ProcessStage.STUDY,
    "prototype": ProcessStage.PROTOTYPE,
    "experimentation": ProcessStage.TRIAL,
    "activite": ProcessStage.ACTIVITY,
    "essaimage": ProcessStage.REPLICATION,
    "arret": ProcessStage.STOPPED,
}


def _asked(query: QueryDict) -> dict[str, str]:
    asked = {name: query.get(name, "").strip() for name in ("nature", "stade", "texte", "miens")}
    asked["nature"] = asked["nature"] if asked["nature"] in KINDS else ""
    asked["stade"] = asked["stade"] if asked["stade"] in STAGES else ""
    asked["texte"] = asked["texte"][:LONGEST_QUESTION]
    asked["miens"] = "oui" if asked["miens"] == "oui" else ""
    return asked


def _filters(asked: dict[str, str]) -> ProjectFilters:
    return ProjectFilters(
        kind=KINDS.get(asked["nature"], ""),
        stage=STAGES[asked["stade"]].value if asked["stade"] else "",
        text=asked["texte"],
        only_mine=bool(asked["miens"]),
    )


def _address(request: PoleRequest, asked: dict[str, str], **changes: str) -> str:
    query = QueryDict(mutable=True)
    for name, value in (asked | changes).items():
        if value:
            query[name] = value
    home = reverse("projects:list", args=[request.pole.slug])
    return f"{home}?{query.urlencode()}" if query else home


@require_safe
@in_pole
def listing(request: PoleRequest) -> HttpResponse:
    """Show the projects and the working groups, those that move first."""
    asked, viewer, pole = _asked(request.GET), request.viewer, request.pole
    found = projects_list(viewer=viewer, pole=pole, filters=_filters(asked))
    belongs = viewer.belongs(pole.pk)
    waiting = my_tasks(viewer=viewer, pole=pole) if belongs else []
    context = {
        "asked": asked,
        "is_asked": any(asked.values()),
        "query": _address(request, asked).partition("?")[2],
        "kinds": _kinds(request, asked),
        "stages": _stages(request, asked),
        "page_obj": Paginator(found, LINES_A_PAGE).get_page(request.GET.get("page")),
        "formats": [FORMATS[ending] for ending in WRITTEN],
        "may_open": policies.user_can_open_project(viewer, pole),
        "open_refusal": policies.reason_of(lambda: policies.check_user_can_open_project(viewer, pole)),
        "belongs": belongs,
        "waiting": len(waiting),
        "late": sum(1 for one in waiting if one.is_late),
        "meetings": coming_meetings(viewer=viewer, pole=pole, at=now(), limit=3),
        "mine_url": _address(request, asked, miens="" if asked["miens"] else "oui"),
    }
    return render(request, "projects/list.html", context)


def _kinds(request: PoleRequest, asked: dict[str, str]) -> list[dict[str, Any]]:
    tabs = [("", "Tout"), ("projets", "Projets"), ("groupes", "Groupes de travail")]
    return [
        {"label": label, "url": _address(request, asked, nature=word), "is_current": asked["nature"] == word}
        for word, label in tabs
    ]


def _stages(request: PoleRequest, asked: dict[str, str]) -> list[dict[str, Any]]:
    """How many stand at each stage: a chip that filters, and a bar."""
    counted = stage_funnel(viewer=request.viewer, pole=request.pole, kind=KINDS.get(asked["nature"], ""))
    words = {stage.value: word for word, stage in STAGES.items()}
    return [
        {
            "label": one.label,
            "count": one.count,
            "url": _address(
                request, asked, stade="" if asked["stade"] == words[one.stage] else words[one.stage]
            ),
            "is_current": asked["stade"] == words[one.stage],
        }
        for one in counted
    ]


@require_safe
@in_pole
def export(request: PoleRequest, ending: str) -> HttpResponse:
    """Give the list as a file."""
    if ending not in WRITTEN:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel ou JSON.")
    found = projects_list(viewer=request.viewer, pole=request.pole, filters=_filters(_asked(request.GET)))
    name = f"projets-{request.pole.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        PROJECTS.written(found, ending=ending),
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
