"""What several views ask first: the agreement of the address, and what they do with a refusal of the room."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.policies import check_user_can_list_agreements
from maillage.domain.agreements.queries import agreement_of
from maillage.domain.exchanges.queries import choices
from maillage.domain.ledger.models import Agreement
from maillage.interfaces.web.door import PoleRequest, line_number

UNKNOWN = "Aucune structure du pôle ne s’appelle ainsi. Choisissez-la dans la liste."


def agreement_or_404(request: PoleRequest, pk: int) -> Agreement:
    """Return an agreement that the viewer sees, or say that there is none."""
    check_user_can_list_agreements(request.viewer, request.pole.pk)
    found = agreement_of(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Cet accord n’existe pas, ou vous n’en êtes pas partie.")
    return found


def back(request: PoleRequest, pk: int, at: str = "") -> HttpResponseRedirect:
    """Go back to the sheet, where the gesture was."""
    response = redirect("agreements:detail", request.pole.slug, pk)
    if at:
        response["Location"] += f"#{at}"
    return response


def told(request: PoleRequest, act: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except UserMistakes as mistakes:
        for sentence in mistakes.by_field.values():
            messages.error(request, sentence)
        return False
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return False
    messages.success(request, said)
    return True


Made = TypeVar("Made")


def tried(request: PoleRequest, act: Callable[[], Made]) -> Made | None:
    """Do it and return what came of it, or say why not."""
    try:
        return act()
    except UserMistakes as mistakes:
        for sentence in mistakes.by_field.values():
            messages.error(request, sentence)
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    return None


def organisation_typed(request: PoleRequest, name: str) -> Organisation | None:
    """Return the structure chosen in a field, or named in full beside it."""
    number = line_number(request.POST.get(name, ""))
    if number is not None:
        return choices.organisation_known(pole=request.pole, pk=number)
    text = request.POST.get(f"{name}_text", "").strip()[:200]
    return choices.organisation_named(pole=request.pole, name=text) if text else None
