"""The promises of an amendment: one more, one that changes, one that ends, one left as it was."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake, UserMistakes
from maillage.core.french import NBSP, number
from maillage.domain.agreements.operations import (
    Writing,
    add_promise,
    change_promise,
    end_promise,
    leave_promise,
)
from maillage.domain.agreements.operations.amending_promises import proposed_terms
from maillage.domain.agreements.policies import check_user_can_amend
from maillage.domain.agreements.queries import is_written, line_of, parties_of, terms_of
from maillage.domain.agreements.queries.versions import change_of, open_amendment_of
from maillage.domain.agreements.templates import read_templates
from maillage.domain.ledger.drafts import PromiseTerms
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.queries.progress import progress_now
from maillage.interfaces.web.agreements.forms import ChangedLineForm
from maillage.interfaces.web.agreements.views.promising import (
    draft_typed,
    line_form,
    line_page,
    on_its_field,
    quantity_typed,
)
from maillage.interfaces.web.agreements.views.reach import agreement_or_404, back, told, tried
from maillage.interfaces.web.agreements.views.reading import amendment_or_404
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.exchanges.forms import unit_choices

_WRITTEN = "L’avenant n° {} le dit. Vérifiez sa date et son pourquoi, puis envoyez-le à la signature."


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def add(request: PoleRequest, pk: int) -> HttpResponse:
    """Add a promise by an amendment."""
    agreement = _amended(request, pk)
    terms, parties = terms_of(agreement), parties_of(agreement)
    template = read_templates().get(terms.template) if terms else None
    if request.method != "POST":
        first = {"provider": str(parties[0].pk), "receiver": str(parties[1].pk)}
        return line_page(request, agreement, line_form(parties, template, initial=first), by_amendment=True)
    form = line_form(parties, template, data=request.POST)
    if form.is_valid():
        try:
            written = add_promise(
                agreement=agreement,
                data=draft_typed(agreement, parties, form),
                thing=form.text("thing")[:300],
                writing=_writing(request),
            )
        except (UserMistake, UserMistakes) as refused:
            form.tell(on_its_field(refused))
        else:
            messages.success(request, _WRITTEN.format(written.number))
            return back(request, pk, "avenants")
    return line_page(request, agreement, form, status=422, by_amendment=True)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def change(request: PoleRequest, pk: int, line: int) -> HttpResponse:
    """Change a promise by an amendment."""
    agreement = _amended(request, pk)
    found = _promise(agreement, line)
    if request.method != "POST":
        terms = proposed_terms(amendment=open_amendment_of(found), commitment=found)
        return _page(request, agreement, found, ChangedLineForm(initial=_initial(terms)))
    form = ChangedLineForm(request.POST)
    if form.is_valid():
        try:
            written = change_promise(commitment=found, terms=_terms(form), writing=_writing(request))
        except (UserMistake, UserMistakes) as refused:
            form.tell(on_its_field(refused))
        else:
            messages.success(request, _WRITTEN.format(written.number))
            return back(request, pk, "avenants")
    return _page(request, agreement, found, form, status=422)


@require_POST
@in_pole
def end(request: PoleRequest, pk: int, line: int) -> HttpResponse:
    """End a promise by an amendment."""
    agreement = _amended(request, pk)
    found = _promise(agreement, line)
    written = tried(request, lambda: end_promise(commitment=found, writing=_writing(request)))
    if written is None:
        return redirect("agreements:amend_promise", request.pole.slug, pk, line)
    messages.success(request, _WRITTEN.format(written.number))
    return back(request, pk, "avenants")


@require_POST
@in_pole
def leave(request: PoleRequest, pk: int, number: int, line: int) -> HttpResponse:
    """Leave a promise as it is: take its line out of the amendment."""
    amendment = amendment_or_404(_amended(request, pk), number)
    found = change_of(amendment=amendment, pk=line)
    if found is None:
        raise Http404("Cette ligne n’est pas dans l’avenant.")
    kept = found
    told(request, lambda: leave_promise(change=kept), "L’avenant ne touche plus à cet engagement.")
    return back(request, pk, "avenants")


def _amended(request: PoleRequest, pk: int) -> Agreement:
    agreement = agreement_or_404(request, pk)
    check_user_can_amend(request.viewer, agreement)
    if not is_written(agreement=agreement):
        raise Http404("Cet accord a été noté sans modèle : il n’a pas de texte à signer.")
    return agreement


def _promise(agreement: Agreement, pk: int) -> Commitment:
    found = line_of(agreement=agreement, pk=pk)
    if found is None:
        raise Http404("Cet engagement n’existe pas, ou n’existe plus.")
    return found


def _writing(request: PoleRequest) -> Writing:
    return Writing(at=now(), on=today(), by=account_of(request))


def _initial(terms: PromiseTerms) -> dict[str, Any]:
    return {
        "quantity": "" if terms.quantity is None else number(terms.quantity, digits=4).replace(NBSP, ""),
        "unit": terms.unit,
        "starts_at": terms.starts_at,
        "ends_at": terms.ends_at,
        "due_on": terms.due_on,
        "note": terms.note,
    }


def _terms(form: ChangedLineForm) -> PromiseTerms:
    kept = form.cleaned_data
    return PromiseTerms(
        quantity=quantity_typed(form.text("quantity")),
        unit=form.text("unit"),
        starts_at=kept["starts_at"],
        ends_at=kept["ends_at"],
        due_on=kept["due_on"],
        note=form.text("note"),
    )


def _page(
    request: PoleRequest,
    agreement: Agreement,
    commitment: Commitment,
    form: ChangedLineForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "line": progress_now(commitment, viewer=request.viewer),
        "form": form,
        "units": unit_choices(),
        "draft_key": f"{request.pole.slug}-accord-{agreement.pk}-engagement-{commitment.pk}",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/amended_promise.html", context, status=status)
