"""Labels with a QR code: made, printed, revoked; scanned without an account."""

from uuid import uuid4

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.ledger.enums import CommitmentState
from maillage.domain.ledger.models import EconomicEvent, RecordingLabel
from maillage.domain.ledger.operations.labels import (
    REVOKED,
    label_of,
    label_token,
    make_label,
    record_by_label,
    revoke_label,
)
from maillage.domain.ledger.policies import check_user_can_make_label, check_user_can_see_ledger
from maillage.domain.ledger.queries.history import promise_in
from maillage.domain.ledger.queries.labels import label_in, labels_of
from maillage.domain.ledger.queries.suggestion import suggested_by
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.ledger.forms import LabelForm, ScanForm
from maillage.interfaces.web.ledger.reading import (
    day_given,
    form_mistakes,
    initial_values,
    mistakes_of,
    number_typed,
    proof_given,
)
from maillage.interfaces.web.ledger.views.promises import NOT_HERE
from maillage.interfaces.web.ledger.views.recording import FIELD_OF
from maillage.interfaces.web.ledger.words import done_word

NO_LABEL = "Cette étiquette n’existe pas, ou n’est pas à vous."
_TOLD_BY = "ledger-told-by"


def scan_address(request: HttpRequest, label: RecordingLabel) -> str:
    """Return the whole address that the code of a label holds."""
    return request.build_absolute_uri(reverse("ledger:scan", args=[label.pole.slug, label_token(label)]))


def drawn_code(address: str, title: str) -> SafeString:
    """Draw the code, for the page and for the printer."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(
        omitsize=True, border=2, title=title, svgclass="qr", lineclass="qr-lines", dark="#000", light="#fff"
    )
    return mark_safe(drawing)  # noqa: S308 - segno escapes the title; the rest are numbers


@require_safe
@in_pole
def labels(request: PoleRequest) -> HttpResponse:
    """Show the labels, those in use first."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    return render(
        request, "ledger/labels.html", {"labels": labels_of(viewer=request.viewer, pole=request.pole)}
    )


@require_safe
@in_pole
def sheet(request: PoleRequest) -> HttpResponse:
    """Show the labels in use as a sheet to print and to cut; one alone when asked."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    rows = labels_of(viewer=request.viewer, pole=request.pole).filter(revoked_at__isnull=True)
    asked = request.GET.get("etiquette", "")
    shown = [one for one in rows[:200] if not asked or str(one.pk) == asked]
    context = {
        "labels": [
            {
                "label": one,
                "code": drawn_code(scan_address(request, one), one.name),
                "done_word": done_word(one.action_id),
            }
            for one in shown
        ],
        "no_bar": True,
    }
    return render(request, "ledger/label_sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new_label(request: PoleRequest, pk: int) -> HttpResponse:
    """Make the label of a promise."""
    found = promise_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NOT_HERE)
    check_user_can_make_label(
        request.viewer, request.pole.pk, party_ids={found.provider_id, found.receiver_id}
    )
    form = LabelForm(initial={"name": found.resource.name if found.resource else ""})
    if request.method == "POST":
        form = LabelForm(request.POST)
        mistakes = form_mistakes(form)
        if not mistakes:
            try:
                usual = form.text("usual")
                made = make_label(
                    commitment=found,
                    name=form.text("name"),
                    by=account_of(request),
                    at=now(),
                    usual=number_typed(usual, field="usual") if usual else None,
                )
            except UserMistake as mistake:
                mistakes = mistakes_of(mistake, {})
            else:
                messages.success(request, "L’étiquette est prête : imprimez-la, collez-la.")
                return redirect(
                    f"{reverse('ledger:label_sheet', args=[request.pole.slug])}?etiquette={made.pk}"
                )
        form.tell(mistakes)
    context = {
        "promise": found,
        "form": form,
        "is_open": found.state != CommitmentState.CANCELLED,
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "ledger/new_label.html", context, status=422 if form.errors else 200)


@require_POST
@in_pole
def revoke(request: PoleRequest, pk: int) -> HttpResponse:
    """Revoke a label."""
    found = label_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NO_LABEL)
    check_user_can_make_label(
        request.viewer, request.pole.pk, party_ids={found.provider_id, found.receiver_id}
    )
    revoke_label(label=found, at=now())
    messages.success(request, f"« {found.name} » ne sert plus. Ce qui a été noté reste.")
    return redirect("ledger:labels", request.pole.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def scan(request: PoleRequest, token: str) -> HttpResponse:
    """Record what one did beside the label, without an account; who records says so."""
    label = label_of(token)
    if label is None or label.pole_id != request.pole.pk:
        raise Http404("Ce code ne se lit pas. Scannez l’étiquette de nouveau.")
    if label.revoked_at is not None:
        return _scanned(request, "ledger/scan_over.html", {"reason": REVOKED, "no_bar": True}, 410)
    guess = suggested_by(label)
    first = initial_values(
        guess.quantity,
        guess.unit.code,
        today(),
        key=uuid4().hex,
        told_by=str(request.session.get(_TOLD_BY, "")),
    )
    form = ScanForm(initial=first, units=guess.units)
    if request.method == "POST":
        form = ScanForm(request.POST, request.FILES, units=guess.units)
        event = _told(request, label, form)
        if event is not None:
            said = Quantity(event.quantity, unit_named(event.unit))
            messages.success(request, f"C’est noté : {done_word(event.action_id).lower()}, {said}. Merci.")
            return redirect("ledger:scan", request.pole.slug, token)
    context = {
        "label": label,
        "form": form,
        "done_word": done_word(label.action_id),
        "no_bar": True,
        "no_capture": True,
    }
    return _scanned(request, "ledger/scan.html", context, 422 if form.errors else 200)


def _scanned(request: PoleRequest, template: str, context: dict[str, object], status: int) -> HttpResponse:
    answer = render(request, template, context, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _told(request: PoleRequest, label: RecordingLabel, form: ScanForm) -> EconomicEvent | None:
    mistakes = form_mistakes(form)
    if not mistakes:
        try:
            event, _ = record_by_label(
                label=label,
                told_by=form.text("told_by"),
                quantity=number_typed(form.text("quantity")),
                unit=form.text("unit"),
                happened_on=day_given(form),
                key=form.text("key")[:64] or uuid4().hex,
                on=today(),
                at=now(),
                note=form.text("note"),
                proof=proof_given(form),
            )
        except UserMistake as mistake:
            mistakes = mistakes_of(mistake, FIELD_OF)
        else:
            request.session[_TOLD_BY] = form.text("told_by")
            return event
    form.tell(mistakes)
    return None
