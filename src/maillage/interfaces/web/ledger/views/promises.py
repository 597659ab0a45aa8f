"""Promises: the list with its filters, one promise with its facts, the file one takes away."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.domain.agreements.queries.versions import versions_of
from maillage.domain.ledger.policies import (
    check_user_can_see_ledger,
    user_can_make_label,
    user_can_record_event,
)
from maillage.domain.ledger.queries.history import facts_asked, facts_of, progress_by_facts, promise_in
from maillage.domain.ledger.queries.promises import (
    PromiseFilters,
    When,
    progress_by_blocks,
    progress_of_all,
    promises_asked,
)
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number, today
from maillage.interfaces.web.ledger.records import PROMISES
from maillage.interfaces.web.takeaway import FORMATS

LINES_A_PAGE = 50
NOT_HERE = "Cet engagement n’existe pas, ou n’est pas à vous."
TABS = (
    ("", When.OPEN, "À tenir"),
    ("retard", When.LATE, "En retard"),
    ("mois", When.MONTH, "Ce mois-ci"),
    ("faits", When.DONE, "Faits"),
)
_WHEN = {word: when for word, when, _ in TABS}
_TAKEN = ("csv", "xlsx", "json")


def _asked(request: PoleRequest) -> tuple[PromiseFilters, dict[str, str]]:
    """Read the address; what is not understood is left out."""
    word = request.GET.get("quand", "")
    text = request.GET.get("texte", "").strip()[:100]
    is_mine = request.GET.get("miens") == "oui"
    organisation = line_number(request.GET.get("structure", ""))
    agreement = line_number(request.GET.get("accord", ""))
    values = {
        "quand": word if word in _WHEN else "",
        "miens": "oui" if is_mine else "",
        "texte": text,
        "structure": str(organisation or ""),
        "accord": str(agreement or ""),
    }
    filters = PromiseFilters(
        when=_WHEN[values["quand"]],
        is_mine=is_mine,
        text=text,
        organisation_id=organisation,
        agreement_id=agreement,
    )
    return filters, values


@require_safe
@in_pole
def promises(request: PoleRequest) -> HttpResponse:
    """Show the promises that answer the filters."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    filters, values = _asked(request)
    counts = {
        word: promises_asked(
            viewer=request.viewer, pole=request.pole, filters=replace(filters, when=when)
        ).count()
        for word, when, _ in TABS
    }
    rows = promises_asked(viewer=request.viewer, pole=request.pole, filters=filters)
    page = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "values": values,
        "query": urlencode([(name, value) for name, value in values.items() if value]),
        "tabs": _tabs(values, counts),
        "page_obj": page,
        "rows": progress_of_all(list(page.object_list), viewer=request.viewer),
        "is_filtered": bool(values["texte"] or values["miens"] or values["structure"] or values["accord"]),
        "total": sum(counts.values()),
        "formats": [FORMATS[ending] for ending in _TAKEN],
        "speaks": bool(request.viewer.organisations_in(request.pole.pk)),
    }
    return render(request, "ledger/promises.html", context)


def _tabs(values: dict[str, str], counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": "?" + urlencode([(n, v) for n, v in ({**values, "quand": word}).items() if v]),
            "count": counts[word],
            "is_current": values["quand"] == word,
        }
        for word, _, label in TABS
    ]


@require_safe
@in_pole
def promise(request: PoleRequest, pk: int) -> HttpResponse:
    """Show a promise, how far it is, every fact that proves it."""
    found = promise_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NOT_HERE)
    parties = {found.provider_id, found.receiver_id}
    facts = facts_of(
        facts_asked(viewer=request.viewer, pole=request.pole, commitment=found), viewer=request.viewer
    )
    context = {
        "promise": found,
        "progress": progress_by_facts(found, facts, viewer=request.viewer),
        "facts": facts,
        "versions": versions_of(found),
        "may_record": user_can_record_event(request.viewer, request.pole.pk, party_ids=parties),
        "may_label": user_can_make_label(request.viewer, request.pole.pk, party_ids=parties),
    }
    return render(request, "ledger/promise.html", context)


@require_safe
@in_pole
def export(request: PoleRequest, ending: str) -> HttpResponse:
    """Give the promises as a file, with how far each is."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    if ending not in _TAKEN:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel ou JSON.")
    filters, _ = _asked(request)
    rows = promises_asked(viewer=request.viewer, pole=request.pole, filters=filters)
    content = PROMISES.written(progress_by_blocks(rows.iterator(500), viewer=request.viewer), ending=ending)
    name = f"engagements-{request.pole.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
