"""Change a draft: its terms, its parties, its promises; a line taken out can be put back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.agreements.operations import TermsDraft, put_line_back, take_line_out, update_terms
from maillage.domain.agreements.queries import line_of, parties_of, terms_of
from maillage.domain.agreements.templates import read_templates
from maillage.domain.agreements.values import typed_again
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.operations import add_party, remove_party, update_agreement
from maillage.domain.ledger.policies import check_user_can_change_agreement
from maillage.interfaces.web.agreements.forms import TermsForm
from maillage.interfaces.web.agreements.views.reach import (
    UNKNOWN,
    agreement_or_404,
    back,
    organisation_typed,
    told,
)
from maillage.interfaces.web.door import PoleRequest, in_pole, line_number


def draft_or_refuse(request: PoleRequest, pk: int) -> Agreement:
    """Return the draft to change; refuse who may not."""
    agreement = agreement_or_404(request, pk)
    check_user_can_change_agreement(request.viewer, agreement)
    return agreement


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int) -> HttpResponse:
    """Change the terms."""
    agreement = draft_or_refuse(request, pk)
    terms, parties = terms_of(agreement), parties_of(agreement)
    template = read_templates().get(terms.template) if terms else None
    named = [(str(one.pk), one.name) for one in parties]
    if request.method != "POST":
        initial = {
            "title": agreement.title,
            "starts_on": agreement.starts_on,
            "ends_on": agreement.ends_on,
            "conditions": agreement.conditions,
            "giver": str(terms.giver_id) if terms and terms.giver_id else "",
        }
        shown = typed_again(template, terms.values) if terms and template else {}
        form = TermsForm(initial={**shown, **initial}, template=template, parties=named)
        return _terms_page(request, agreement, form)
    form = TermsForm(request.POST, template=template, parties=named)
    if form.is_valid():
        kept = form.cleaned_data
        try:
            if terms is None:
                update_agreement(
                    agreement=agreement,
                    title=kept["title"],
                    starts_on=kept["starts_on"],
                    ends_on=kept["ends_on"],
                    conditions=kept["conditions"],
                )
            else:
                giver = next((one for one in parties if str(one.pk) == kept.get("giver")), None)
                update_terms(
                    agreement=agreement,
                    data=TermsDraft(
                        title=kept["title"],
                        starts_on=kept["starts_on"],
                        ends_on=kept["ends_on"],
                        conditions=kept["conditions"],
                        giver=giver,
                        values=form.typed(),
                    ),
                )
        except (UserMistake, UserMistakes) as refused:
            form.tell(refused)
        else:
            messages.success(request, "Les modalités sont à jour.")
            return back(request, pk)
    return _terms_page(request, agreement, form, status=422)


def _terms_page(
    request: PoleRequest, agreement: Agreement, form: TermsForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "form": form,
        "template": form.template,
        "draft_key": f"{request.pole.slug}-accord-{agreement.pk}",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/edit.html", context, status=status)


@require_POST
@in_pole
def parties(request: PoleRequest, pk: int) -> HttpResponse:
    """Add a party, or take one out."""
    agreement = draft_or_refuse(request, pk)
    if request.POST.get("geste") == "retirer":
        number = line_number(request.POST.get("structure", ""))
        found = next((one for one in parties_of(agreement) if one.pk == number), None)
        if found is None:
            raise Http404("Cette structure n’est pas dans l’accord.")
        gone = found
        told(
            request,
            lambda: remove_party(agreement=agreement, organisation=gone),
            f"{gone.name} n’est plus dans l’accord. Vous pouvez la rajouter ci-dessous.",
        )
        return back(request, pk, "parties")
    added = organisation_typed(request, "structure")
    if added is None:
        messages.error(request, UNKNOWN)
    else:
        come = added
        told(
            request,
            lambda: add_party(agreement=agreement, organisation=come),
            f"{come.name} est dans l’accord.",
        )
    return back(request, pk, "parties")


@require_POST
@in_pole
def take_out(request: PoleRequest, pk: int, line: int) -> HttpResponse:
    """Take a promise out of the draft."""
    found = _line(draft_or_refuse(request, pk), line)
    told(request, lambda: take_line_out(commitment=found), "Ligne retirée. Elle reste en bas de la liste.")
    return back(request, pk, "engagements")


@require_POST
@in_pole
def put_back(request: PoleRequest, pk: int, line: int) -> HttpResponse:
    """Put back a promise that was taken out."""
    found = _line(draft_or_refuse(request, pk), line)
    told(request, lambda: put_line_back(commitment=found), "La ligne est remise dans l’accord.")
    return back(request, pk, "engagements")


def _line(agreement: Agreement, pk: int) -> Commitment:
    found = line_of(agreement=agreement, pk=pk)
    if found is None:
        raise Http404("Cet engagement n’existe pas, ou n’existe plus.")
    return found
