"""Record a fact that keeps a promise, correct one, look at all of them, check those that came without an account."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.ledger.drafts import EventDraft, EventOrigin
from maillage.domain.ledger.enums import EvidenceKind
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.domain.ledger.operations import correct_event
from maillage.domain.ledger.operations.recording import check_event, record_once
from maillage.domain.ledger.policies import (
    check_user_can_check_event,
    check_user_can_correct_event,
    check_user_can_record_event,
    check_user_can_see_ledger,
    user_can_run_ledger,
)
from maillage.domain.ledger.queries.history import fact_in, facts_asked, facts_of, promise_in
from maillage.domain.ledger.queries.promises import progress_of_all
from maillage.domain.ledger.queries.suggestion import Suggestion, suggested_for, units_like
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.ledger.forms import CorrectForm, RecordForm
from maillage.interfaces.web.ledger.reading import (
    day_given,
    form_mistakes,
    initial_values,
    mistakes_of,
    number_typed,
    proof_given,
)
from maillage.interfaces.web.ledger.records import FACTS
from maillage.interfaces.web.ledger.views.promises import NOT_HERE
from maillage.interfaces.web.ledger.words import done_word
from maillage.interfaces.web.takeaway import FORMATS

LINES_A_PAGE = 50
NO_FACT = "Ce fait n’existe pas, ou n’est pas à vous."
FIELD_OF = {"file": "proof", "key": ""}


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def record(request: PoleRequest, pk: int) -> HttpResponse:
    """Show what is promised, ready to be confirmed; keep what was done."""
    found = promise_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NOT_HERE)
    check_user_can_record_event(
        request.viewer, request.pole.pk, party_ids={found.provider_id, found.receiver_id}
    )
    guess = suggested_for(found)
    first = initial_values(guess.quantity, guess.unit.code, today(), key=uuid4().hex)
    form = RecordForm(initial=first, units=guess.units)
    if request.method == "POST":
        form = RecordForm(request.POST, request.FILES, units=guess.units)
        event = _recorded(request, found, form)
        if event is not None:
            said = Quantity(event.quantity, unit_named(event.unit))
            messages.success(request, f"C’est noté : {done_word(event.action_id).lower()}, {said}.")
            return redirect("ledger:promise", request.pole.slug, found.pk)
    return _page(request, found, form, guess)


def _page(request: PoleRequest, found: Commitment, form: RecordForm, guess: Suggestion) -> HttpResponse:
    context = {
        "promise": found,
        "progress": progress_of_all([found], viewer=request.viewer)[0],
        "form": form,
        "guess": guess,
        "done_word": done_word(found.action_id),
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "ledger/record.html", context, status=422 if form.errors else 200)


def _recorded(request: PoleRequest, found: Commitment, form: RecordForm) -> EconomicEvent | None:
    """Return the fact that was kept; None when the form is to be shown again with its mistakes."""
    mistakes = form_mistakes(form)
    if not mistakes:
        proof = proof_given(form)
        try:
            data = EventDraft.of(
                found,
                quantity=number_typed(form.text("quantity")),
                unit=form.text("unit"),
                happened_on=day_given(form),
                evidence_kind=EvidenceKind.PHOTO if proof is not None else EvidenceKind.STATEMENT,
                note=form.text("note"),
            )
            key = form.text("key")[:64]
            event, _ = record_once(
                data=data,
                origin=EventOrigin(key=f"web:{found.pk}:{key}" if key else None),
                by=account_of(request),
                on=today(),
                at=now(),
                proof=proof,
            )
        except UserMistake as mistake:
            mistakes |= mistakes_of(mistake, FIELD_OF)
        else:
            return event
    form.tell(mistakes)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def correct(request: PoleRequest, pk: int) -> HttpResponse:
    """Correct a fact by a new one; what it said stays readable."""
    event = fact_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if event is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NO_FACT)
    units = units_like(unit_named(event.unit))
    first = initial_values(event.quantity, event.unit, event.happened_on, evidence_kind=event.evidence_kind)
    form = CorrectForm(initial=first, units=units)
    if request.method == "POST":
        check_user_can_record_event(
            request.viewer, request.pole.pk, party_ids={event.provider_id, event.receiver_id}
        )
        form = CorrectForm(request.POST, units=units)
        if _corrected(request, event, form):
            messages.success(request, "C’est corrigé. Ce qui était noté avant reste lisible.")
            return _back(request, event)
    else:
        check_user_can_correct_event(request.viewer, event)
    context = {"event": event, "form": form, "no_bar": True, "no_capture": True}
    return render(request, "ledger/correct.html", context, status=422 if form.errors else 200)


def _corrected(request: PoleRequest, event: EconomicEvent, form: CorrectForm) -> bool:
    is_cancelled = request.POST.get("geste") == "annuler"
    mistakes = {} if is_cancelled else form_mistakes(form)
    if not mistakes:
        try:
            correct_event(
                event=event,
                quantity=number_typed("0" if is_cancelled else form.text("quantity")),
                unit=event.unit if is_cancelled else form.text("unit"),
                happened_on=event.happened_on if is_cancelled else day_given(form),
                evidence_kind=None if is_cancelled else form.text("evidence_kind") or None,
                reason=form.text("reason"),
                by=account_of(request),
                on=today(),
                at=now(),
            )
        except UserMistake as mistake:
            mistakes = mistakes_of(mistake, {"note": "reason"})
        else:
            return True
    form.tell(mistakes)
    return False


def _back(request: PoleRequest, event: EconomicEvent) -> HttpResponse:
    if event.commitment_id is not None:
        return redirect("ledger:promise", request.pole.slug, event.commitment_id)
    return redirect("ledger:facts", request.pole.slug)


@require_safe
@in_pole
def facts(request: PoleRequest) -> HttpResponse:
    """Show the facts, the latest first; those to check when asked."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    to_check = request.GET.get("voir") == "a-verifier"
    rows = facts_asked(viewer=request.viewer, pole=request.pole, to_check=to_check)
    page = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page"))
    waiting = facts_asked(viewer=request.viewer, pole=request.pole, to_check=True).count()
    context = {
        "page_obj": page,
        "facts": facts_of(page.object_list, viewer=request.viewer),
        "to_check": to_check,
        "waiting": waiting,
        "runs": user_can_run_ledger(request.viewer, request.pole.pk),
        "formats": [FORMATS[ending] for ending in ("csv", "xlsx", "json")],
    }
    return render(request, "ledger/facts.html", context)


