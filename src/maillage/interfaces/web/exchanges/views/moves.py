"""The gestures: confirm, withdraw, reopen, duplicate, support, and the same on many lines."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from maillage.core.errors import Refused, UserMistake, UserMistakes
from maillage.core.french import NBSP, plural
from maillage.domain.actors.models import Organisation
from maillage.domain.exchanges import operations, policies
from maillage.domain.exchanges.drafts import EvidenceDraft
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import choices, intents_for_change, visible_intent
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, now, today
from maillage.interfaces.web.exchanges import bulk
from maillage.interfaces.web.exchanges.reading import whole_number

MOST_AT_ONCE = 500


def intent_or_404(request: PoleRequest, pk: int) -> Intent:
    """Return an intent that the viewer sees, or say that there is none."""
    found = visible_intent(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Ce besoin ou cette offre n’existe pas, ou n’est pas visible pour vous.")
    return found


def _back(request: PoleRequest, pk: int) -> HttpResponseRedirect:
    return redirect("exchanges:detail", request.pole.slug, pk)


def _told(request: PoleRequest, act: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except (UserMistake, UserMistakes) as mistake:
        messages.error(request, mistake.message)
        return False
    messages.success(request, said)
    return True


@require_POST
@in_pole
def confirm(request: PoleRequest, pk: int) -> HttpResponse:
    """Say that it still holds."""
    intent = intent_or_404(request, pk)
    policies.check_user_can_confirm_intent(request.viewer, intent)
    _told(request, lambda: operations.confirm(intent=intent, on=today()), "Confirmé aujourd’hui.")
    return _back(request, pk)


@require_POST
@in_pole
def withdraw(request: PoleRequest, pk: int) -> HttpResponse:
    """Take it away, with a reason."""
    intent = intent_or_404(request, pk)
    policies.check_user_can_withdraw_intent(request.viewer, intent)
    reason = _reason(request)
    _told(
        request,
        lambda: operations.withdraw(intent=intent, by=account_of(request), at=now(), reason=reason),
        "Retiré. Il reste dans l’histoire du pôle, et vous pouvez le rouvrir.",
    )
    return _back(request, pk)


def _reason(request: PoleRequest) -> str:
    typed = request.POST.get("reason_text", "").strip()
    return typed or request.POST.get("reason", "").strip()


@require_POST
@in_pole
def cover(request: PoleRequest, pk: int) -> HttpResponse:
    """Say that it found its answer."""
    intent = intent_or_404(request, pk)
    policies.check_user_can_cover_intent(request.viewer, intent)
    _told(
        request,
        lambda: operations.cover(intent=intent, by=account_of(request), at=now(), reason=_reason(request)),
        "Bonne nouvelle, c’est noté.",
    )
    return _back(request, pk)


@require_POST
@in_pole
def reopen(request: PoleRequest, pk: int) -> HttpResponse:
    """Open it again."""
    intent = intent_or_404(request, pk)
    policies.check_user_can_reopen_intent(request.viewer, intent)
    _told(
        request,
        lambda: operations.reopen(intent=intent, by=account_of(request), on=today(), at=now()),
        "Rouvert, et confirmé aujourd’hui.",
    )
    return _back(request, pk)


@require_POST
@in_pole
def duplicate(request: PoleRequest, pk: int) -> HttpResponse:
    """Make a copy and open its form."""
    intent = intent_or_404(request, pk)
    policies.check_user_can_duplicate_intent(request.viewer, intent)
    copy = operations.duplicate(intent=intent, by=account_of(request), on=today(), at=now())
    messages.success(request, "Voici la copie. Changez ce qui diffère, puis enregistrez.")
    return redirect("exchanges:edit", request.pole.slug, copy.pk)


def _supporter(request: PoleRequest) -> Organisation:
    """Return the structure in whose name one supports; raise ``UserMistake`` when it is not said."""
    number, name = request.POST.get("organisation", ""), request.POST.get("organisation_text", "").strip()
    found = None
    if number.isascii() and number.isdigit() and len(number) < 10:
        found = choices.organisation_known(pole=request.pole, pk=int(number))
    elif name:
        found = choices.organisation_named(pole=request.pole, name=name)
    if found is None:
        raise UserMistake("Dites quelle structure le soutient : choisissez-la dans la liste.")
    return found


@require_POST
@in_pole
def support(request: PoleRequest, pk: int) -> HttpResponse:
    """Say that another structure shares it, or take that back."""
    intent = intent_or_404(request, pk)
    try:
        who = _supporter(request)
        policies.check_user_can_support_intent(request.viewer, intent, organisation_id=who.pk)
        if request.POST.get("geste") == "retirer":
            operations.withdraw_support(intent=intent, organisation=who)
            messages.success(request, f"{who.name} ne le soutient plus.")
        else:
            people = whole_number(request.POST.get("people_concerned", ""), field="people_concerned")
            note = request.POST.get("note", "")
            operations.support(
                intent=intent, organisation=who, on=today(), people_concerned=people, note=note
            )
            messages.success(request, f"{who.name} le soutient.")
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    return _back(request, pk)


@require_POST
@in_pole
def add_evidence(request: PoleRequest, pk: int) -> HttpResponse:
    """Add who else said it."""
    intent = intent_or_404(request, pk)
    policies.check_user_can_add_evidence(request.viewer, intent)

    def write() -> None:
        data = EvidenceDraft(
            said_by=request.POST.get("said_by", ""),
            channel=request.POST.get("channel", ""),
            place=request.POST.get("place", ""),
            people_concerned=whole_number(request.POST.get("people_concerned", ""), field="people_concerned"),
            words=request.POST.get("evidence_words", ""),
        )
        if not (data.said_by.strip() or data.words.strip() or data.place.strip()):
            raise UserMistake("Dites qui l’a dit, où, ou avec quels mots.")
        operations.add_evidence(intent=intent, data=data, on=today())

    _told(request, write, "C’est noté.")
    return _back(request, pk)


@require_POST
@in_pole
def many(request: PoleRequest) -> HttpResponse:
    """Confirm or withdraw the lines that were ticked; the next page offers to undo."""
    if not request.viewer.runs(request.pole.pk):
        raise Refused("Changer plusieurs lignes d’un geste revient à l’équipe d’animation.")
    verb = request.POST.get("geste", "")
    if verb not in {"confirmer", "retirer"}:
        raise SuspiciousOperation("Geste inconnu.")
    numbers = [
        int(one) for one in request.POST.getlist("pk") if one.isascii() and one.isdigit() and len(one) < 10
    ]
    chosen = intents_for_change(viewer=request.viewer, pole=request.pole, pks=numbers[:MOST_AT_ONCE])
    if not chosen:
        messages.error(request, "Cochez d’abord une ligne ou plusieurs.")
        return redirect(_list_address(request))
    stood = operations.standing_of(chosen)
    try:
        if verb == "confirmer":
            result = operations.confirm_many(intents=chosen, on=today())
        else:
            result = operations.withdraw_many(
                intents=chosen, by=account_of(request), at=now(), reason=_reason(request)
            )
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return redirect(_list_address(request))
    _say_left(request, result)
    if result.done:
        before = [one for one in stood if one.pk in result.done]
        changed = intents_for_change(viewer=request.viewer, pole=request.pole, pks=result.done)
        bulk.keep(
            request.session, request.pole, verb=verb, before=before, after=operations.standing_of(changed)
        )
    return redirect(_list_address(request))


def _say_left(request: PoleRequest, result: operations.BulkResult) -> None:
    if not result.left:
        return
    count, reasons = len(result.left), " ".join(dict.fromkeys(why for _, why in result.left))
    word = plural(count, "ligne n’a pas changé", "lignes n’ont pas changé")
    messages.warning(request, f"{count}{NBSP}{word}. {reasons}")


def _list_address(request: PoleRequest) -> str:
    asked = request.POST.get("retour", "")
    home = reverse("exchanges:list", args=[request.pole.slug])
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.split("?")[0] == home
    return asked if is_ours else home


@require_POST
@in_pole
def undo(request: PoleRequest) -> HttpResponse:
    """Give back what a bulk change took."""
    if not request.viewer.runs(request.pole.pk):
        raise Refused("Changer plusieurs lignes d’un geste revient à l’équipe d’animation.")
    try:
        before, after = bulk.read(request.POST.get("jeton", ""), request.pole)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return redirect(_list_address(request))
    result = operations.restore(
        pole=request.pole, before=before, after=after, by=account_of(request), at=now()
    )
    _say_left(request, result)
    count = len(result.done)
    messages.success(request, f"{count}{NBSP}{plural(count, 'ligne remise', 'lignes remises')} en l’état.")
    return redirect(_list_address(request))
