"""Ask whether sheets still hold, and take the answer without an account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.days.models import ConfirmationRequest
from maillage.domain.days.operations import (
    answer_confirmation,
    ask_confirmation,
    lines_to_confirm,
    request_of,
)
from maillage.domain.days.operations.confirmation import EXPIRED
from maillage.domain.days.policies import check_user_can_see_cockpit
from maillage.domain.days.queries.stale import structures_named
from maillage.domain.mail.links import read, sign
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today

PURPOSE = "confirmation"


def _address(request: ConfirmationRequest) -> str:
    path = reverse("days:answer", args=[sign(PURPOSE, {"request": request.pk})])
    return settings.SITE_ADDRESS.rstrip("/") + path


@require_POST
@in_pole
def ask(request: PoleRequest) -> HttpResponse:
    """Write to the structures that are ticked."""
    check_user_can_see_cockpit(request.viewer, request.pole)
    keys = [key for text in request.POST.getlist("structure") if (key := line_number(text)) is not None]
    chosen = structures_named(pole=request.pole, keys=keys, on=today())
    if not chosen:
        messages.error(request, "Cochez au moins une structure à qui demander.")
        return redirect("days:today", request.pole.slug)
    asked = ask_confirmation(
        pole=request.pole,
        organisations=chosen,
        by=account_of(request),
        on=today(),
        at=now(),
        address=_address,
    )
    letters = plural(asked.letters, "lettre part", "lettres partent")
    messages.success(request, f"{asked.letters}{NBSP}{letters} dans la minute.")
    if asked.without_address:
        names = ", ".join(asked.without_address)
        messages.warning(
            request, f"Sans adresse : {names}. Ajoutez un courriel à leur fiche, puis redemandez."
        )
    return redirect("days:today", request.pole.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is to be confirmed; a GET answers nothing: mail programs open links by themselves."""
    signed = read(PURPOSE, token)
    try:
        if signed is None:
            raise UserMistake(EXPIRED)
        found = request_of(pk=int(signed["request"]), on=today())
        if request.method == "POST":
            return _answered(request, found)
    except UserMistake as mistake:
        return render(request, "days/answer_over.html", {"text": mistake.message}, status=410)
    lines = lines_to_confirm(pole=found.pole, organisation=found.organisation, on=today())
    return render(request, "days/answer.html", {"asked": found, "lines": lines})


def _answered(request: HttpRequest, found: ConfirmationRequest) -> HttpResponse:
    kept = {key for text in request.POST.getlist("tient") if (key := line_number(text)) is not None}
    said = answer_confirmation(request=found, kept=kept, on=today(), at=now())
    return render(request, "days/answered.html", {"asked": found, "said": said})
