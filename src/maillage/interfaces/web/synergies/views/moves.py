"""The gestures of the team: move, take back, plan what comes next, say how much."""

from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from maillage.core.errors import UserMistake
from maillage.domain.synergies import operations
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations.agreeing import SIMPLEST
from maillage.domain.synergies.policies import (
    check_user_can_follow_synergy,
    check_user_can_move_synergy,
    check_user_can_open_its_agreement,
    check_user_can_run_synergies,
    check_user_can_undo_synergy,
)
from maillage.domain.synergies.queries import owner_of, owners_of
from maillage.domain.synergies.states import FOLLOWS, TRANSITIONS, UNDOABLE
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now
from maillage.interfaces.web.synergies.addresses import addresses
from maillage.interfaces.web.synergies.forms import FollowForm
from maillage.interfaces.web.synergies.shown import DONE, keep_undo
from maillage.interfaces.web.synergies.views.sheet import page, synergy_or_404


def _back(request: PoleRequest, synergy: Synergy) -> HttpResponse:
    """Return to the board or the list one came from, or else to the sheet."""
    home = reverse("synergies:board", args=[request.pole.slug])
    asked = request.POST.get("retour", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith(home)
    return redirect(asked if is_ours else reverse("synergies:detail", args=[request.pole.slug, synergy.pk]))


@require_POST
@in_pole
def move(request: PoleRequest, pk: int) -> HttpResponse:
    """Carry out a move of the table; the next page offers to take it back when that can be."""
    check_user_can_run_synergies(request.viewer, request.pole)
    synergy, verb = synergy_or_404(request, pk), request.POST.get("geste", "")
    if verb not in TRANSITIONS or verb in FOLLOWS:
        raise SuspiciousOperation("Geste inconnu.")
    check_user_can_move_synergy(request.viewer, synergy, verb)
    reason, words = request.POST.get("raison", ""), request.POST.get("precision", "")
    try:
        done = _done(request, synergy, verb, reason, words)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return page(request, synergy, typed={"verb": verb, "reason": reason, "words": words}, status=422)
    if verb in UNDOABLE:
        keep_undo(request.session, done, f"« {done.title} » : {DONE[verb][:1].lower()}{DONE[verb][1:]}")
    else:
        messages.success(request, DONE[verb])
    return _back(request, done)


def _done(request: PoleRequest, synergy: Synergy, verb: str, reason: str, words: str) -> Synergy:
    by, at = account_of(request), now()
    if verb == "propose":
        return operations.propose(synergy=synergy, by=by, at=at, addresses=addresses())
    if verb == "reopen":
        return operations.reopen(synergy=synergy, by=by, at=at)
    return operations.move(synergy=synergy, verb=verb, by=by, at=at, reason=reason, words=words)


@require_POST
@in_pole
def undo(request: PoleRequest, pk: int) -> HttpResponse:
    """Take the last move back."""
    check_user_can_run_synergies(request.viewer, request.pole)
    synergy = synergy_or_404(request, pk)
    check_user_can_undo_synergy(request.viewer, synergy)
    try:
        done = operations.undo_last(synergy=synergy, by=account_of(request), at=now())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    else:
        messages.success(request, f"« {done.title} » : {done.get_state_display().lower()}, comme avant.")
    return _back(request, synergy)


@require_POST
@in_pole
def open_agreement(request: PoleRequest, pk: int) -> HttpResponse:
    """Open the agreement of the synergy, and go to it."""
    check_user_can_run_synergies(request.viewer, request.pole)
    synergy = synergy_or_404(request, pk)
    check_user_can_open_its_agreement(request.viewer, synergy)
    try:
        agreement = operations.open_its_agreement(
            synergy=synergy,
            template=request.POST.get("modele", "") or SIMPLEST,
            by=account_of(request),
            at=now(),
        )
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return _back(request, synergy)
    messages.success(request, "L’accord est ouvert, avec ses parties. Complétez-le, puis faites-le signer.")
    return redirect("agreements:detail", request.pole.slug, agreement.pk)


@require_POST
@in_pole
def follow(request: PoleRequest, pk: int) -> HttpResponse:
    """Say who follows it, what comes next, for when."""
    check_user_can_run_synergies(request.viewer, request.pole)
    synergy = synergy_or_404(request, pk)
    check_user_can_follow_synergy(request.viewer, synergy)
    form = FollowForm(request.POST, owners=owners_of(pole=request.pole))
    if not form.is_valid():
        return page(request, synergy, form=form, status=422)
    told = form.cleaned_data
    owner = owner_of(pole=request.pole, pk=line_number(told["owner"]))
    operations.follow_up(synergy=synergy, owner=owner, next_step=told["next_step"], due_on=told["due_on"])
    messages.success(request, "C’est noté.")
    return _back(request, synergy)


@require_POST
@in_pole
def quantities(request: PoleRequest, pk: int) -> HttpResponse:
    """Say how much of a need or an offer the synergy is about."""
    check_user_can_run_synergies(request.viewer, request.pole)
    synergy = synergy_or_404(request, pk)
    check_user_can_follow_synergy(request.viewer, synergy)
    typed = (
        request.POST.get("quantite", "").strip().replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    )
    try:
        value = Decimal(typed.replace(",", ".")) if typed else None
        operations.say_how_much(
            synergy=synergy, intent_id=line_number(request.POST.get("ligne", "")) or 0, quantity=value
        )
    except InvalidOperation:
        messages.error(request, f"« {typed[:40]} » n’est pas un nombre.")
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    else:
        messages.success(request, "C’est noté.")
    return _back(request, synergy)
