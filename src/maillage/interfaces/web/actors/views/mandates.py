"""Who is what in the pole: list, give, end; for those who administer it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors import operations, policies
from maillage.domain.actors.models import Organisation
from maillage.domain.actors.queries import mandate_in, mandates_of, organisation_in
from maillage.domain.exchanges.queries import choices
from maillage.interfaces.web.accounts.letters import send_invitation, tell_new_role
from maillage.interfaces.web.actors.forms import MandateForm
from maillage.interfaces.web.actors.reading import form_mistakes
from maillage.interfaces.web.door import PoleRequest, in_pole, now, today


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def mandates(request: PoleRequest) -> HttpResponse:
    """Show the roles of the pole; give one, or end one."""
    policies.check_user_can_manage_mandates(request.viewer, request.pole)
    mistake = ""
    form = MandateForm(initial={"since": today()})
    if request.method == "POST" and request.POST.get("geste") == "terminer":
        mistake = _ended(request)
    elif request.method == "POST":
        form = MandateForm(request.POST)
        sentence = _given(request, form)
        if sentence:
            messages.success(request, sentence)
            return redirect("actors:mandates", request.pole.slug)
        mistake = "-"
    if request.method == "POST" and not mistake:
        return redirect("actors:mandates", request.pole.slug)
    context = _shown(request, form) | {"mistake": mistake.strip("-")}
    return render(request, "actors/mandates.html", context, status=422 if mistake else 200)


def _shown(request: PoleRequest, form: MandateForm) -> dict[str, Any]:
    rows, day = list(mandates_of(request.pole)), today()
    return {
        "form": form,
        "running": [row for row in rows if row.until is None or row.until > day],
        "past": [row for row in rows if row.until is not None and row.until <= day],
        "organisation_text": form.text("organisation_text"),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "no_capture": True,
    }


def _ended(request: PoleRequest) -> str:
    """End a mandate today; return the sentence of a refusal."""
    number = request.POST.get("numero", "")
    found = mandate_in(pole=request.pole, pk=int(number)) if number.isascii() and number.isdigit() else None
    if found is None:
        raise Http404("Ce mandat n’existe pas.")
    try:
        operations.end_mandate(mandate=found, on=max(today(), found.since + timedelta(days=1)))
    except UserMistake as mistake:
        return mistake.message
    messages.success(request, f"Le mandat de {found.person} est terminé.")
    return ""


def _given(request: PoleRequest, form: MandateForm) -> str:
    """Give the role that was typed; nothing when the form is to be shown again."""
    mistakes = form_mistakes(form)
    if not form.text("given_name"):
        mistakes["given_name"] = "Donnez au moins le prénom de la personne."
    if not form.text("role"):
        mistakes.setdefault("role", "Choisissez un rôle.")
    organisation = _organisation(request, form, mistakes)
    if not mistakes:
        try:
            return _written(request, form, organisation)
        except UserMistakes as several:
            mistakes |= several.by_field
        except UserMistake as mistake:
            mistakes[mistake.field or "__all__"] = mistake.message
    form.tell(mistakes)
    return ""


def _organisation(request: PoleRequest, form: MandateForm, mistakes: dict[str, str]) -> Organisation | None:
    number, text = form.text("organisation"), form.text("organisation_text")[:200]
    found = None
    if number.isascii() and number.isdigit() and len(number) < 10:
        found = organisation_in(pole=request.pole, pk=int(number))
    elif text:
        found = choices.organisation_named(pole=request.pole, name=text)
    if found is None and (number or text):
        mistakes["organisation"] = (
            f"Aucune structure du pôle ne s’appelle « {text} ». Choisissez-la dans la liste."
        )
    return found


@transaction.atomic
def _written(request: PoleRequest, form: MandateForm, organisation: Organisation | None) -> str:
    role, day = form.text("role"), form.cleaned_data["since"]
    given, family, email = form.text("given_name"), form.text("family_name"), form.text("email")
    if not email:
        person = operations.create_person(given_name=given, family_name=family)
        operations.give_mandate(
            person=person, pole=request.pole, role=role, since=day, organisation=organisation
        )
        return f"{person} : c’est noté. Sans courriel, cette personne ne peut pas se connecter."
    invited = operations.invite(
        email=email,
        given_name=given,
        family_name=family,
        pole=request.pole,
        role=role,
        on=day,
        organisation=organisation,
    )
    label = invited.mandate.get_role_display()
    if not invited.is_new:
        key = f"new-role:{invited.mandate.pk}"
        tell_new_role(account=invited.account, pole=request.pole, role=label, key=key, at=now())
        return f"{invited.mandate.person} avait déjà un compte : son nouveau rôle y est."
    send_invitation(account=invited.account, pole=request.pole, role=label, at=now())
    return f"{invited.mandate.person} reçoit à {invited.account.email} un lien pour entrer."
