"""The sheet of an agreement."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.domain.agreements.policies import user_can_amend
from maillage.domain.agreements.queries import paper_sheet
from maillage.domain.agreements.queries.signing import (
    amendment_lines,
    amendment_to_sign,
    annexes_of,
    consents_to,
    earlier_texts,
    invitations_of,
    may_sign_for,
    shown_text,
    signed_text,
    waiting_for,
)
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.interfaces.web.agreements.views.listing import sign_of
from maillage.interfaces.web.agreements.views.reach import agreement_or_404
from maillage.interfaces.web.door import PoleRequest, in_pole


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show an agreement: parties, promises both ways, terms, text, signatures."""
    agreement = agreement_or_404(request, pk)
    found = paper_sheet(viewer=request.viewer, agreement=agreement)
    if found is None:
        raise Http404("Cet accord n’existe pas, ou vous n’en êtes pas partie.")
    refusals = found.sheet.refusals
    context = {
        "agreement": agreement,
        "found": found,
        "row": found.sheet.row,
        "sign": sign_of(agreement.state),
        "is_draft": agreement.state == AgreementState.DRAFT,
        "is_to_sign": agreement.state == AgreementState.TO_SIGN,
        "refusals": refusals,
        "may": {verb: not reason for verb, reason in refusals.items()},
        **_signing(request, agreement, has_text=found.template is not None and not found.has_unnamed),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
    }
    return render(request, "agreements/detail.html", context)


def _signing(request: PoleRequest, agreement: Agreement, *, has_text: bool) -> dict[str, Any]:
    """What the sheet says of the text, of who signed it, of its amendments and annexes."""
    is_to_sign = agreement.state == AgreementState.TO_SIGN
    shown = shown_text(agreement=agreement) if is_to_sign else None
    text = shown.kept if shown else signed_text(agreement=agreement)
    amendments = amendment_lines(agreement=agreement)
    moving = amendment_to_sign(agreement=agreement) if amendments else None
    waiting = waiting_for(agreement=agreement, text=text) if is_to_sign else []
    mine = may_sign_for(viewer=request.viewer, agreement=agreement, text=text) if is_to_sign else []
    return {
        "has_text": has_text,
        "text": text,
        "consents": consents_to(text),
        "earlier": earlier_texts(agreement=agreement),
        "waiting": waiting,
        "mine": mine,
        "invitations": invitations_of(agreement=agreement) if request.viewer.runs(request.pole.pk) else (),
        "runs": request.viewer.runs(request.pole.pk),
        "annexes": annexes_of(agreement=agreement),
        "amendments": amendments,
        "has_open_amendment": any(one.state in {"draft", "to_sign"} for one in amendments),
        "moving": moving,
        "may_amend": user_can_amend(request.viewer, agreement),
    }
