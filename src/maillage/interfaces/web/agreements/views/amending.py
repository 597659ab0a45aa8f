"""Amendments: write one, change it, send it to be signed, give it up."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.agreements import operations
from maillage.domain.agreements.models import Amendment
from maillage.domain.agreements.operations import AmendmentDraft
from maillage.domain.agreements.policies import check_user_can_amend
from maillage.domain.agreements.queries import terms_of
from maillage.domain.agreements.templates import read_templates
from maillage.domain.agreements.values import typed_again
from maillage.domain.ledger.models import Agreement
from maillage.interfaces.web.agreements.doors import doors_of
from maillage.interfaces.web.agreements.forms import AmendmentForm
from maillage.interfaces.web.agreements.views.reach import agreement_or_404, back, told, tried
from maillage.interfaces.web.agreements.views.reading import amendment_or_404
from maillage.interfaces.web.agreements.views.signing import say_sent
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today

_SAID = {
    "revise": "L’avenant est repris. Une fois changé, il sera à signer de nouveau.",
    "cancel": "L’avenant est abandonné. L’accord reste comme il était.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest, pk: int) -> HttpResponse:
    """Write the next amendment."""
    agreement = agreement_or_404(request, pk)
    check_user_can_amend(request.viewer, agreement)
    return _write(request, agreement, None)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def edit(request: PoleRequest, pk: int, number: int) -> HttpResponse:
    """Change an amendment that is not sent yet."""
    agreement = agreement_or_404(request, pk)
    check_user_can_amend(request.viewer, agreement)
    return _write(request, agreement, amendment_or_404(agreement, number))


def _write(request: PoleRequest, agreement: Agreement, amendment: Amendment | None) -> HttpResponse:
    terms = terms_of(agreement)
    template = read_templates().get(terms.template) if terms else None
    if request.method != "POST":
        values = amendment.changes["values"] if amendment else terms.values if terms else {}
        initial = {
            **(typed_again(template, values) if template else {}),
            "reason": amendment.reason if amendment else "",
            "starts_on": amendment.starts_on if amendment else today(),
            "ends_on": amendment.changes["ends_on"] if amendment else agreement.ends_on,
            "conditions": amendment.changes["conditions"] if amendment else agreement.conditions,
        }
        return _page(request, agreement, amendment, AmendmentForm(initial=initial, template=template))
    form = AmendmentForm(request.POST, template=template)
    if form.is_valid():
        kept = form.cleaned_data
        data = AmendmentDraft(
            reason=kept["reason"],
            starts_on=kept["starts_on"],
            ends_on=kept["ends_on"],
            conditions=kept["conditions"],
            values=form.typed(),
        )
        try:
            if amendment is None:
                operations.open_amendment(agreement=agreement, data=data, at=now(), by=account_of(request))
            else:
                operations.update_amendment(amendment=amendment, data=data)
        except (UserMistake, UserMistakes) as refused:
            form.tell(refused)
        else:
            messages.success(request, "L’avenant est prêt. Envoyez-le à la signature.")
            return redirect("agreements:detail", request.pole.slug, agreement.pk)
    return _page(request, agreement, amendment, form, status=422)


def _page(
    request: PoleRequest,
    agreement: Agreement,
    amendment: Amendment | None,
    form: AmendmentForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "amendment": amendment,
        "form": form,
        "draft_key": f"{request.pole.slug}-accord-{agreement.pk}-avenant",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/amendment.html", context, status=status)


@require_POST
@in_pole
def move(request: PoleRequest, pk: int, number: int, verb: str) -> HttpResponse:
    """Send an amendment to be signed, take it back, give it up."""
    if verb not in {"propose", *_SAID}:
        raise Http404("Ce geste n’existe pas.")
    agreement = agreement_or_404(request, pk)
    check_user_can_amend(request.viewer, agreement)
    amendment = amendment_or_404(agreement, number)
    if verb == "propose":
        return _send(request, agreement, amendment)
    acts: dict[str, Callable[[], object]] = {
        "revise": lambda: operations.revise_amendment(amendment=amendment),
        "cancel": lambda: operations.cancel_amendment(amendment=amendment),
    }
    told(request, acts[verb], _SAID[verb])
    return back(request, pk, "avenants")


def _send(request: PoleRequest, agreement: Agreement, amendment: Amendment) -> HttpResponse:
    sending = tried(
        request,
        lambda: operations.send_amendment_to_sign(
            amendment=amendment, doors=doors_of(agreement), at=now(), on=today(), by=account_of(request)
        ),
    )
    if sending is not None:
        say_sent(request, "L’avenant est à la signature.", sending)
    return back(request, agreement.pk, "avenants")
