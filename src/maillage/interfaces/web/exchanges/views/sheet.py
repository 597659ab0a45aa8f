"""The sheet of a need or an offer."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind, IntentState, Visibility
from maillage.domain.exchanges.queries import (
    IntentSheet,
    choices,
    intent_sheet,
    merge_into,
    merges_of,
    visible_intent,
)
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.gathering.queries.review import origins_of
from maillage.domain.matching.policies import user_can_see_matches_of
from maillage.domain.projects.policies import user_can_open_project
from maillage.domain.projects.queries import projects_for_need
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.exchanges.mapping import sheet_map
from maillage.interfaces.web.exchanges.nearby import side_words
from maillage.interfaces.web.exchanges.rows import state_sign
from maillage.interfaces.web.gathering.origins import origin_of

REASONS = ("Ce n’est plus d’actualité", "C’est réglé autrement", "C’est un doublon", "Noté par erreur")


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the thread."""

    on: date
    kind: str
    state: str
    title: str
    text: str


def _thread(found: IntentSheet) -> list[Fact]:
    """The history, newest first."""
    return [
        Fact(
            on=localdate(line.at),
            kind=state_sign(line.state),
            state="",
            title=line.text[:1].upper() + line.text[1:],
            text=". ".join(part for part in (line.reason.rstrip("."), line.by) if part),
        )
        for line in found.history
    ]


def _leads_address(request: PoleRequest, pk: int) -> str:
    """The leads of the intent, for those who may read them."""
    if not request.viewer.is_signed_in:
        return ""
    intent = visible_intent(viewer=request.viewer, pole=request.pole, pk=pk)
    allowed = intent is not None and user_can_see_matches_of(viewer=request.viewer, intent=intent)
    return reverse("matching:intent", args=[request.pole.slug, pk]) if allowed else ""


def _sees(request: PoleRequest, pk: int) -> bool:
    return visible_intent(viewer=request.viewer, pole=request.pole, pk=pk) is not None


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a need or an offer as the viewer may see it."""
    gathered = merge_into(pole=request.pole, pk=pk)
    if gathered is not None and _sees(request, pk) and _sees(request, gathered.kept_id):
        return redirect("exchanges:detail", request.pole.slug, gathered.kept_id)
    found = intent_sheet(viewer=request.viewer, pk=pk)
    if found is None or found.view.pole_id != request.pole.pk:
        raise Http404("Ce besoin ou cette offre n’existe pas, ou n’est pas visible pour vous.")
    view, runs = found.view, request.viewer.runs(request.pole.pk)
    mine = choices.spoken_for_in(viewer=request.viewer, pole=request.pole) if not runs else []
    already = {line.organisation_id for line in found.supports}
    context = {
        "found": found,
        "view": view,
        "may": {verb: not reason for verb, reason in found.refusals.items()},
        "sign": state_sign(view.state),
        "words": side_words(view.kind),
        "is_need": view.kind == IntentKind.NEED,
        "is_secret": view.visibility in {Visibility.ANONYMOUS, Visibility.FACILITATORS},
        "thread": _thread(found),
        "map": sheet_map(pole=request.pole, view=view),
        "runs": runs,
        "merges": merges_of(pole=request.pole, pk=pk) if runs else [],
        "belongs": request.viewer.belongs(request.pole.pk),
        "origins": [(one.pk, origin_of(one)) for one in origins_of(pk)] if runs else [],
        "supporters": [
            one for one in mine if not view.author or (one.pk != view.author.pk and one.pk not in already)
        ],
        "spoken_for": spoken_for(request.viewer, request.pole.pk),
        "reasons": REASONS,
        "channels": EvidenceChannel.choices,
        "leads_url": _leads_address(request, pk) if view.state != IntentState.WITHDRAWN else "",
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "projects": projects_for_need(viewer=request.viewer, pole=request.pole, need_id=pk),
        "may_open_group": view.kind == IntentKind.NEED
        and view.state != IntentState.WITHDRAWN
        and user_can_open_project(request.viewer, request.pole),
    }
    return render(request, "exchanges/detail.html", context)
