"""The agreements: the list, the file one takes away."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.domain.agreements.policies import check_user_can_list_agreements, user_can_open_agreement
from maillage.domain.agreements.queries import AgreementFilters, AgreementLine, agreement_lines
from maillage.domain.agreements.templates import read_templates
from maillage.domain.ledger.enums import AgreementState
from maillage.interfaces.web.agreements.filters import STATES, Asked, asked_of
from maillage.interfaces.web.agreements.records import AGREEMENTS, ENDINGS
from maillage.interfaces.web.door import PoleRequest, in_pole, today
from maillage.interfaces.web.takeaway import FORMATS

LINES_A_PAGE = 50
SIGNS = {
    AgreementState.DRAFT.value: "said",
    AgreementState.TO_SIGN.value: "proposed",
    AgreementState.ACTIVE.value: "promised",
    AgreementState.ENDED.value: "done",
    AgreementState.CANCELLED.value: "aside",
}
SOON_DAYS = 30


def sign_of(state: str, days_left: int | None = None) -> str:
    """Return the sign of a state in the visual language; what ends within the month is soon, what ended is late."""
    if days_left is not None and state == AgreementState.ACTIVE:
        return "late" if days_left < 0 else "soon" if days_left <= SOON_DAYS else SIGNS[state]
    return SIGNS[state]


@require_safe
@in_pole
def listing(request: PoleRequest) -> HttpResponse:
    """Show the agreements that answer the filters."""
    check_user_can_list_agreements(request.viewer, request.pole.pk)
    asked = asked_of(query=request.GET, pole=request.pole)
    lines = agreement_lines(viewer=request.viewer, pole=request.pole, filters=asked.filters)
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page_obj": page,
        "rows": [(line, sign_of(line.state, line.days_left)) for line in page.object_list],
        "has_any": bool(page.paginator.count) or _has_any(request, asked),
        "may_open": user_can_open_agreement(request.viewer, request.pole.pk),
        "states": [(word, label) for word, (_, label) in STATES.items()],
        "templates": list(read_templates().values()),
        "formats": [FORMATS[ending] for ending in ENDINGS],
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "wide": True,
    }
    return render(request, "agreements/list.html", context)


def _has_any(request: PoleRequest, asked: Asked) -> bool:
    every = AgreementFilters()
    return bool(asked.active) and bool(
        len(agreement_lines(viewer=request.viewer, pole=request.pole, filters=every))
    )


@require_safe
@in_pole
def export(request: PoleRequest, ending: str) -> HttpResponse:
    """Give the list as a file, masked as the page is."""
    check_user_can_list_agreements(request.viewer, request.pole.pk)
    if ending not in ENDINGS:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel ou JSON.")
    asked = asked_of(query=request.GET, pole=request.pole)
    lines: list[AgreementLine] = list(
        agreement_lines(viewer=request.viewer, pole=request.pole, filters=asked.filters)
    )
    name = f"accords-{request.pole.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        AGREEMENTS.written(lines, ending=ending),
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
