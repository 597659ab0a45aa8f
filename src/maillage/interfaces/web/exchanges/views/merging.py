"""The same need said twice: the list of those that look alike, the preview, the gesture, and back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maillage.core.errors import UserMistake
from maillage.domain.exchanges import operations, policies
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import (
    IntentView,
    intent_merge_preview,
    merge_numbered,
    twins_dismissal_numbered,
    twins_to_review,
    visible_intent,
)
from maillage.interfaces.web.door import PoleRequest, account_of, in_pole, line_number, now, today

Line = tuple[str, str, str]
_SAID: tuple[tuple[str, Callable[[IntentView], str]], ...] = (
    ("Titre", lambda one: one.title),
    ("Mots", lambda one: one.words),
    ("Dit par", lambda one: one.who),
    ("Type", lambda one: one.type.label if one.type else ""),
    ("Quantité", lambda one: one.quantity_text),
    ("Où", lambda one: one.area),
    ("Qui peut voir", lambda one: one.visibility_text),
    ("Soutiens", lambda one: one.support_text),
)


@require_safe
@in_pole
def twins(request: PoleRequest) -> HttpResponse:
    """List the pairs that look alike, to make one of two."""
    policies.check_user_can_merge_intents(request.viewer, request.pole.pk)
    found = twins_to_review(viewer=request.viewer, pole=request.pole)
    return render(request, "exchanges/twins.html", {"pairs": found.pairs, "dismissed": found.dismissed})


@require_POST
@in_pole
def dismiss(request: PoleRequest) -> HttpResponse:
    """Remember that two that look alike are not the same."""
    policies.check_user_can_merge_intents(request.viewer, request.pole.pk)
    first, second = (_of(request, line_number(request.POST.get(name, "")) or 0) for name in ("un", "autre"))
    try:
        operations.dismiss_twins(first=first, second=second, by=account_of(request), at=now())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
    else:
        messages.success(
            request, "C’est noté : ce ne sont pas les mêmes. Ils ne sont plus proposés ensemble."
        )
    return redirect("exchanges:twins", request.pole.slug)


@require_POST
@in_pole
def propose_again(request: PoleRequest, pk: int) -> HttpResponse:
    """Take « ce ne sont pas les mêmes » back."""
    policies.check_user_can_merge_intents(request.viewer, request.pole.pk)
    found = twins_dismissal_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("C’est déjà annulé.")
    operations.propose_twins_again(dismissal=found)
    messages.success(request, "C’est annulé : les deux peuvent de nouveau être proposés ensemble.")
    return redirect("exchanges:twins", request.pole.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_pole
def merge(request: PoleRequest) -> HttpResponse:
    """Show what would become of two, and make one of them."""
    policies.check_user_can_merge_intents(request.viewer, request.pole.pk)
    asked = request.POST if request.method == "POST" else request.GET
    kept, absorbed = (line_number(asked.get(name, "")) or 0 for name in ("garder", "autre"))
    found = intent_merge_preview(viewer=request.viewer, pole=request.pole, kept=kept, absorbed=absorbed)
    if found is None:
        raise Http404("Choisissez deux besoins, ou deux offres, du pôle.")
    if request.method == "POST":
        try:
            operations.merge_intents(
                kept=_of(request, kept),
                absorbed=_of(request, absorbed),
                by=account_of(request),
                on=today(),
                at=now(),
            )
        except UserMistake as mistake:
            messages.error(request, mistake.message)
        else:
            messages.success(request, "C’est réuni : tout ce qui était dit de l’autre est ici.")
            return redirect("exchanges:detail", request.pole.slug, kept)
    here = reverse("exchanges:merge", args=[request.pole.slug])
    context = {
        "found": found,
        "lines": _lines(found.kept, found.absorbed),
        "swap_url": f"{here}?garder={absorbed}&autre={kept}",
    }
    return render(request, "exchanges/merge.html", context)


def _of(request: PoleRequest, pk: int) -> Intent:
    found = visible_intent(viewer=request.viewer, pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Ce besoin ou cette offre n’existe pas.")
    return found


def _lines(kept: IntentView, absorbed: IntentView) -> list[Line]:
    """Return the two side by side, what they both leave unsaid left out."""
    rows = [(label, read(kept), read(absorbed)) for label, read in _SAID]
    return [(label, one, two) for label, one, two in rows if one or two]


@require_POST
@in_pole
def separate(request: PoleRequest, pk: int) -> HttpResponse:
    """Give back to the absorbed one what came from it."""
    policies.check_user_can_merge_intents(request.viewer, request.pole.pk)
    found = merge_numbered(pole=request.pole, pk=pk)
    if found is None:
        raise Http404("Ils sont déjà séparés.")
    try:
        back = operations.separate_intents(merge=found, by=account_of(request), at=now())
    except UserMistake as mistake:
        messages.error(request, mistake.message)
        return redirect("exchanges:detail", request.pole.slug, found.kept_id)
    messages.success(request, "C’est séparé : chacun a retrouvé ce qui était à lui.")
    return redirect("exchanges:detail", request.pole.slug, back.pk)
