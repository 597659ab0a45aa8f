"""Open an agreement: what kind, between whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.operations import open_agreement
from maillage.domain.agreements.policies import check_user_can_open_agreement
from maillage.domain.agreements.templates import read_templates
from maillage.interfaces.web.agreements.forms import NewAgreementForm
from maillage.interfaces.web.agreements.views.reach import UNKNOWN, organisation_typed
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now

_MISSING = {"first": "Dites qui s’accorde.", "second": "Dites avec qui."}


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def new(request: PoleRequest) -> HttpResponse:
    """Open a draft."""
    check_user_can_open_agreement(request.viewer, request.pole.pk)
    if request.method != "POST":
        return _page(request, NewAgreementForm(initial={"template": request.GET.get("modele", "")}))
    form = NewAgreementForm(request.POST)
    is_valid = form.is_valid()
    parties: list[Organisation] = []
    for name, missing in _MISSING.items():
        found = organisation_typed(request, name)
        if found is not None:
            parties.append(found)
        else:
            form.add_error(name, UNKNOWN if form.text(f"{name}_text") else missing)
            is_valid = False
    if is_valid:
        try:
            made = open_agreement(
                pole=request.pole,
                template=form.cleaned_data["template"],
                title=form.cleaned_data["title"],
                parties=parties,
                at=now(),
                by=account_of(request),
            )
        except (UserMistake, UserMistakes) as refused:
            form.tell(refused)
        else:
            messages.success(
                request, "L’accord est ouvert, en brouillon. Remplissez-le, puis envoyez-le à signer."
            )
            return redirect("agreements:detail", request.pole.slug, made.pk)
    return _page(request, form, status=422)


def _page(request: PoleRequest, form: NewAgreementForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "templates": list(read_templates().values()),
        "chosen": form["template"].value() or "",
        "texts": {name: form.text(f"{name}_text") for name in _MISSING},
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "draft_key": f"{request.pole.slug}-accord-nouveau",
        "no_bar": True,
        "no_capture": True,
    }
    return render(request, "agreements/new.html", context, status=status)