@require_safe
@in_pole
def export_facts(request: PoleRequest, ending: str) -> HttpResponse:
    """Give the facts as a file."""
    check_user_can_see_ledger(request.viewer, request.pole.pk)
    if ending not in {"csv", "xlsx", "json"}:
        raise Http404("Ce format n’existe pas. Choisissez CSV, Excel ou JSON.")
    rows = facts_asked(
        viewer=request.viewer, pole=request.pole, to_check=request.GET.get("voir") == "a-verifier"
    )
    content = FACTS.written(facts_of(rows, viewer=request.viewer), ending=ending)
    name = f"faits-{request.pole.slug}-{today():%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=FORMATS[ending].content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@require_POST
@in_pole
def check(request: PoleRequest, pk: int) -> HttpResponse:
    """Note that a fact told without an account was checked."""
    event = fact_in(viewer=request.viewer, pole=request.pole, pk=pk)
    if event is None:
        check_user_can_see_ledger(request.viewer, request.pole.pk)
        raise Http404(NO_FACT)
    check_user_can_check_event(request.viewer, event)
    check_event(event=event, by=account_of(request), at=now())
    messages.success(request, "Vérifié. Merci.")
    return redirect(f"{request.path.rsplit('ligne/', 1)[0]}journal/?voir=a-verifier")
