"""The sheet of a structure, and the lines that prove its figures."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.domain.actors import policies
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.queries import (
    OrganisationSheet,
    organisation_in,
    organisation_sheet,
    points_of,
)
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.queries import IntentFilters, IntentView, intents_list
from maillage.domain.exchanges.queries.filters import ANY_STATE
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.queries import (
    EventLine,
    agreements_of_organisation,
    balance_of,
    events_of_organisation,
    promises_of_organisation,
)
from maillage.interfaces.web.actors.history import history_of
from maillage.interfaces.web.actors.ledger_lines import balance_rows, promise_rows, promises_sentence
from maillage.interfaces.web.actors.mapping import sheet_map
from maillage.interfaces.web.actors.reasons import reason_of
from maillage.interfaces.web.door import PoleRequest, in_pole, today
from maillage.interfaces.web.exchanges.rows import Row, rows_of

FACTS_AT_FIRST = 5
MOST_NEIGHBOURS = 12
NOT_HERE = "Cette structure n’est pas dans l’annuaire de ce pôle."


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a structure; a sheet reunited with another leads to the one that was kept."""
    sheet = organisation_sheet(viewer=request.viewer, pole=request.pole, pk=pk)
    if sheet is None:
        raise Http404(NOT_HERE)
    if sheet.merged_from is not None:
        return redirect("actors:detail", request.pole.slug, sheet.pk)
    organisation = organisation_in(pole=request.pole, pk=sheet.pk)
    if organisation is None:
        raise Http404(NOT_HERE)
    context = _head(request, sheet, organisation) | _body(request, sheet, organisation)
    return render(request, "actors/detail.html", context)


def _head(request: PoleRequest, sheet: OrganisationSheet, organisation: Organisation) -> dict[str, Any]:
    viewer, pole = request.viewer, request.pole
    running = [one for one in sheet.memberships if one.is_running]
    partners = [one for one in sheet.partnerships if one.is_running]
    return {
        "sheet": sheet,
        "head_site": sheet.sites[0] if sheet.sites else None,
        "membership": running[0] if running else None,
        "partnership": partners[0] if partners else None,
        "esus_runs": sheet.esus_until is not None and sheet.esus_until >= today(),
        "edit_refusal": reason_of(policies.check_user_can_edit_organisation, viewer, pole, organisation),
        "may_belong": policies.user_can_manage_memberships(viewer, pole),
        "may_merge": policies.user_can_merge_organisations(viewer, pole),
        "people_refusal": reason_of(policies.check_user_can_see_people, viewer, pole),
        "wide": True,
    }


def _body(request: PoleRequest, sheet: OrganisationSheet, organisation: Organisation) -> dict[str, Any]:
    viewer, pole = request.viewer, request.pole
    asked = IntentFilters(organisation=sheet.pk, state=ANY_STATE)
    intents = intents_list(viewer=viewer, pole=pole, filters=asked)[:]
    events = events_of_organisation(viewer=viewer, pole=pole, organisation=organisation)
    promises = promise_rows(promises_of_organisation(viewer=viewer, pole=pole, organisation_id=sheet.pk))
    agreements = agreements_of_organisation(viewer=viewer, pole=pole, organisation_id=sheet.pk)
    facts = history_of(
        pole=pole, sheet=sheet, intents=intents, agreements=agreements, events=events, on=today()
    )
    shown = facts if request.GET.get("histoire") == "tout" else facts[:FACTS_AT_FIRST]
    done_with = [_other(line, sheet.pk) for line in events]
    near = list(dict.fromkeys([*done_with, *(row.other_id for row in promises if not row.is_done)]))
    others = points_of([one for one in near if one != sheet.pk][:MOST_NEIGHBOURS])
    balances = balance_of(events, organisation_id=sheet.pk)
    return {
        "needs": _open_rows(request, intents, IntentKind.NEED),
        "offers": _open_rows(request, intents, IntentKind.OFFER),
        "promises": promises,
        "promises_sentence": promises_sentence(promises),
        "balance": balance_rows(balances, lines_url=reverse("actors:lines", args=[pole.slug, sheet.pk])),
        "first_day": min((line.happened_on for line in events), default=None),
        "last_day": max((line.happened_on for line in events), default=None),
        "sees_ledger": viewer.runs(pole.pk) or sheet.pk in spoken_for(viewer, pole.pk),
        "facts": shown,
        "more_facts": len(facts) - len(shown),
        "map": sheet_map(pole=pole, sheet=sheet, others=others, done_with=set(done_with)),
    }


def _open_rows(request: PoleRequest, intents: list[IntentView], kind: str) -> list[Row]:
    """What is still to answer first, then what found an answer; what was withdrawn stays in the history."""
    kept = [view for view in intents if view.kind == kind and view.state != IntentState.WITHDRAWN]
    kept.sort(key=lambda view: view.state != IntentState.OPEN)
    return rows_of(pole=request.pole, views=kept)


def _other(line: EventLine, pk: int) -> int:
    return line.receiver_id if line.provider_id == pk else line.provider_id


@require_safe
@in_pole
def lines(request: PoleRequest, pk: int) -> HttpResponse:
    """Show the facts behind a figure of the sheet, with their proof."""
    organisation = organisation_in(pole=request.pole, pk=pk)
    if organisation is None:
        raise Http404(NOT_HERE)
    code, side = request.GET.get("type", ""), request.GET.get("sens", "")
    events = [
        line
        for line in events_of_organisation(
            viewer=request.viewer, pole=request.pole, organisation=organisation
        )
        if (not code or line.type_code == code) and _is_on(line, pk, side)
    ]
    context = {
        "organisation": organisation,
        "lines": events,
        "type_label": events[0].type_label if events and code else "",
        "side": side if side in {"donne", "recu"} else "",
        "wide": True,
    }
    return render(request, "actors/lines.html", context)


def _is_on(line: EventLine, pk: int, side: str) -> bool:
    if line.provider_id == line.receiver_id:
        return side not in {"donne", "recu"}
    return {"donne": line.provider_id == pk, "recu": line.receiver_id == pk}.get(side, True)
