"""The sheet of an agreement."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.core.french import listed
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.policies import user_can_amend
from maillage.domain.agreements.queries import PaperSheet, paper_sheet
from maillage.domain.agreements.queries.trail import AwaitedLine, Trail, trail_of
from maillage.domain.agreements.readers import readers_of
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.interfaces.web.agreements.forms import AnnexForm, InviteForm
from maillage.interfaces.web.agreements.views.listing import sign_of
from maillage.interfaces.web.agreements.views.reach import agreement_or_404
from maillage.interfaces.web.door import PoleRequest, in_pole


@require_safe
@in_pole
def detail(request: PoleRequest, pk: int) -> HttpResponse:
    """Show an agreement: parties, promises both ways, terms, text, signatures."""
    return page(request, agreement_or_404(request, pk))


def page(
    request: PoleRequest,
    agreement: Agreement,
    *,
    invite: InviteForm | None = None,
    annex: AnnexForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the sheet; a form of it that was refused comes back as it was typed."""
    found = paper_sheet(viewer=request.viewer, agreement=agreement)
    refusals = found.sheet.refusals
    context = {
        "agreement": agreement,
        "found": found,
        "row": found.sheet.row,
        "sign": sign_of(agreement.state),
        "is_draft": agreement.state == AgreementState.DRAFT,
        "is_running": agreement.state in {AgreementState.ACTIVE, AgreementState.ENDED},
        "is_to_sign": agreement.state == AgreementState.TO_SIGN,
        "refusals": refusals,
        "may": {verb: not reason for verb, reason in refusals.items()},
        "has_text": found.template is not None and not found.has_unnamed,
        "annexes": found.annexes,
        "annex": annex or AnnexForm(),
        **_signing(request, agreement, found, invite),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
    }
    return render(request, "agreements/detail.html", context, status=status)


def _signing(
    request: PoleRequest, agreement: Agreement, found: PaperSheet, invite: InviteForm | None
) -> dict[str, Any]:
    """What the sheet says of the text: to whom it goes, who answered, who is awaited, what amends it."""
    runs = request.viewer.runs(request.pole.pk)
    trail = trail_of(viewer=request.viewer, agreement=agreement, parties=found.parties)
    awaited = _awaited(trail)
    is_ready = agreement.state == AgreementState.DRAFT and bool(found.template) and not found.missing
    tells = runs and (is_ready or any(one.state == "draft" for one in trail.amendments))
    may_amend = user_can_amend(request.viewer, agreement)
    unreached = [one.organisation for one in awaited if not one.letters]
    first = unreached[0] if unreached else None
    return {
        "runs": runs,
        "trail": trail,
        "moving": trail.open_amendment,
        "refused": {one.organisation_id for one in trail.answers.no},
        "readers": _said(agreement, found, trail, request) if tells else None,
        "invite": (invite or invite_form([one.organisation for one in awaited], first=first))
        if runs and awaited
        else None,
        "unreached": bool(unreached),
        "may_amend": may_amend,
        "may_change_lines": may_amend and found.template is not None and trail.open_amendment is None,
        "touched": {one.promise_id for one in trail.draft_amendment.promises}
        if trail.draft_amendment
        else (),
    }


def _said(agreement: Agreement, found: PaperSheet, trail: Trail, request: PoleRequest) -> dict[str, str]:
    """Name those who would receive a link today, and those nobody can write to yet."""
    parties = readers_of(
        agreement=agreement, parties=found.parties, on=request.viewer.on, was_sent=bool(trail.texts)
    )
    return {
        "known": listed(
            [f"{one.organisation.name} ({', '.join(one.emails)})" for one in parties if one.readers]
        ),
        "unknown": listed([one.organisation.name for one in parties if not one.readers]),
    }


def _awaited(trail: Trail) -> tuple[AwaitedLine, ...]:
    return trail.open_amendment.awaited if trail.open_amendment else trail.awaited


def invite_form(
    parties: Iterable[Organisation], *, data: Any = None, first: Organisation | None = None
) -> InviteForm:
    """Return the form that writes to one of these parties; ``first`` is chosen beforehand."""
    return InviteForm(
        data,
        parties=[(str(one.pk), one.name) for one in parties],
        initial={"organisation": str(first.pk)} if first else None,
        auto_id="inviter_%s",
    )
