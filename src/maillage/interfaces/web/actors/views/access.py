"""Asking to come into a pole, and answering those who ask."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.errors import Refused, UserMistake, UserMistakes
from maillage.domain.actors import operations, policies
from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import AccessRequest, Account, Organisation
from maillage.domain.actors.queries import accounts_that_run, organisation_in, request_in, requests_of
from maillage.domain.exchanges.queries import choices
from maillage.interfaces.web.accounts.identity import forget_identity, identity_shown
from maillage.interfaces.web.accounts.letters import (
    send_invitation,
    tell_new_role,
    tell_refusal,
    tell_request,
)
from maillage.interfaces.web.accounts.throttle import too_many
from maillage.interfaces.web.actors.access_forms import AnswerForm, AskForm
from maillage.interfaces.web.actors.reading import form_mistakes
from maillage.interfaces.web.actors.unhurried import TRAP, check_unhurried, stamp
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def ask(request: PoleRequest) -> HttpResponse:
    """Ask for an access: who one is, for which structure, in a few words."""
    shown = identity_shown(request)
    form = AskForm(initial=shown.initial if shown else None)
    if request.method == "POST":
        form = AskForm(request.POST)
        wait = too_many(request, "ask_access", form.text("email").lower())
        if wait is not None:
            return wait
        asked = _asked(request, form)
        if asked is not None:
            forget_identity(request)
            return redirect("access:asked", request.pole.slug)
    context = {
        "form": form,
        "trap": TRAP,
        "stamp": stamp(now()),
        "identity": shown,
        "organisation_text": form.text("organisation_text") or (shown.organisation if shown else ""),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "no_capture": True,
    }
    return render(request, "actors/ask.html", context, status=422 if form.errors else 200)


def _asked(request: PoleRequest, form: AskForm) -> AccessRequest | None:
    """Write the request that was typed; None when the form is to be shown again."""
    mistakes = form_mistakes(form)
    organisation, name = _structure(request, form)
    try:
        check_unhurried(trap=request.POST.get(TRAP, ""), stamped=request.POST.get("heure", ""), at=now())
        if not mistakes:
            return _kept(request, form, organisation, name)
    except UserMistakes as several:
        mistakes |= several.by_field
    except UserMistake as mistake:
        mistakes[mistake.field or "__all__"] = mistake.message
    form.tell(mistakes)
    return None


def _structure(request: PoleRequest, form: AskForm) -> tuple[Organisation | None, str]:
    """The structure chosen in the list or found by its exact name, and the words typed."""
    number, text = line_number(form.text("organisation")), form.text("organisation_text")[:200]
    if number is not None:
        found = organisation_in(pole=request.pole, pk=number)
    else:
        found = choices.organisation_named(pole=request.pole, name=text) if text else None
    return found, text


@transaction.atomic
def _kept(request: PoleRequest, form: AskForm, organisation: Organisation | None, name: str) -> AccessRequest:
    shown, at = identity_shown(request), now()
    asked = operations.ask_access(
        pole=request.pole,
        given_name=form.text("given_name"),
        family_name=form.text("family_name"),
        email=form.text("email"),
        organisation=organisation,
        organisation_name=name,
        words=form.text("words"),
        identity=shown.identity if shown else None,
        at=at,
    )
    tell_request(asked=asked, team=list(accounts_that_run(request.pole, today())), at=at)
    return asked


@require_safe
@in_pole
def asked(request: PoleRequest) -> HttpResponse:
    """Say that the request is kept."""
    return render(request, "actors/asked.html", {"no_capture": True})


@never_cache
@require_safe
@in_pole
def requests(request: PoleRequest) -> HttpResponse:
    """List the requests: those that wait, then the answered ones."""
    policies.check_user_can_answer_access_request(request.viewer, request.pole)
    rows = list(requests_of(request.pole)[:200])
    context = {
        "waiting": [row for row in rows if row.answered_at is None],
        "answered": [row for row in rows if row.answered_at is not None],
        "may_invite": policies.user_can_manage_mandates(request.viewer, request.pole),
        "no_capture": True,
    }
    return render(request, "actors/requests.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def answer(request: PoleRequest, pk: int) -> HttpResponse:
    """Read one request; say yes with a role, or no with a reason."""
    policies.check_user_can_answer_access_request(request.viewer, request.pole)
    found = request_in(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cette demande n’existe pas.")
    roles = _roles(request)
    form = AnswerForm(initial=_first_answer(found), roles=roles)
    if request.method == "POST":
        form = AnswerForm(request.POST, roles=roles)
        sentence = _answered(request, form, found)
        if sentence:
            messages.success(request, sentence)
            return redirect("access:requests", request.pole.slug)
    context = {
        "asked": found,
        "form": form,
        "organisation_text": form.text("organisation_text") or _structure_said(found),
        "organisations_url": reverse("exchanges:organisations", args=[request.pole.slug]),
        "gives_less": len(roles) < len(MandateRole.choices),
        "no_capture": True,
    }
    return render(request, "actors/request.html", context, status=422 if form.errors else 200)


def _roles(request: PoleRequest) -> list[tuple[str, str]]:
    """The roles that this person may give."""
    return [
        (code, str(label))
        for code, label in MandateRole.choices
        if policies.user_can_give_role(request.viewer, request.pole, code)
    ]


def _structure_said(found: AccessRequest) -> str:
    return found.organisation.name if found.organisation else found.organisation_name


def _first_answer(found: AccessRequest) -> dict[str, Any]:
    return {"role": MandateRole.REPRESENTATIVE.value, "organisation": found.organisation_id or ""}


def _answered(request: PoleRequest, form: AnswerForm, found: AccessRequest) -> str:
    """Write the answer; nothing when the form is to be shown again."""
    mistakes = form_mistakes(form)
    account = account_of(request)
    if account is None:
        raise Refused("Connectez-vous d’abord.")
    if not mistakes:
        try:
            if request.POST.get("geste") == "refuser":
                return _refused(form, found, account)
            return _accepted(request, form, found, account)
        except UserMistakes as several:
            mistakes |= several.by_field
        except UserMistake as mistake:
            mistakes[mistake.field or "__all__"] = mistake.message
    form.tell(mistakes)
    return ""


@transaction.atomic
def _refused(form: AnswerForm, found: AccessRequest, account: Account) -> str:
    answered = operations.refuse_access(request=found, reason=form.text("reason"), by=account, at=now())
    tell_refusal(asked=answered, at=now())
    return f"{found} reçoit votre réponse."


@transaction.atomic
def _accepted(request: PoleRequest, form: AnswerForm, found: AccessRequest, account: Account) -> str:
    role = form.text("role")
    if not role:
        raise UserMistake("Choisissez un rôle.", field="role")
    policies.check_user_can_give_role(request.viewer, request.pole, role)
    number, text = line_number(form.text("organisation")), form.text("organisation_text")[:200]
    organisation = organisation_in(pole=request.pole, pk=number) if number is not None else None
    if organisation is None and text:
        organisation = choices.organisation_named(pole=request.pole, name=text)
        if organisation is None:
            raise UserMistake(
                f"Aucune structure du pôle ne s’appelle « {text} ». Ajoutez-la d’abord à l’annuaire.",
                field="organisation",
            )
    at = now()
    invited = operations.accept_access(
        request=found, role=role, organisation=organisation, by=account, at=at, on=today()
    )
    label = invited.mandate.get_role_display()
    if invited.is_new:
        send_invitation(account=invited.account, pole=request.pole, role=label, at=at)
        return f"{found} reçoit à {invited.account.email} un lien pour entrer."
    tell_new_role(
        account=invited.account, pole=request.pole, role=label, key=f"access-accepted:{found.pk}", at=at
    )
    return f"{found} avait déjà un compte : son nouveau rôle y est."
